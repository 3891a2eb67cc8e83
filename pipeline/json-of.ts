// JSON that may be none.

/** What the text says; `undefined` where it is no JSON, which never means that itself. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
