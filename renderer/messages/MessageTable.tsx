// The messages of a reading as a list, the newest at the bottom.
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { MessageRow } from '../../words/browse.ts';
import { LineGrid } from '../parts/LineGrid.tsx';
import { dateTime, exactTime } from '../words/format.ts';
import classes from './MessageTable.module.css';
import type { Reading } from './reading.ts';

interface Props {
  reading: Reading;
  active: number | undefined;
  onActive: (number: number) => void;
  onOpen: (number: number) => void;
}

export function MessageTable({ reading, active, onActive, onOpen }: Props) {
  const { t } = useTranslation();
  const version = useStore(reading.store, (state) => state.version);
  const isFollowing = useStore(reading.store, (state) => state.isFollowing);
  const { rows } = reading;
  return (
    <LineGrid
      label={t('screens.messages.list')}
      columns={(['partition', 'offset', 'time', 'key', 'value'] as const).map((name) =>
        t(`screens.messages.columns.${name}`),
      )}
      className={classes.columns}
      first={rows.first}
      count={rows.length}
      at={(number) => rows.at(number)}
      Line={Line}
      active={active}
      onActive={onActive}
      onOpen={onOpen}
      end={{ isFollowing, onLeaveEnd: () => reading.pause() }}
      version={version}
    />
  );
}

const Line = memo(function Line({ item }: { item: MessageRow }) {
  const { t } = useTranslation();
  const { partition, offset, timestamp, key, preview, isText, schemaId, size } = item;
  const isOfToday = new Date(timestamp).toDateString() === new Date().toDateString();
  return (
    <>
      <span role="gridcell">{partition}</span>
      <span role="gridcell">{offset}</span>
      <span role="gridcell">{isOfToday ? exactTime(timestamp) : dateTime(timestamp)}</span>
      <span role="gridcell">{key ?? <i className={classes.none}>{t('screens.messages.noKey')}</i>}</span>
      <span role="gridcell">
        {!isText && <b className={classes.mark}>{t('screens.messages.noText')}</b>}
        {schemaId !== undefined && (
          <b className={classes.schema}>{t('screens.messages.schemaMark', { id: String(schemaId) })}</b>
        )}
        {preview === null && <i className={classes.none}>{t('screens.messages.noValue')}</i>}
        {preview !== null && size === 0 && <i className={classes.none}>{t('screens.messages.emptyValue')}</i>}
        {preview}
      </span>
    </>
  );
});
