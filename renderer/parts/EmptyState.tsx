// An empty screen says what would be here, and has the button that brings it.
import { Button } from '@mantine/core';
import type { LucideIcon } from 'lucide-react';
import classes from './EmptyState.module.css';

interface Props {
  icon: LucideIcon;
  title: string;
  text: string;
  action?: { label: string; onClick: () => void; isBusy?: boolean } | undefined;
}

export function EmptyState({ icon: Icon, title, text, action }: Props) {
  return (
    <div className={classes.empty}>
      <Icon size={36} strokeWidth={1.5} aria-hidden className={classes.mark} />
      <h2 className={classes.title}>{title}</h2>
      <p className={classes.text}>{text}</p>
      {action && (
        <Button onClick={action.onClick} loading={action.isBusy ?? false}>
          {action.label}
        </Button>
      )}
    </div>
  );
}
