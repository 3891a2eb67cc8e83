// An editor for JSON. Loaded when it is first needed: `lazy(() => import('../parts/JsonEditor.tsx'))`.
// Tab leaves it, as in any field. What the text means is judged elsewhere.
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from '@codemirror/language';
import { EditorState } from '@codemirror/state';
import { highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { useMemo } from 'react';
import { useCodeEditor } from './use-code-editor.ts';

interface Props {
  /** What stands in it; a text other than the one last reported replaces it. */
  value: string;
  onChange: (text: string) => void;
  /** Its accessible name. */
  label: string;
  isReadOnly?: boolean;
}

export default function JsonEditor({ value, onChange, label, isReadOnly = false }: Props) {
  const extension = useMemo(() => [EditorState.readOnly.of(isReadOnly), features], [isReadOnly]);
  const place = useCodeEditor({ value, onChange, label, extension });
  return <div ref={place} style={{ height: '100%', minHeight: 0 }} />;
}

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--water)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--amber)' },
  { tag: tags.string, color: 'var(--ink)' },
  { tag: tags.invalid, color: 'var(--bad)' },
]);

const features = [
  lineNumbers(),
  history(),
  indentOnInput(),
  bracketMatching(),
  highlightActiveLine(),
  json(),
  syntaxHighlighting(colours),
  keymap.of([...defaultKeymap, ...historyKeymap]),
];
