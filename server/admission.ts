// Who is let in: only our own page, called by our own name, from a browser that brought the token once.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** The names that a browser on this machine may call the server by. Any other came through somebody's DNS. */
function ownHosts(port: number): string[] {
  return [`127.0.0.1:${port}`, `localhost:${port}`];
}

export function isOwnHost({ host }: IncomingHttpHeaders, port: number): boolean {
  return host !== undefined && ownHosts(port).includes(host);
}

/** Whether the asking page is our own; a page that a person opens has no origin yet. */
export function isOwnOrigin({ origin }: IncomingHttpHeaders, port: number): boolean {
  return origin !== undefined && ownHosts(port).some((host) => origin === `http://${host}`);
}

const newSecret = (): string => randomBytes(32).toString('base64url');

/** Takes the same time wherever the two differ. */
function isEqual(given: string, expected: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(expected));
}

/** A token that opens the door once, and the cookie that keeps it open as long as this process lives. */
export class Admission {
  readonly #cookieName: string;
  readonly #cookie = newSecret();
  readonly token = newSecret();
  #isTokenUsed = false;

  /** Browsers share cookies between the ports of a host: the name keeps two servers apart. */
  constructor(port: number) {
    this.#cookieName = `riacho-${port}`;
  }

  /** Whether the token opens; it does so once. */
  redeem(token: string): boolean {
    if (this.#isTokenUsed || !isEqual(token, this.token)) return false;
    this.#isTokenUsed = true;
    return true;
  }

  /** Out of reach for scripts, and never sent along by another site's page. */
  get setCookie(): string {
    return `${this.#cookieName}=${this.#cookie}; HttpOnly; SameSite=Strict; Path=/`;
  }

  admits({ cookie = '' }: IncomingHttpHeaders): boolean {
    const pairs = cookie.split(';').map((pair) => pair.trim().split('='));
    return pairs.some(([name, value = '']) => name === this.#cookieName && isEqual(value, this.#cookie));
  }
}
