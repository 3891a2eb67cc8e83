// What to read: topic, place, filter. A change begins a new reading; typing does so when it rests.
import { CloseButton, NumberInput, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback, useHotkeys } from '@mantine/hooks';
import { Search } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { filterFields, labTopic, type TopicView } from '../../words/browse.ts';
import { whole } from '../words/format.ts';
import type { Choice } from './choice.ts';
import classes from './Toolbar.module.css';

const typingMs = 400;
const places = ['newest', 'beginning', 'offset', 'time', 'live'] as const;
const anywhere = 'anywhere';

interface Props {
  choice: Choice;
  onChange: (change: Partial<Choice>) => void;
  topics: readonly TopicView[];
  /** Counts are asked for again when a person looks at them. */
  onLookAtTopics: () => void;
}

export function Toolbar({ choice, onChange, topics, onLookAtTopics }: Props) {
  const { t } = useTranslation();
  const topicNames = labTopic.options.map((name) => {
    const found = topics.find((topic) => topic.name === name);
    return { value: name, label: found ? `${name} · ${whole(found.messages)}` : name };
  });
  return (
    <div className={classes.bar} role="search">
      <Select
        className={classes.topic ?? ''}
        aria-label={t('screens.messages.topic')}
        data={topicNames}
        value={choice.topic}
        allowDeselect={false}
        onDropdownOpen={onLookAtTopics}
        onChange={(name) => onChange({ topic: labTopic.parse(name) })}
      />
      <SegmentedControl
        className={classes.places ?? ''}
        aria-label={t('screens.messages.from')}
        value={choice.at}
        onChange={(at) => onChange({ at })}
        data={places.map((at) => ({ value: at, label: t(`screens.messages.froms.${at}`) }))}
      />
      <Place choice={choice} onChange={onChange} />
      <Filter choice={choice} onChange={onChange} />
    </div>
  );
}

type PartProps = Pick<Props, 'choice' | 'onChange'>;

/** The field that an offset or a time is given in. */
function Place({ choice, onChange }: PartProps) {
  const { t } = useTranslation();
  const change = useDebouncedCallback(onChange, typingMs);
  if (choice.at === 'offset') {
    return (
      <NumberInput
        className={classes.offset ?? ''}
        aria-label={t('screens.messages.offsetFrom')}
        defaultValue={choice.offset}
        min={0}
        allowDecimal={false}
        allowNegative={false}
        hideControls
        onChange={(offset) => change({ offset: Number(offset) })}
        onKeyDown={(event) => event.key === 'Enter' && change.flush()}
      />
    );
  }
  if (choice.at === 'time') {
    return (
      <TextInput
        className={classes.time ?? ''}
        type="datetime-local"
        step={1}
        aria-label={t('screens.messages.timeFrom')}
        defaultValue={choice.time}
        onChange={({ currentTarget }) => change({ time: currentTarget.value })}
        onKeyDown={(event) => event.key === 'Enter' && change.flush()}
      />
    );
  }
  return null;
}

function Filter({ choice, onChange }: PartProps) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(choice.text);
  const [known, setKnown] = useState(choice.text);
  // Changed from elsewhere, as by *show all*.
  if (known !== choice.text) {
    setKnown(choice.text);
    setTyped(choice.text);
  }
  const change = useDebouncedCallback((text: string) => onChange({ text }), typingMs);
  const set = (text: string): void => {
    setTyped(text);
    change(text);
  };
  useFilterKey(input);
  const fields = [
    { value: anywhere, label: t('screens.messages.fields.anywhere') },
    ...filterFields.map((field) => ({
      value: field,
      label: field === 'key' || field === 'header' ? t(`screens.messages.fields.${field}`) : field,
    })),
  ];
  return (
    <div className={classes.filter}>
      <TextInput
        ref={input}
        className={classes.text ?? ''}
        aria-label={t('screens.messages.filter')}
        placeholder={t('screens.messages.filterHint')}
        leftSection={<Search size={15} aria-hidden />}
        rightSection={
          typed !== '' && (
            <CloseButton
              size="sm"
              aria-label={t('screens.messages.clearFilter')}
              onClick={() => {
                set('');
                change.flush();
                input.current?.focus();
              }}
            />
          )
        }
        maxLength={1_000}
        value={typed}
        onChange={({ currentTarget }) => set(currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') change.flush();
          if (event.key === 'Escape' && typed !== '') set('');
        }}
      />
      <Select
        className={classes.field ?? ''}
        aria-label={t('screens.messages.field')}
        data={fields}
        value={choice.field ?? anywhere}
        allowDeselect={false}
        onChange={(value) => onChange({ field: filterFields.find((field) => field === value) })}
      />
    </div>
  );
}

/** `/` leads here from everywhere but a field that takes it as a letter. */
function useFilterKey(input: { current: HTMLInputElement | null }): void {
  const onKey = (event: KeyboardEvent): void => {
    const { activeElement } = document;
    if (activeElement instanceof HTMLInputElement && activeElement.type !== 'radio') return;
    event.preventDefault();
    input.current?.focus();
  };
  useHotkeys([['/', onKey, { preventDefault: false }]], ['TEXTAREA']);
}
