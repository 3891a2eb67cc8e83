// The hops of a record under each other, with the time between them, and the ways on to its message and its row.
import { Button } from '@mantine/core';
import {
  Check,
  CircleDashed,
  Database,
  Download,
  Layers,
  MailX,
  Send,
  X,
  type LucideIcon,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { FollowedRecord } from '../../words/browse.ts';
import { usersKeyspace, usersTable, usersTopic } from '../../words/users.ts';
import { useModel } from '../model/model.ts';
import { exactTime, span } from '../words/format.ts';
import classes from './RecordWay.module.css';
import { hopsOf, type Hop, type HopName } from './way.ts';

const icons: Record<HopName, LucideIcon> = {
  fetched: Download,
  sent: Send,
  inTopic: Layers,
  fit: Check,
  refused: X,
  waiting: CircleDashed,
  noRow: X,
  written: Database,
  deadLetter: MailX,
};

export function RecordWay({ record }: { record: FollowedRecord }) {
  const { t } = useTranslation();
  const { navigation } = useModel();
  const { partition, offset, fate, key, spoiled, fetchedAt, row } = record;
  const rowId = fate.status === 'written' ? (row?.['id'] ?? key) : undefined;
  const place = { partition, offset };
  return (
    <>
      {spoiled && (
        <p className={classes.spoiled}>
          <b>{t('screens.follow.spoiled')}</b> {t(`screens.follow.spoiledHow.${spoiled}`)}
        </p>
      )}
      <ol className={classes.way} aria-label={t('screens.follow.way')}>
        {hopsOf(record).map((hop) => (
          <HopLine key={hop.name} hop={hop} record={record} />
        ))}
      </ol>
      <p className={classes.outcome} role="status">
        {fate.status === 'written' && fetchedAt !== undefined
          ? t('screens.follow.total', { span: span(Math.max(0, fate.writtenAt - fetchedAt)) })
          : ''}
      </p>
      <div className={classes.buttons}>
        <Button
          variant="default"
          size="sm"
          onClick={() => navigation.setState({ screen: 'messages', message: place, following: undefined })}
        >
          {t('screens.follow.openMessage')}
        </Button>
        {rowId !== undefined && rowId !== null && (
          <Button
            variant="default"
            size="sm"
            onClick={() => navigation.setState({ screen: 'rows', rowId, following: undefined })}
          >
            {t('screens.follow.openRow')}
          </Button>
        )}
        {fate.status === 'dead-letter' && (
          <Button
            variant="default"
            size="sm"
            onClick={() => navigation.setState({ screen: 'messages', letter: place, following: undefined })}
          >
            {t('screens.follow.openLetters')}
          </Button>
        )}
      </div>
      {row && <Row row={row} />}
    </>
  );
}

function HopLine({ hop: { name, at, sinceLast }, record }: { hop: Hop; record: FollowedRecord }) {
  const { t } = useTranslation();
  const Icon = icons[name];
  const text = useHopText(name, record);
  return (
    <li className={classes.hop} data-hop={name}>
      <span className={classes.mark}>
        <Icon size={15} aria-hidden />
      </span>
      <div className={classes.body}>
        <div className={classes.line}>
          <span className={classes.name}>{text.title}</span>
          {at !== undefined && <time className={classes.time}>{exactTime(at)}</time>}
        </div>
        {text.detail !== '' && <div className={classes.detail}>{text.detail}</div>}
        {sinceLast !== undefined && (
          <div className={classes.since}>
            {sinceLast === 0
              ? t('screens.follow.atOnce')
              : t('screens.follow.later', { span: span(sinceLast) })}
          </div>
        )}
      </div>
    </li>
  );
}

function useHopText(name: HopName, record: FollowedRecord): { title: string; detail: string } {
  const { t } = useTranslation();
  const { partition, offset, source, fetchedAt, fate } = record;
  const reason = fate.status === 'dead-letter' ? t(`reasons.${fate.reason}`) : '';
  switch (name) {
    case 'fetched':
      return {
        title: t('screens.follow.fetched'),
        detail:
          fetchedAt === undefined
            ? t('screens.follow.fetchedUnknown')
            : source === undefined
              ? ''
              : t(`sources.${source}`),
      };
    case 'sent':
      return { title: t('screens.follow.sent'), detail: '' };
    case 'inTopic':
      return {
        title: t('screens.follow.inTopic'),
        detail: t('screens.follow.inTopicPlace', { topic: usersTopic, partition, offset }),
      };
    case 'fit':
      return {
        title: `${t('screens.follow.decision')}: ${t('screens.follow.becomesRow')}`,
        detail: t('screens.follow.becomesRowText'),
      };
    case 'refused':
      return { title: `${t('screens.follow.decision')}: ${t('screens.follow.refused')}`, detail: reason };
    case 'waiting':
      return { title: t('screens.follow.waiting'), detail: t('screens.follow.waitingText') };
    case 'noRow':
      return { title: t('screens.follow.noRow'), detail: t('screens.follow.noRowText') };
    case 'written':
      return {
        title: t('screens.follow.written'),
        detail: t('screens.follow.writtenText', { keyspace: usersKeyspace, table: usersTable }),
      };
    case 'deadLetter':
      return { title: t('screens.follow.deadLetter'), detail: '' };
  }
}

function Row({ row }: { row: Record<string, string> }) {
  const { t } = useTranslation();
  return (
    <section className={classes.row} aria-label={t('screens.follow.row')}>
      <h3>{t('screens.follow.row')}</h3>
      <dl>
        {Object.entries(row).map(([column, value]) => (
          <div key={column}>
            <dt>{column}</dt>
            <dd>{value.length > 300 ? `${value.slice(0, 300)} …` : value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
