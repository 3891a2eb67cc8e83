// Messages that could not become rows: by reason, as a list, and one of them on the desk to be mended.
import { ActionIcon, Tooltip } from '@mantine/core';
import { MailCheck, RotateCw } from 'lucide-react';
import { memo, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunsFrame } from '../../contract/contract.ts';
import { limitMax } from '../../contract/limits.ts';
import type { MessagePlace } from '../../words/browse.ts';
import type { BytesView, DeadLetterView } from '../../words/messages.ts';
import { useModel } from '../model/model.ts';
import { useLoaded } from '../model/use-loaded.ts';
import { EmptyState } from '../parts/EmptyState.tsx';
import { FaultNote } from '../parts/FaultNote.tsx';
import { LineGrid } from '../parts/LineGrid.tsx';
import { onEscape } from '../parts/on-escape.ts';
import { dateTime, whole } from '../words/format.ts';
import { bytesOf } from './decoded.ts';
import classes from './DeadLettersTab.module.css';
import { LetterDesk } from './LetterDesk.tsx';
import { ReasonChips, type Reason } from './ReasonChips.tsx';

/** Letters that are listed, the newest first: as many as one answer holds. */
const lettersMax = limitMax;
/** While letters come, the list is read again as often as this. */
const refreshMs = 3_000;

interface Props {
  /** The letter on the desk, by its source. */
  letter: MessagePlace | undefined;
  onLetter: (letter: MessagePlace | undefined) => void;
  onOpenMessage: (place: MessagePlace) => void;
}

export function DeadLettersTab({ letter, onLetter, onOpenMessage }: Props) {
  const { t } = useTranslation();
  const { client } = useModel();
  const [reason, setReason] = useState<Reason>();
  const { loaded, isLoading, reload } = useLoaded(reason ?? 'all', (signal) =>
    client.deadLetters.read({ limit: lettersMax, ...(reason && { reason }) }, { signal }),
  );
  useFresh(reload);
  const [onDesk, setOnDesk] = useState<DeadLetterView>();
  const read = loaded.status === 'loaded' ? loaded.value : undefined;
  const letters = read?.letters ?? [];
  const isWanted = (one: DeadLetterView): boolean =>
    one.sourcePartition === letter?.partition && one.sourceOffset === letter.offset;
  // What is on the desk stays there when a filter or newer letters take it out of the list.
  const found = letters.find(isWanted) ?? (onDesk && isWanted(onDesk) ? onDesk : undefined);
  if (found !== onDesk) setOnDesk(found);
  // Asked for by another screen, whatever the filter was.
  const isMissing = letter !== undefined && read !== undefined && !found;
  if (isMissing && reason !== undefined) setReason(undefined);
  const active = letters.findIndex(isWanted);
  const open = (number: number): void => {
    const one = letters[number];
    if (one) onLetter({ partition: one.sourcePartition, offset: one.sourceOffset });
  };
  return (
    <>
      {loaded.status === 'failed' && (
        <FaultNote fault={loaded.fault} action={{ label: t('screens.frame.tryAgain'), onClick: reload }} />
      )}
      {isMissing && reason === undefined && !isLoading && (
        <p className={classes.missing} role="status">
          {t('screens.messages.letterMissing', { place: `${letter.partition}/${letter.offset}` })}
        </p>
      )}
      <div className={classes.bar}>
        <ReasonChips
          total={read?.total ?? 0}
          byReason={read?.byReason ?? []}
          reason={reason}
          onReason={setReason}
        />
        <Tooltip label={t('screens.messages.refresh')} openDelay={400}>
          <ActionIcon
            variant="default"
            size="md"
            aria-label={t('screens.messages.refresh')}
            loading={isLoading && read === undefined}
            onClick={reload}
          >
            <RotateCw size={15} />
          </ActionIcon>
        </Tooltip>
      </div>
      <div className={classes.read} onKeyDown={onEscape(() => onLetter(undefined))}>
        <section className={classes.card} aria-label={t('screens.messages.letters')}>
          {letters.length > 0 && (
            <LineGrid
              label={t('screens.messages.lettersList')}
              columns={(['source', 'reason', 'time', 'key', 'value'] as const).map((name) =>
                t(`screens.messages.letterColumns.${name}`),
              )}
              className={classes.columns}
              first={0}
              count={letters.length}
              at={(number) => letters[number]}
              Line={Line}
              active={active === -1 ? undefined : active}
              onActive={open}
              onOpen={open}
              version={0}
            />
          )}
          {read && letters.length > 0 && letters.length < (shownTotal(read, reason) ?? 0) && (
            <p className={classes.foot}>
              {t('screens.messages.lettersShown', {
                count: whole(letters.length),
                total: whole(shownTotal(read, reason) ?? 0),
              })}
            </p>
          )}
          {read && letters.length === 0 && (
            <EmptyState
              icon={MailCheck}
              title={t(reason ? 'screens.messages.noLettersOf' : 'screens.messages.noLetters')}
              text={t('screens.messages.noLettersText')}
              {...(reason && {
                action: { label: t('screens.messages.allReasons'), onClick: () => setReason(undefined) },
              })}
            />
          )}
        </section>
        {found && (
          <LetterDesk
            // An edit belongs to one letter; newer news of the same letter must not lose it.
            key={`${found.sourcePartition}/${found.sourceOffset}`}
            letter={found}
            onClose={() => onLetter(undefined)}
            onPutBack={reload}
            onOpenMessage={onOpenMessage}
          />
        )}
      </div>
    </>
  );
}

type LettersRead = Awaited<ReturnType<ReturnType<typeof useModel>['client']['deadLetters']['read']>>;

function shownTotal({ total, byReason }: LettersRead, reason: Reason | undefined): number | undefined {
  return reason === undefined ? total : byReason.find((one) => one.reason === reason)?.count;
}

/** Reads again while the consumer makes letters: now and then, however fast they come. */
function useFresh(reload: () => void): void {
  const { runs } = useModel();
  useEffect(() => {
    const countOf = ({ sum, consumer }: RunsFrame): string => `${sum?.deadLetters} ${consumer?.deadLetters}`;
    let seen = countOf(runs.getState());
    const timer = setInterval(() => {
      const now = countOf(runs.getState());
      if (now !== seen) reload();
      seen = now;
    }, refreshMs);
    return () => clearInterval(timer);
  }, [runs, reload]);
}

const previewChars = 200;

/** The value's beginning: as text, or as hex digits where it is none. */
function previewOf({ encoding, content }: BytesView): string {
  const start = content.slice(0, previewChars);
  if (encoding === 'text') return start;
  return [...bytesOf({ encoding, content: start, size: 0 })]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}

const Line = memo(function Line({ item }: { item: DeadLetterView }) {
  const { t } = useTranslation();
  const { sourcePartition, sourceOffset, reason, refusedAt, putBackAt, key, value } = item;
  return (
    <>
      <span role="gridcell">{`${sourcePartition}/${sourceOffset}`}</span>
      <span role="gridcell" className={classes.reason}>
        {putBackAt !== undefined && <b className={classes.mark}>{t('screens.messages.putBackMark')}</b>}
        {t(`reasons.${reason}`)}
      </span>
      <span role="gridcell">{dateTime(Date.parse(refusedAt))}</span>
      <span role="gridcell">
        {key === null ? <i className={classes.none}>{t('screens.messages.noKey')}</i> : key.content}
      </span>
      <span role="gridcell">
        {value === null && <i className={classes.none}>{t('screens.messages.noValue')}</i>}
        {value?.size === 0 && <i className={classes.none}>{t('screens.messages.emptyValue')}</i>}
        {value?.encoding === 'base64' && <b className={classes.bytes}>{t('screens.messages.noText')}</b>}
        {value?.schemaId !== undefined && (
          <b className={classes.schema}>{t('screens.messages.schemaMark', { id: String(value.schemaId) })}</b>
        )}
        {value && previewOf(value)}
      </span>
    </>
  );
});
