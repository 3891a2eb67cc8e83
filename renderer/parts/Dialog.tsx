// A dialog in the middle: a question, or a form too large for its place.
import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './Dialog.module.css';

interface Props {
  isOpen: boolean;
  onClose: () => void;
  title: string;
  /** px. */
  width?: number;
  children: ReactNode;
}

export function Dialog({ isOpen, onClose, title, width = 460, children }: Props) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={title}
      size={width}
      centered
      closeButtonProps={{ 'aria-label': t('screens.frame.close') }}
      classNames={{ title: classes.title ?? '' }}
    >
      {children}
    </Modal>
  );
}
