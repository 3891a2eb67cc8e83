// The wire format in which serializers of a Schema Registry write: a zero, the schema's id in four bytes, the payload.
// Source: docs.confluent.io, "Wire format". Only JSON can be told from other payloads without the schema.

/** Bytes that stand before the payload. */
const prefixBytes = 5;

/** `{` and `[`: no payload of Avro or Protobuf that holds a record begins with either. */
const jsonStarts = new Set([0x7b, 0x5b]);

export interface FramedJson {
  schemaId: number;
  /** Shares the message's memory. */
  json: Buffer;
}

/** The JSON behind the prefix; undefined for every other value. It may be broken: nothing is parsed. */
export function framedJson(value: Buffer | null): FramedJson | undefined {
  if (value === null || value[0] !== 0 || !jsonStarts.has(value[prefixBytes] ?? 0)) return undefined;
  return { schemaId: value.readUInt32BE(1), json: value.subarray(prefixBytes) };
}
