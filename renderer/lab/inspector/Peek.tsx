// A live peek at a node's newest data, looked at anew every two seconds while it is shown.
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { faultOf, type Fault } from '../../../words/errors.ts';
import type { Client } from '../../api/client.ts';
import { useModel } from '../../model/model.ts';
import { FaultNote } from '../../parts/FaultNote.tsx';
import type { NodeName } from '../canvas/nodes.ts';
import classes from './Inspector.module.css';

const everyMs = 2_000;
const count = 5;

interface Item {
  key: string;
  place: string;
  text: string;
}

/** What flows out of a node is what it is known by: the source's and producer's records are the topic's messages. */
async function read(node: NodeName, client: Client, signal: AbortSignal): Promise<Item[]> {
  if (node === 'table' || node === 'consumer') {
    const { rows } = await client.rows.read({ limit: count }, { signal });
    return rows.map((row) => ({
      key: row['id'] ?? '',
      place: row['id'] ?? '',
      text: `${row['first_name'] ?? ''} ${row['last_name'] ?? ''} · ${row['email'] ?? ''}`,
    }));
  }
  if (node === 'deadLetters') {
    const { letters } = await client.deadLetters.read({ limit: count }, { signal });
    return letters.map(({ sourcePartition, sourceOffset, reason, value }) => ({
      key: `${sourcePartition}/${sourceOffset}`,
      place: `${sourcePartition}/${sourceOffset} · ${reason}`,
      text: (value?.content ?? '').slice(0, 200),
    }));
  }
  const { messages } = await client.messages.read({ from: { at: 'newest' }, limit: count }, { signal });
  return messages.toReversed().map(({ partition, offset, value }) => ({
    key: `${partition}/${offset}`,
    place: `${partition}/${offset}`,
    text: (value?.content ?? '').slice(0, 200),
  }));
}

export function Peek({ node }: { node: NodeName }) {
  const { t } = useTranslation();
  const { client } = useModel();
  const [items, setItems] = useState<Item[]>();
  const [fault, setFault] = useState<Fault>();
  useEffect(() => {
    const leaving = new AbortController();
    const { signal } = leaving;
    const look = async (): Promise<void> => {
      try {
        const found = await read(node, client, signal);
        if (signal.aborted) return;
        setItems(found);
        setFault(undefined);
      } catch (error) {
        if (!signal.aborted) setFault(faultOf(error));
      }
      if (!signal.aborted) setTimeout(() => void look(), everyMs);
    };
    void look();
    return () => leaving.abort();
  }, [node, client]);
  if (fault) return <FaultNote fault={fault} />;
  if (!items) return <p className={classes.empty}>{t('screens.frame.loading')}</p>;
  if (items.length === 0) return <p className={classes.empty}>{t('screens.lab.peekEmpty')}</p>;
  return (
    <ul className={classes.list}>
      {items.map(({ key, place, text }) => (
        <li key={key} className={classes.item}>
          <div className={classes.place}>{place}</div>
          {text}
        </li>
      ))}
    </ul>
  );
}
