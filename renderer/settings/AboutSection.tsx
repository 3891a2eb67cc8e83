// What this is, and where its parts are described.
import { ExternalLink } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useModel } from '../model/model.ts';
import { Section } from './Section.tsx';
import classes from './Settings.module.css';

const docs = {
  kafka: 'https://kafka.apache.org/39/documentation.html',
  cassandra: 'https://cassandra.apache.org/doc/5.0/',
  randomuser: 'https://randomuser.me/documentation',
} as const;
const names = ['kafka', 'cassandra', 'randomuser'] as const;

export function AboutSection() {
  const { t } = useTranslation();
  const version = useStore(useModel().host, ({ info }) => info?.version);
  return (
    <Section title={t('screens.settings.about')}>
      <p className={classes.about}>
        <strong>{version !== undefined && t('screens.settings.version', { version })}</strong>
        <br />
        {t('screens.settings.aboutText')} {t('screens.settings.licence')}
      </p>
      <div className={classes.links}>
        {names.map((name) => (
          <a key={name} href={docs[name]} target="_blank" rel="noreferrer">
            {t(`screens.settings.docs.${name}`)} <ExternalLink size={14} aria-hidden />
          </a>
        ))}
      </div>
    </Section>
  );
}
