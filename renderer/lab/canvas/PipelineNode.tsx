// One node of the pipeline: what its number and its word are. A click opens the inspector.
import type { NodeProps } from '@xyflow/react';
import { Cpu, Database, Globe, Layers, MailX, Send, type LucideIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { RunsFrame } from '../../../contract/contract.ts';
import { useModel } from '../../model/model.ts';
import { Num } from '../../parts/Num.tsx';
import { perSecond, whole } from '../../words/format.ts';
import type { PipelineNodeType } from './flow-types.ts';
import type { NodeName } from './nodes.ts';
import { NodeBox } from './NodeBox.tsx';
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
  const { icon, of, format } = faces[name];
  return (
    <NodeBox
      name={name}
      title={t(`screens.lab.nodes.${name}`)}
      icon={icon}
      word={word}
      tone={tone}
      isOpen={isOpen}
      onOpen={onOpen}
      number={(className) => <Num store={runs} of={of} format={format} className={className} />}
      ground={name === 'topic' && <TopicFill />}
    />
  );
}
