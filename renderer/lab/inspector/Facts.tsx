// A node's facts: names and addresses to copy, states, numbers that live.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { RunsFrame } from '../../../contract/contract.ts';
import type { ServiceName } from '../../../words/stack.ts';
import {
  usersDeadLetterTopic,
  usersGroup,
  usersKeyspace,
  usersTable,
  usersTopic,
} from '../../../words/users.ts';
import { useModel } from '../../model/model.ts';
import { Num } from '../../parts/Num.tsx';
import { perSecond, whole } from '../../words/format.ts';
import type { NodeName } from '../canvas/nodes.ts';
import { useNodeWord } from '../canvas/use-node-word.ts';
import classes from './Inspector.module.css';
import { Copied, serviceFacts, type ServiceFact } from './service-facts.tsx';

type FactName = ServiceFact | 'name' | 'group' | 'keyspace' | 'rate' | 'total' | 'lag' | 'mode' | 'processor';

const produced = ({ rates }: RunsFrame) => rates?.produced;
const read = ({ rates }: RunsFrame) => rates?.read;
const written = ({ rates }: RunsFrame) => rates?.written;
const refused = ({ rates }: RunsFrame) => rates?.deadLetters;
const inTopic = ({ sum }: RunsFrame) => sum?.inTopic;
const lag = ({ sum }: RunsFrame) => sum?.waiting;
const rows = ({ sum }: RunsFrame) => sum?.written;
const letters = ({ sum }: RunsFrame) => sum?.deadLetters;

export function Facts({ node }: { node: NodeName }) {
  const { t } = useTranslation();
  const facts = useFacts(node);
  return (
    <dl className={classes.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{t(`screens.lab.facts.${name}`)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function useFacts(node: NodeName): [FactName, ReactNode][] {
  const { t } = useTranslation();
  const { runs, stack } = useModel();
  const { word } = useNodeWord(node);
  const services = useStore(stack, ({ status }) => status?.services ?? []);
  const mode = useStore(runs, ({ consumer }) => consumer?.mode);
  const processor = useStore(runs, ({ consumer }) => consumer?.processor ?? 'builtin');
  const rate = (of: (frame: RunsFrame) => number | undefined): [FactName, ReactNode] => [
    'rate',
    <Num key="rate" store={runs} of={of} format={perSecond} />,
  ];
  const count = (
    name: 'total' | 'lag',
    of: (frame: RunsFrame) => number | undefined,
  ): [FactName, ReactNode] => [name, <Num key={name} store={runs} of={of} format={whole} />];
  const service = (name: ServiceName): [FactName, ReactNode][] => {
    const found = services.find((one) => one.name === name);
    return found ? serviceFacts(found) : [];
  };
  switch (node) {
    case 'source':
      return [['state', word], rate(produced)];
    case 'producer':
      return [['state', word], rate(produced)];
    case 'topic':
      return [
        ['name', <Copied key="name" value={usersTopic} />],
        count('total', inTopic),
        count('lag', lag),
        ...service('kafka'),
      ];
    case 'consumer':
      return [
        ['state', word],
        ['processor', t(`screens.lab.processors.${processor}`)],
        // A Spark job is in no group: its positions are in its checkpoint.
        ...(processor === 'spark'
          ? []
          : ([['group', <Copied key="group" value={usersGroup} />]] as [FactName, ReactNode][])),
        ...(mode ? ([['mode', mode]] as [FactName, ReactNode][]) : []),
        rate(read),
      ];
    case 'table':
      return [
        ['name', <Copied key="name" value={`${usersKeyspace}.${usersTable}`} />],
        count('total', rows),
        rate(written),
        ...service('cassandra'),
      ];
    case 'deadLetters':
      return [
        ['name', <Copied key="name" value={usersDeadLetterTopic} />],
        count('total', letters),
        rate(refused),
      ];
  }
}
