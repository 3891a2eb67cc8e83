// A further node, small: its mark, its name, how its services are, and a line to the node that it belongs to.
import type { NodeProps } from '@xyflow/react';
import { BookMarked, Flame, Gauge, Wind, type LucideIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import classes from './AsideNode.module.css';
import { asides, type AsideName } from './nodes.ts';
import type { AsideNodeType } from './flow-types.ts';
import { useAsideWord } from './use-node-word.ts';

const icons: Record<AsideName, LucideIcon> = {
  airflow: Wind,
  registry: BookMarked,
  spark: Flame,
  controlCenter: Gauge,
};

export function AsideNode({ data: { name, isOpen, onOpen } }: NodeProps<AsideNodeType>) {
  const { t } = useTranslation();
  const { word, tone, isLit } = useAsideWord(name);
  const Icon = icons[name];
  return (
    <div
      className={classes.node}
      data-aside={name}
      data-side={asides[name].side}
      data-open={isOpen}
      data-tone={tone}
      data-lit={isLit}
    >
      <Icon size={15} aria-hidden className={classes.mark} />
      <button type="button" className={classes.name} aria-expanded={isOpen} onClick={onOpen}>
        {t(`screens.lab.nodes.${name}`)}
      </button>
      <span className={classes.word}>{word}</span>
    </div>
  );
}
