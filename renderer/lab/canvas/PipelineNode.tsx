// One node: its mark, its name, one live number, and how it is. A click opens the inspector.
import { Handle, Position, type NodeProps } from '@xyflow/react';
import { Cpu, Database, Globe, Layers, MailX, Send, type LucideIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { RunsFrame } from '../../../contract/contract.ts';
import { useModel } from '../../model/model.ts';
import { Num } from '../../parts/Num.tsx';
import { perSecond, whole } from '../../words/format.ts';
import type { PipelineNodeType } from './flow-types.ts';
import type { NodeName } from './nodes.ts';
import classes from './PipelineNode.module.css';
import { TopicFill } from './TopicFill.tsx';
import { useNodeWord } from './use-node-word.ts';

interface Face {
  icon: LucideIcon;
  of: (frame: RunsFrame) => number | undefined;
  format: (value: number) => string;
}

const faces: Record<NodeName, Face> = {
  source: { icon: Globe, of: ({ rates }) => rates?.produced, format: perSecond },
  producer: { icon: Send, of: ({ producer }) => producer?.produced ?? 0, format: whole },
  topic: { icon: Layers, of: ({ sum }) => sum?.inTopic, format: whole },
  consumer: {
    icon: Cpu,
    of: ({ consumer }) => (consumer ? consumer.written + consumer.deadLetters : 0),
    format: whole,
  },
  table: { icon: Database, of: ({ sum }) => sum?.written, format: whole },
  deadLetters: { icon: MailX, of: ({ sum }) => sum?.deadLetters, format: whole },
};

export function PipelineNode({ data: { name, isOpen, onOpen } }: NodeProps<PipelineNodeType>) {
  const { t } = useTranslation();
  const { runs } = useModel();
  const { word, tone } = useNodeWord(name);
  const { icon: Icon, of, format } = faces[name];
  const title = t(`screens.lab.nodes.${name}`);
  return (
    <div className={classes.node} data-node={name} data-open={isOpen} data-tone={tone}>
      {name === 'topic' && <TopicFill />}
      <Handle type="target" position={Position.Left} id="left" className={classes.handle} />
      <Handle type="source" position={Position.Right} id="right" className={classes.handle} />
      <Handle type="source" position={Position.Bottom} id="below" className={classes.handle} />
      <div className={classes.head}>
        <span className={classes.mark}>
          <Icon size={15} aria-hidden />
        </span>
        <button type="button" className={classes.name} aria-expanded={isOpen} onClick={onOpen}>
          {title}
        </button>
      </div>
      <Num store={runs} of={of} format={format} className={classes.number ?? ''} />
      <div className={classes.word}>{word}</div>
    </div>
  );
}
