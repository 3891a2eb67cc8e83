// The labs there are, and which one is shown: kept on this machine. docs/add-a-lab.md says what a
// further one needs.
export const labs = ['users', 'weather'] as const;
export type LabName = (typeof labs)[number];

const storageKey = 'riacho-lab';

/** The lab of the last time. */
export function recalledLab(): LabName {
  const kept = localStorage.getItem(storageKey);
  return labs.find((lab) => lab === kept) ?? 'users';
}

export function keepLab(lab: LabName): void {
  localStorage.setItem(storageKey, lab);
}
