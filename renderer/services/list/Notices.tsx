// What a person should know of the stack that stops nothing: a service left out, one that runs slowly.
import { Info } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useModel } from '../../model/model.ts';
import { noticeWords } from '../../words/step-words.ts';
import classes from './Notices.module.css';

export function Notices() {
  const { t } = useTranslation();
  const notices = useStore(useModel().stack, ({ status }) => status?.notices);
  if (!notices || notices.length === 0) return null;
  return (
    <ul className={classes.notices} aria-label={t('screens.services.notices')}>
      {notices.map((notice) => (
        <li key={JSON.stringify(notice)}>
          <Info size={16} aria-hidden /> {noticeWords(notice, t)}
        </li>
      ))}
    </ul>
  );
}
