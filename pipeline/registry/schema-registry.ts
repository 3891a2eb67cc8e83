// A Schema Registry's REST interface, as much of it as the lab needs. Keeps nothing open; what it answers is checked.
// Source: docs.confluent.io, "Schema Registry API Reference".
import { z } from 'zod';
import { RiachoError } from '../../words/errors.ts';
import {
  versionsMax,
  type KnownSchema,
  type SchemaSubject,
  type SchemaVersion,
} from '../../words/schemas.ts';
import { jsonOf } from '../json-of.ts';
import { networkDetail } from '../network-detail.ts';

const timeoutMs = 5_000;
/** A registry's own words can be a stack trace. */
const saidChars = 300;

/** Of Avro, the first type there was, registries leave it out. */
const schemaType = z.string().default('AVRO');
const versionAnswer = z.object({ version: z.int(), id: z.int(), schemaType, schema: z.string() });
const schemaAnswer = z.object({ schemaType });
const usesAnswer = z.array(z.object({ subject: z.string(), version: z.int() }));
const configAnswer = z.object({ compatibilityLevel: z.string() });
const errorAnswer = z.object({ message: z.string() });

interface Asked {
  method?: 'POST';
  body?: object;
  signal?: AbortSignal | undefined;
}

/**
 * Every call rejects with `REGISTRY_UNREACHABLE` {address, detail} or `REGISTRY_REFUSED` {address, detail}, or as its
 * signal was aborted.
 */
export class SchemaRegistry {
  readonly #address: string;

  /** `address`: where its paths begin, such as `http://localhost:8081`. */
  constructor(address: string) {
    this.#address = address.replace(/\/+$/, '');
  }

  /** A subject that nobody has registered anything under has no versions. */
  async subject(subject: string, signal?: AbortSignal): Promise<SchemaSubject> {
    const path = `/subjects/${encodeURIComponent(subject)}/versions`;
    const numbers = (await this.#find(path, z.array(z.int()), { signal })) ?? [];
    const newest = numbers.toSorted((a, b) => b - a).slice(0, versionsMax);
    const [compatibility, ...versions] = await Promise.all([
      this.#compatibilityOf(subject, signal),
      ...newest.map((version) => this.#find(`${path}/${version}`, versionAnswer, { signal })),
    ]);
    return {
      subject,
      registry: this.#address,
      ...(compatibility !== undefined && { compatibility }),
      // One that was deleted meanwhile is none.
      versions: versions.flatMap((found): SchemaVersion[] => {
        if (!found) return [];
        const { version, id, schemaType: type, schema } = found;
        return [{ version, id, type, schema }];
      }),
      total: numbers.length,
    };
  }

  /** Makes a version of `schema` (JSON Schema) where there is none. Rejects with `SCHEMA_INCOMPATIBLE` {subject, detail} too. */
  async register(subject: string, schema: string, signal?: AbortSignal): Promise<void> {
    const path = `/subjects/${encodeURIComponent(subject)}/versions`;
    const body = { schemaType: 'JSON', schema };
    const { response, text } = await this.#ask(path, { method: 'POST', body, signal });
    if (response.status === 409)
      throw new RiachoError('SCHEMA_INCOMPATIBLE', { subject, detail: said(text) });
    if (!response.ok) throw this.#refusal(response, text);
  }

  /** What a schema's id stands for; undefined where no schema has it. */
  async schema(id: number, signal?: AbortSignal): Promise<KnownSchema | undefined> {
    const [found, usedBy] = await Promise.all([
      this.#find(`/schemas/ids/${id}`, schemaAnswer, { signal }),
      this.#find(`/schemas/ids/${id}/versions`, usesAnswer, { signal }),
    ]);
    return found && { type: found.schemaType, usedBy: usedBy ?? [] };
  }

  /** What holds for subjects that have no level of compatibility of their own. */
  async compatibility(signal?: AbortSignal): Promise<string | undefined> {
    return (await this.#find('/config', configAnswer, { signal }))?.compatibilityLevel;
  }

  async #compatibilityOf(subject: string, signal: AbortSignal | undefined): Promise<string | undefined> {
    const own = `/config/${encodeURIComponent(subject)}?defaultToGlobal=true`;
    // Some registries know nothing of a subject without versions.
    return (
      (await this.#find(own, configAnswer, { signal }))?.compatibilityLevel ?? this.compatibility(signal)
    );
  }

  /** Undefined for what is not there. */
  async #find<T extends z.ZodType>(path: string, shape: T, asked: Asked): Promise<z.infer<T> | undefined> {
    const { response, text } = await this.#ask(path, asked);
    // A page that is no registry has nothing there either, but does not say so in JSON.
    if (response.status === 404 && errorAnswer.safeParse(jsonOf(text)).success) return undefined;
    if (!response.ok) throw this.#refusal(response, text);
    const answer = shape.safeParse(jsonOf(text));
    if (answer.success) return answer.data;
    throw new RiachoError('REGISTRY_REFUSED', { address: this.#address, detail: `${path}: ${said(text)}` });
  }

  async #ask(path: string, { method, body, signal }: Asked): Promise<{ response: Response; text: string }> {
    const timeout = AbortSignal.timeout(timeoutMs);
    try {
      const response = await fetch(`${this.#address}${path}`, {
        ...(method && { method }),
        headers: {
          accept: 'application/vnd.schemaregistry.v1+json, application/json',
          ...(body && { 'content-type': 'application/vnd.schemaregistry.v1+json' }),
        },
        ...(body && { body: JSON.stringify(body) }),
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      });
      return { response, text: await response.text() };
    } catch (cause) {
      signal?.throwIfAborted();
      const detail = timeout.aborted ? `no answer within ${timeoutMs} ms` : networkDetail(cause);
      throw new RiachoError('REGISTRY_UNREACHABLE', { address: this.#address, detail }, cause);
    }
  }

  #refusal({ status }: Response, text: string): RiachoError {
    return new RiachoError('REGISTRY_REFUSED', {
      address: this.#address,
      detail: `HTTP ${status}: ${said(text)}`,
    });
  }
}

/** A registry's own words: its message, or the beginning of whatever it sent. */
function said(text: string): string {
  const answer = errorAnswer.safeParse(jsonOf(text));
  return (answer.success ? answer.data.message : text).trim().slice(0, saidChars);
}
