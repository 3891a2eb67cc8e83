// Bytes as they are: position, hex digits, and what of it is printable. Shows a part; more on demand.
import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bytes as sized } from '../words/format.ts';
import { hexLines } from './decoded.ts';
import classes from './MessageValue.module.css';

/** Bytes shown at first, and by how much each press multiplies them. */
const firstPart = 4_096;
const growth = 4;

export function HexView({ bytes, label }: { bytes: Uint8Array; label: string }) {
  const { t } = useTranslation();
  const [part, setPart] = useState(firstPart);
  const shown = useMemo(() => {
    const lines = hexLines(bytes.subarray(0, part));
    return lines.map(({ at, hex, text }) => `${at}  ${hex.padEnd(23)}  ${text}`).join('\n');
  }, [bytes, part]);
  return (
    <>
      {/* Scrolls sideways, so it takes the focus. */}
      <pre className={classes.hex} tabIndex={0} role="region" aria-label={label}>
        {shown}
      </pre>
      {bytes.length > part && (
        <div className={classes.more}>
          <span>{t('screens.messages.shownPart', { shown: sized(part), size: sized(bytes.length) })}</span>
          <Button size="compact-sm" variant="default" onClick={() => setPart(part * growth)}>
            {t('screens.messages.showMore')}
          </Button>
        </div>
      )}
    </>
  );
}
