// One dead letter to be mended: why it was refused, its JSON in an editor, what it would become, and the way back.
import { ActionIcon, Button, Loader, Modal, Tooltip } from '@mantine/core';
import { CornerUpLeft, FilePlus2, Undo2, X } from 'lucide-react';
import { Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessagePlace } from '../../words/browse.ts';
import type { DeadLetterView } from '../../words/messages.ts';
import { useModel } from '../model/model.ts';
import { useAction } from '../model/use-action.ts';
import { FaultNote } from '../parts/FaultNote.tsx';
import { lazily } from '../parts/lazily.ts';
import { bytes as sized, dateTime } from '../words/format.ts';
import { bytesOf } from './decoded.ts';
import { HexView } from './HexView.tsx';
import classes from './LetterDesk.module.css';
import { draftOf, templateOf } from './letter-draft.ts';
import { LetterVerdict } from './LetterVerdict.tsx';
import { useVerdict } from './use-verdict.ts';

const JsonEditor = lazily(() => import('../parts/JsonEditor.tsx'));

interface Props {
  letter: DeadLetterView;
  onClose: () => void;
  /** It was put back, by us or by another. */
  onPutBack: () => void;
  onOpenMessage: (place: MessagePlace) => void;
}

export function LetterDesk({ letter, onClose, onPutBack, onOpenMessage }: Props) {
  const { t } = useTranslation();
  const { client } = useModel();
  const original = useMemo(() => draftOf(letter), [letter]);
  const [text, setText] = useState(original);
  const [isConfirming, setConfirming] = useState(false);
  const verdict = useVerdict(text);
  const place = { partition: letter.sourcePartition, offset: letter.sourceOffset };
  const putBack = useAction(async (signal) => {
    setConfirming(false);
    try {
      await client.deadLetters.putBack({ ...place, value: text }, { signal });
    } finally {
      onPutBack();
    }
  });
  const isBack = letter.putBackAt !== undefined;
  const wouldBeRefused = verdict.status === 'judged' && verdict.reason !== undefined;
  return (
    <section className={classes.desk} aria-label={t('screens.messages.letter')}>
      <Why letter={letter} onClose={onClose} onOpenMessage={() => onOpenMessage(place)} />
      {isBack ? (
        <p className={classes.back} role="status">
          {t('screens.messages.putBackAt', { time: dateTime(Date.parse(letter.putBackAt ?? '')) })}
        </p>
      ) : (
        <div className={classes.tools}>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<FilePlus2 size={14} aria-hidden />}
            onClick={() => setText(templateOf(letter))}
          >
            {t('screens.messages.template')}
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            disabled={text === original}
            leftSection={<Undo2 size={14} aria-hidden />}
            onClick={() => setText(original)}
          >
            {t('screens.messages.resetEdits')}
          </Button>
        </div>
      )}
      <div className={classes.editor}>
        <Suspense fallback={<Loader size="sm" m="md" />}>
          <JsonEditor
            value={text}
            onChange={setText}
            label={t('screens.messages.editor')}
            isReadOnly={isBack}
          />
        </Suspense>
      </div>
      {putBack.fault && <FaultNote fault={putBack.fault} onClose={putBack.clear} />}
      {!isBack && (
        <div className={classes.end}>
          <LetterVerdict verdict={verdict} />
          <Button
            leftSection={<CornerUpLeft size={15} aria-hidden />}
            loading={putBack.isBusy}
            disabled={verdict.status !== 'judged'}
            onClick={() => (wouldBeRefused ? setConfirming(true) : void putBack.run())}
          >
            {t('screens.messages.putBack')}
          </Button>
        </div>
      )}
      <Modal
        opened={isConfirming}
        onClose={() => setConfirming(false)}
        title={t('screens.messages.confirmTitle')}
        closeButtonProps={{ 'aria-label': t('screens.frame.close') }}
        classNames={{ title: classes.title ?? '' }}
        centered
      >
        <p className={classes.confirm}>{t('screens.messages.confirmText')}</p>
        <div className={classes.confirmButtons}>
          <Button variant="default" onClick={() => setConfirming(false)} data-autofocus>
            {t('screens.messages.keepMending')}
          </Button>
          <Button onClick={() => void putBack.run()}>{t('screens.messages.confirmDo')}</Button>
        </div>
      </Modal>
    </section>
  );
}

interface WhyProps {
  letter: DeadLetterView;
  onClose: () => void;
  onOpenMessage: () => void;
}

/** Where it came from and why it was refused; bytes that no editor takes are shown as they are. */
function Why({ letter, onClose, onOpenMessage }: WhyProps) {
  const { t } = useTranslation();
  const { reason, refusedAt, cutFrom, value, sourcePartition, sourceOffset } = letter;
  // What is wrong with the letter as it came, whatever the editor holds by now.
  const judged = useVerdict(value?.encoding === 'text' ? value.content : undefined);
  const field = judged.status === 'judged' && judged.reason === reason ? judged.field : undefined;
  return (
    <>
      <header className={classes.header}>
        <h2 className={classes.place}>
          {t('screens.messages.letterOf', { place: `${sourcePartition}/${sourceOffset}` })}
        </h2>
        <Tooltip label={t('screens.messages.openSource')} openDelay={400}>
          <Button size="compact-sm" variant="subtle" onClick={onOpenMessage}>
            {t('screens.messages.openSource')}
          </Button>
        </Tooltip>
        <ActionIcon variant="subtle" color="gray" aria-label={t('screens.frame.close')} onClick={onClose}>
          <X size={16} />
        </ActionIcon>
      </header>
      <div className={classes.why}>
        <p className={classes.reason}>
          {t(`reasons.${reason}`)}
          {field !== undefined && <code className={classes.field}>{field}</code>}
        </p>
        <p className={classes.mend}>
          {value?.schemaId === undefined
            ? t(`screens.messages.mends.${reason}`)
            : t('screens.messages.mendFramed', { id: String(value.schemaId) })}
        </p>
        <p className={classes.time}>
          {t('screens.messages.refusedAt', { time: dateTime(Date.parse(refusedAt)) })}
        </p>
      </div>
      {cutFrom !== undefined && value && (
        <p className={classes.note}>
          {t('screens.messages.cutLetter', { shown: sized(value.size), size: sized(cutFrom) })}
        </p>
      )}
      {value?.encoding === 'base64' && (
        <div className={classes.bytes}>
          <HexView bytes={bytesOf(value)} label={t('screens.messages.original')} />
        </div>
      )}
    </>
  );
}
