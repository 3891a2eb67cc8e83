// Picks out of what a program has said the line that tells a person most. Reads no log itself.

const evidenceChars = 300;

/** The most telling of `lines`: the deepest cause named last, else the last error, else the last line. */
export function tellingLine(lines: string[]): string {
  const spoken = lines
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^at |^\.\.\. \d+ more/.test(line));
  const patterns = [/^Caused by: /, /\b(FATAL|ERROR)\b|^Error\b|OutOfMemoryError/, /Exception|\bWARN\b/];
  for (const pattern of patterns) {
    const line = spoken.findLast((candidate) => pattern.test(candidate));
    if (line !== undefined) return line.replace(/^Caused by: /, '').slice(0, evidenceChars);
  }
  return (spoken.at(-1) ?? '').slice(0, evidenceChars);
}
