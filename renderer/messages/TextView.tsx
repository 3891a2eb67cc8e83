// A value's text as it came. Shows a part of a long one: a megabyte in one paragraph would hold the window up.
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { whole } from '../words/format.ts';
import classes from './MessageValue.module.css';

/** Characters shown at first, and by how much each press multiplies them. */
const firstPart = 16_384;
const growth = 4;

export function TextView({ text }: { text: string }) {
  const { t } = useTranslation();
  const [part, setPart] = useState(firstPart);
  return (
    <>
      <pre className={classes.text}>{text.slice(0, part)}</pre>
      {text.length > part && (
        <div className={classes.more}>
          <span>{t('screens.messages.shownPart', { shown: whole(part), size: whole(text.length) })}</span>
          <Button size="compact-sm" variant="default" onClick={() => setPart(part * growth)}>
            {t('screens.messages.showMore')}
          </Button>
        </div>
      )}
    </>
  );
}
