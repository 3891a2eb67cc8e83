// A user's picture, from randomuser.me only and where the settings allow it; else one drawn from the initials.
import { Tooltip } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSettings } from '../../model/use-settings.ts';
import type { Row } from '../ring-reader.ts';
import classes from './Portrait.module.css';

const pictures = 'https://randomuser.me/';
/** Who runs through rows by arrow keys asks for no picture. */
const calmMs = 250;

type Picture = 'waiting' | 'loading' | 'shown' | 'failed';

/** Give it a key for each row. */
export function Portrait({ row, name }: { row: Row; name: string }) {
  const { t } = useTranslation();
  const { settings } = useSettings();
  const url = row['picture'] ?? '';
  const isAllowed = settings?.showPictures === true;
  const [picture, setPicture] = useState<Picture>('waiting');
  useEffect(() => {
    const timer = setTimeout(() => setPicture('loading'), calmMs);
    return () => clearTimeout(timer);
  }, []);
  const canLoad = isAllowed && url.startsWith(pictures);
  const alt = t('screens.rows.picture', { name });
  return (
    <div className={classes.portrait}>
      {canLoad && (picture === 'loading' || picture === 'shown') && (
        <img
          className={classes.picture}
          src={url}
          alt={alt}
          width={64}
          height={64}
          referrerPolicy="no-referrer"
          data-shown={picture === 'shown'}
          onLoad={() => setPicture('shown')}
          onError={() => setPicture('failed')}
        />
      )}
      {!(canLoad && picture === 'shown') && (
        <Tooltip
          label={t(isAllowed ? 'screens.rows.noPicture' : 'screens.rows.picturesOff')}
          multiline
          maw={240}
        >
          <div className={classes.drawn} data-hue={hueOf(row['id'] ?? '')} role="img" aria-label={alt}>
            {initialsOf(name)}
          </div>
        </Tooltip>
      )}
    </div>
  );
}

function initialsOf(name: string): string {
  const initials = name
    .split(/\s+/)
    .map((word) => String.fromCodePoint(word.codePointAt(0) ?? 63))
    .slice(0, 2);
  return initials.join('').toUpperCase();
}

/** The same for the same row. */
function hueOf(id: string): number {
  return (id.codePointAt(0) ?? 0) % 3;
}
