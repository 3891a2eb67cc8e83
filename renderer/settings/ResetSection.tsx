// Reset: names what is lost before anything is.
import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { CircleCheck } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EngineKind } from '../../words/stack.ts';
import { useModel } from '../model/model.ts';
import { useAction } from '../model/use-action.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { FaultNote } from '../parts/FaultNote.tsx';
import { Section } from './Section.tsx';
import classes from './Settings.module.css';

const lost = ['topics', 'rows', 'positions', 'stack'] as const;

export function ResetSection({ engine }: { engine: EngineKind }) {
  const { t } = useTranslation();
  const { client } = useModel();
  const [isAsking, { open, close }] = useDisclosure(false);
  const [isDone, setDone] = useState(false);
  const reset = useAction((signal) => client.stack.reset(undefined, { signal }));
  const isExternal = engine === 'external';
  const confirm = async (): Promise<void> => {
    setDone(await reset.run());
    close();
  };
  return (
    <Section title={t('screens.settings.reset')}>
      <div className={classes.line}>
        <span className={classes.small}>
          {t(isExternal ? 'screens.settings.resetExternal' : 'screens.settings.resetHint')}
        </span>
        <Button variant="default" disabled={isExternal} onClick={open}>
          {t('screens.settings.reset')} …
        </Button>
      </div>
      {isDone && (
        <span className={classes.ok} role="status">
          <CircleCheck size={16} aria-hidden /> {t('screens.settings.resetDone')}
        </span>
      )}
      {reset.fault && <FaultNote fault={reset.fault} onClose={reset.clear} />}
      <Dialog
        isOpen={isAsking}
        onClose={() => !reset.isBusy && close()}
        title={t('screens.settings.resetAsk')}
      >
        <ul className={classes.lost}>
          {lost.map((one) => (
            <li key={one}>{t(`screens.settings.resetLost.${one}`)}</li>
          ))}
          {engine === 'docker' && <li>{t('screens.settings.resetLost.volumes')}</li>}
        </ul>
        <p className={classes.small}>{t('screens.settings.resetKept')}</p>
        <div className={`${classes.buttons} ${classes.end}`}>
          <Button variant="default" data-autofocus disabled={reset.isBusy} onClick={close}>
            {t('screens.frame.cancel')}
          </Button>
          <Button className={classes.danger} loading={reset.isBusy} onClick={() => void confirm()}>
            {t('screens.settings.resetConfirm')}
          </Button>
        </div>
      </Dialog>
    </Section>
  );
}
