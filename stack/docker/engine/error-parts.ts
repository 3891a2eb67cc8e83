// What can be read off anything that was thrown. Judges nothing.

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** A system's own name of an error: `ENOENT`. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
