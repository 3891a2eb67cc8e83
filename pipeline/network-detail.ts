// Why a request over HTTP came to nothing, in a word.

/** `fetch` hides the reason one or two causes deep: `ENOTFOUND`, `ECONNREFUSED`, `UND_ERR_SOCKET`, … */
export function networkDetail(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.cause === undefined ? error.message : networkDetail(error.cause);
}
