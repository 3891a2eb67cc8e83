// A surface with a heading: what the screens are made of.
import type { ReactNode } from 'react';
import classes from './Panel.module.css';

interface Props {
  title?: ReactNode;
  /** Stands at the right of the heading. */
  aside?: ReactNode;
  children: ReactNode;
  className?: string | undefined;
  label?: string;
}

export function Panel({ title, aside, children, className, label }: Props) {
  return (
    <section className={className ? `${classes.panel} ${className}` : classes.panel} aria-label={label}>
      {(title !== undefined || aside !== undefined) && (
        <header className={classes.header}>
          {title !== undefined && <h2 className={classes.title}>{title}</h2>}
          {aside}
        </header>
      )}
      {children}
    </section>
  );
}
