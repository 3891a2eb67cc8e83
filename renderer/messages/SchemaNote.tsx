// The schema that a value names, as far as the registry can be asked: it is no condition for reading JSON.
import { BookMarked } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useModel } from '../model/model.ts';
import { useLoaded } from '../model/use-loaded.ts';
import { faultWords } from '../words/fault-words.ts';
import classes from './MessageValue.module.css';

/** Above JSON in the registry's wire format: its schema's id and name. */
export function SchemaNote({ id }: { id: number }) {
  const { t } = useTranslation();
  const { known, why } = useKnown(id);
  return (
    <p className={classes.schema} role="status">
      <BookMarked size={14} aria-hidden />
      <b>{t('screens.messages.schemaId', { id: String(id) })}</b>
      {known === undefined ? (
        why !== undefined && <span>{t('screens.messages.schemaNameless', { why })}</span>
      ) : (
        <code>{known?.names ?? t('screens.messages.schemaUnknown')}</code>
      )}
    </p>
  );
}

/** Above bytes that may be what another serializer of the registry wrote: said where the registry says so, or is silent. */
export function OtherSchemaNote({ id }: { id: number }) {
  const { t } = useTranslation();
  const { known, isSilent } = useKnown(id);
  if (known)
    return (
      <p className={classes.note}>
        {t('screens.messages.otherSchema', { id: String(id), type: known.type, name: known.names })}
      </p>
    );
  return isSilent ? (
    <p className={classes.note}>{t('screens.messages.maybeSchema', { id: String(id) })}</p>
  ) : null;
}

/** `known` is null for an id that the registry does not have, undefined as long as it has not answered. */
function useKnown(id: number) {
  const { t } = useTranslation();
  const { client } = useModel();
  const { loaded } = useLoaded(String(id), (signal) => client.schemas.find({ id }, { signal }));
  if (loaded.status === 'loading') return { isSilent: false };
  if (loaded.status === 'failed') {
    const { fault } = loaded;
    return { why: faultWords(fault, t).what, isSilent: fault.code !== 'REGISTRY_MISSING' };
  }
  const { value } = loaded;
  const names = value?.usedBy.map(({ subject, version }) => `${subject}/${version}`).join(', ');
  return { known: value && { type: value.type, names: names ?? '' }, isSilent: false };
}
