// Looks again at what is shown beside it.
import { Button } from '@mantine/core';
import { RotateCw } from 'lucide-react';

export function AgainButton({
  label,
  isBusy,
  onClick,
}: {
  label: string;
  isBusy: boolean;
  onClick: () => void;
}) {
  return (
    <Button
      variant="subtle"
      size="compact-sm"
      loading={isBusy}
      leftSection={<RotateCw size={14} aria-hidden />}
      onClick={onClick}
    >
      {label}
    </Button>
  );
}
