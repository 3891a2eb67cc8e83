// What a decoder begins with, where a whole schema would be too much for the first screen.

/** What lies under this name in data of any shape; undefined where nothing can. */
export function fieldOf(data: unknown, name: string): unknown {
  return typeof data === 'object' && data !== null ? Reflect.get(data, name) : undefined;
}
