// The look of a node: its mark, its name, which is the button, one live number, and how it is.
import { Handle, Position } from '@xyflow/react';
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import classes from './PipelineNode.module.css';
import type { Tone } from './use-node-word.ts';

interface Props {
  name: string;
  title: string;
  icon: LucideIcon;
  word: string;
  tone: Tone;
  /** Undefined where a click opens nothing beside the canvas. */
  isOpen?: boolean;
  onOpen: () => void;
  /** The live number; it takes the class it is given. */
  number: (className: string) => ReactNode;
  /** What lies behind all of it. */
  ground?: ReactNode;
}

export function NodeBox({ name, title, icon: Icon, word, tone, isOpen, onOpen, number, ground }: Props) {
  return (
    <div className={classes.node} data-node={name} data-open={isOpen} data-tone={tone}>
      {ground}
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
      {number(classes.number ?? '')}
      <div className={classes.word}>{word}</div>
    </div>
  );
}
