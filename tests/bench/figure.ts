// One figure of the bench beside what it is measured against.

export interface Figure {
  name: string;
  unit: string;
  ours: readonly number[];
  /** Empty where it could not be measured. */
  reference: readonly number[];
  /** Who else did the same. */
  against: string;
  /** What is asked of the ratio. */
  wanted: number;
  /** What the reference is on a quiet machine of two cores: at half of that, the run says nothing. */
  usual: number;
}

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Medians, their ratio round by round, and whether they count. */
export function tell({ name, unit, ours, reference, against, wanted, usual }: Figure): string {
  const figure = `${name} ${median(ours)} ${unit}`;
  if (reference.length === 0) return `${figure}, ${against}: not here, not measured`;
  const ratio = median(ours.map((one, round) => one / (reference[round] ?? Number.NaN)));
  const beside = median(reference);
  const verdict =
    beside < usual / 2 ? 'VOID, the machine is busy' : ratio >= wanted ? 'as wanted' : 'less than wanted';
  // Cut, not rounded: what is told is not to look better than it is.
  const told = (Math.floor(ratio * 100) / 100).toFixed(2);
  return `${figure}, ${against} ${beside}: ${told} (wanted ${wanted}; ${verdict})`;
}
