// What a message holds, looked at in four ways. What cannot be decoded is shown as bytes, with the reason.
import { SegmentedControl } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BytesView, MessageView } from '../../words/messages.ts';
import { JsonTree } from '../parts/JsonTree.tsx';
import { bytes as sized, whole } from '../words/format.ts';
import { bytesOf, decode, firstBadByte, possibleSchemaId, type Decoded } from './decoded.ts';
import { HeaderList } from './HeaderList.tsx';
import { HexView } from './HexView.tsx';
import classes from './MessageValue.module.css';
import { OtherSchemaNote, SchemaNote } from './SchemaNote.tsx';
import { TextView } from './TextView.tsx';

const views = ['tree', 'text', 'headers', 'bytes'] as const;
type View = (typeof views)[number];

/** The way in which a message says most. */
const best = { json: 'tree', text: 'text', bytes: 'bytes', null: 'bytes' } satisfies Record<
  Decoded['kind'],
  View
>;

export function MessageValue({ message }: { message: MessageView }) {
  const { t } = useTranslation();
  const { value, headers } = message;
  const decoded = useMemo(() => decode(value), [value]);
  const [chosen, setChosen] = useState<View>();
  const view = chosen ?? best[decoded.kind];
  const fetched = useMemo(() => (value === null ? 0 : bytesOf(value).length), [value]);
  return (
    <>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label={t('screens.messages.view')}
        value={view}
        onChange={setChosen}
        data={views.map((one) => ({
          value: one,
          label:
            one === 'headers'
              ? `${t('screens.messages.views.headers')} ${whole(headers.length)}`
              : t(`screens.messages.views.${one}`),
        }))}
      />
      <div className={classes.value}>
        {value?.schemaId !== undefined && view !== 'headers' && <SchemaNote id={value.schemaId} />}
        {value !== null && value.size > fetched && view !== 'headers' && (
          <p className={classes.note}>
            {t('screens.messages.cutValue', { shown: sized(fetched), size: sized(value.size) })}
          </p>
        )}
        {view === 'headers' ? (
          <HeaderList message={message} />
        ) : (
          <Shown view={view} decoded={decoded} value={value} />
        )}
      </div>
    </>
  );
}

interface ShownProps {
  view: Exclude<View, 'headers'>;
  decoded: Decoded;
  value: BytesView | null;
}

function Shown({ view, decoded, value }: ShownProps) {
  const { t } = useTranslation();
  const bytes = useMemo(() => (value === null ? new Uint8Array() : bytesOf(value)), [value]);
  const otherSchema =
    decoded.kind === 'json' || value?.schemaId !== undefined ? undefined : possibleSchemaId(bytes);
  if (value === null) return <p className={classes.note}>{t('screens.messages.nullValue')}</p>;
  if (value.size === 0) return <p className={classes.note}>{t('screens.messages.zeroBytes')}</p>;
  if (decoded.kind === 'bytes' || view === 'bytes') {
    return (
      <>
        {otherSchema !== undefined && <OtherSchemaNote id={otherSchema} />}
        {decoded.kind === 'bytes' && (
          <p className={classes.note} data-tone="bad">
            {t('screens.messages.notText', { at: whole(firstBadByte(bytes) ?? 0) })}
          </p>
        )}
        <HexView bytes={bytes} label={t('screens.messages.views.bytes')} />
      </>
    );
  }
  if (decoded.kind === 'null') return null;
  if (view === 'tree' && decoded.kind === 'json')
    return <JsonTree json={decoded.json} label={t('screens.messages.tree')} />;
  return (
    <>
      {otherSchema !== undefined && <OtherSchemaNote id={otherSchema} />}
      {decoded.kind === 'text' && (
        <p className={classes.note} data-tone="bad">
          {t('screens.messages.notJson', { why: decoded.why })}
        </p>
      )}
      <TextView text={decoded.text} />
    </>
  );
}
