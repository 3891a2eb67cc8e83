// An editor for one CQL statement: highlighting, completion of the lab's table, Ctrl/Cmd+Enter runs it. Loaded when it
// is first needed: `lazy(() => import('../parts/CqlEditor.tsx'))`. Tab leaves it, as in any field.
import { autocompletion, closeBrackets, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { Cassandra, sql } from '@codemirror/lang-sql';
import { bracketMatching, HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { Prec } from '@codemirror/state';
import { keymap } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { useEffect, useRef, useState } from 'react';
import { userColumns, usersKeyspace, usersTable } from '../../words/users.ts';
import { useCodeEditor } from './use-code-editor.ts';

interface Props {
  /** What stands in it; a text other than the one last reported replaces it. */
  value: string;
  onChange: (text: string) => void;
  onRun: () => void;
  /** Its accessible name. */
  label: string;
}

export default function CqlEditor({ value, onChange, onRun, label }: Props) {
  const run = useRef(onRun);
  useEffect(() => {
    run.current = onRun;
  });
  const [extension] = useState(() => {
    const runs = (): boolean => {
      run.current();
      return true;
    };
    // Before the default keys, where Mod-Enter inserts an empty line.
    return [Prec.highest(keymap.of([{ key: 'Mod-Enter', run: runs }])), features];
  });
  const place = useCodeEditor({ value, onChange, label, extension });
  return <div ref={place} style={{ height: '100%', minHeight: 0 }} />;
}

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword], color: 'var(--water)', fontWeight: '600' },
  { tag: [tags.typeName, tags.number, tags.bool, tags.null], color: 'var(--amber)' },
  { tag: tags.comment, color: 'var(--ink2)', fontStyle: 'italic' },
  { tag: tags.string, color: 'var(--stone)' },
]);

const schema = { [usersKeyspace]: { [usersTable]: [...userColumns] } };

const features = [
  history(),
  bracketMatching(),
  closeBrackets(),
  autocompletion(),
  sql({
    dialect: Cassandra,
    schema,
    defaultSchema: usersKeyspace,
    defaultTable: usersTable,
    upperCaseKeywords: true,
  }),
  syntaxHighlighting(colours),
  keymap.of([...completionKeymap, ...defaultKeymap, ...historyKeymap]),
];
