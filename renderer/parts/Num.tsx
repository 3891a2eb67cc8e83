// A live number: subscribes to a store and writes its own text, so that ten changes a second render nothing.
import { useLayoutEffect, useRef } from 'react';
import type { StoreApi } from 'zustand/vanilla';
import { useTranslation } from 'react-i18next';

interface Props<T> {
  store: StoreApi<T>;
  /** What to show; undefined shows a dash, or `absent`. */
  of: (state: T) => number | undefined;
  format: (value: number) => string;
  className?: string;
  absent?: string;
}

export function Num<T>({ store, of, format, className, absent = '–' }: Props<T>) {
  const element = useRef<HTMLSpanElement>(null);
  const { i18n } = useTranslation();
  useLayoutEffect(() => {
    const show = (state: T): void => {
      const value = of(state);
      const text = value === undefined ? absent : format(value);
      if (element.current && element.current.textContent !== text) element.current.textContent = text;
    };
    show(store.getState());
    return store.subscribe(show);
  }, [store, of, format, absent, i18n.language]);
  return <span ref={element} className={className ?? 'mono'} />;
}
