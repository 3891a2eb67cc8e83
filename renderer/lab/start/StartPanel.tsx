// Until the stack is healthy: which one, the one big button, and each service on its way, or what kept it.
import { Button } from '@mantine/core';
import { Play } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useModel } from '../../model/model.ts';
import { useAction } from '../../model/use-action.ts';
import { FaultNote } from '../../parts/FaultNote.tsx';
import { Mark } from '../../parts/Mark.tsx';
import { EngineCards } from './EngineCards.tsx';
import { MachineCheck } from './MachineCheck.tsx';
import { ServiceSteps } from './ServiceSteps.tsx';
import classes from './StartPanel.module.css';

export function StartPanel() {
  const { t } = useTranslation();
  const { client, stack, navigation } = useModel();
  const status = useStore(stack, (state) => state.status);
  const start = useAction(() => client.stack.start({}));
  // A start is not this page's: another page, or a terminal, may have begun it. Stopping ends either.
  const cancel = useAction(() => client.stack.stop());
  if (!status) return null;
  const isOnItsWay = start.isBusy || ['starting', 'pulling', 'stopping'].includes(status.stack);
  const hasFailed = status.stack === 'failed' || start.fault !== undefined;
  const serviceFault = status.services.find(({ fault }) => fault)?.fault;
  const fault = cancel.fault ?? serviceFault ?? start.fault;
  return (
    <div className={classes.panel} data-lean={isOnItsWay || hasFailed}>
      <Mark className={classes.mark} />
      <h2 className={classes.title}>{t('screens.lab.welcome')}</h2>
      <p className={classes.text}>
        {t(status.engine === 'external' ? 'screens.lab.welcomeExternal' : 'screens.lab.welcomeText')}
      </p>
      {isOnItsWay ? (
        <ServiceSteps status={status} />
      ) : (
        <>
          <EngineCards isFaultBelow={hasFailed} />
          {status.engine !== 'external' && !hasFailed && <MachineCheck engine={status.engine} />}
        </>
      )}
      {hasFailed && !isOnItsWay && fault && (
        <div className={classes.fault}>
          <FaultNote
            fault={fault}
            action={{
              label: t('screens.lab.openServices'),
              onClick: () => navigation.setState({ screen: 'services' }),
            }}
          />
        </div>
      )}
      {isOnItsWay ? (
        <Button
          variant="default"
          size="md"
          loading={status.stack === 'stopping' || cancel.isBusy}
          onClick={() => void cancel.run()}
        >
          {t('screens.frame.cancelStart')}
        </Button>
      ) : (
        <Button
          size="lg"
          className={classes.start}
          leftSection={<Play size={18} aria-hidden />}
          onClick={() => void start.run()}
        >
          {t('screens.frame.startStack')}
        </Button>
      )}
    </div>
  );
}
