// Columns of a grid: which are shown, and how wide. Remembered in this browser where they have a key.
import {
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  tableFeatures,
  useTable,
  type ColumnDef,
} from '@tanstack/react-table';
import { useEffect, useMemo, useState } from 'react';
import { z } from 'zod';
import type { Row } from '../ring-reader.ts';

const features = tableFeatures({ columnSizingFeature, columnResizingFeature, columnVisibilityFeature });

const remembered = z.object({
  columnSizing: z.record(z.string(), z.number()),
  columnVisibility: z.record(z.string(), z.boolean()),
});

const noRows: Row[] = [];
const usualWidth = 160;
export const narrowest = 64;
export const widest = 900;

function recall(key: string | undefined) {
  const text = key === undefined ? null : localStorage.getItem(key);
  try {
    return remembered.parse(JSON.parse(text ?? ''));
  } catch {
    // Nothing, or what an older version wrote: the usual look.
    return { columnSizing: {}, columnVisibility: {} };
  }
}

/** `names` must stay the same object as long as the columns do. */
export function useColumns(
  names: readonly string[],
  { widths = {}, key }: { widths?: Readonly<Record<string, number>>; key?: string } = {},
) {
  const columns = useMemo<ColumnDef<typeof features, Row>[]>(
    () =>
      names.map((name) => ({
        id: name,
        accessorFn: (row) => row[name],
        size: widths[name] ?? usualWidth,
        minSize: narrowest,
        maxSize: widest,
      })),
    [names, widths],
  );
  const [initialState] = useState(() => recall(key));
  const table = useTable({ features, columns, data: noRows, columnResizeMode: 'onChange', initialState });
  const { columnSizing, columnVisibility } = table.state;
  useEffect(() => {
    if (key !== undefined) localStorage.setItem(key, JSON.stringify({ columnSizing, columnVisibility }));
  }, [key, columnSizing, columnVisibility]);
  const shown = useMemo(
    () => names.filter((name) => columnVisibility[name] !== false),
    [names, columnVisibility],
  );
  return { table, shown };
}

export type Columns = ReturnType<typeof useColumns>;
