// One part of the settings: its heading, a sentence on it, and what can be set.
import type { ReactNode } from 'react';
import { Panel } from '../parts/Panel.tsx';
import classes from './Settings.module.css';

interface Props {
  title: string;
  hint?: string;
  aside?: ReactNode;
  children: ReactNode;
}

export function Section({ title, hint, aside, children }: Props) {
  return (
    <Panel title={title} aside={aside} label={title}>
      {hint !== undefined && <p className={classes.hint}>{hint}</p>}
      <div className={classes.section}>{children}</div>
    </Panel>
  );
}
