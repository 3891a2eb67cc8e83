// The built page as every host hands it out: which files there are, their types, and what the browser lets them do.
// Knows no server and no window; a host turns an answer into its own kind of response.
import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { RiachoError } from '../words/errors.ts';

/** What a host sends back. `isFixed`: the file's name holds its hash, so its bytes never change. */
export interface PageAnswer {
  status: 200 | 404;
  headers: Record<string, string>;
  body: Buffer<ArrayBuffer>;
  isFixed: boolean;
}

export interface Page {
  /** The file at `path`, as it stands in a URL; `/` is the page itself. Whatever else there is on disk: 404. */
  answer(path: string): PageAnswer;
}

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};

/** Stands in the built page where each load gets a nonce of its own. */
const noncePlace = '__CSP_NONCE__';

/** Nothing runs and nothing is loaded but our own files, data that a page may send, and users' pictures. */
export function contentSecurityPolicy(nonce: string, socket = ''): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "font-src 'self'",
    "img-src 'self' data: https://randomuser.me",
    `connect-src 'self'${socket && ` ${socket}`}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** Headers of every answer, whatever it holds. */
export const guardHeaders: Record<string, string> = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  // Copying is the one thing that a page does with the system.
  'Permissions-Policy':
    'accelerometer=(), camera=(), clipboard-read=(), display-capture=(), geolocation=(), gyroscope=(), hid=(), ' +
    'magnetometer=(), microphone=(), midi=(), payment=(), serial=(), usb=(), xr-spatial-tracking=()',
};

/**
 * Reads the page that was built into `folder`, once: a build behind our back changes nothing. What was not there
 * then is not there, so no path leads out of the folder. `socket` is an address that the page may also connect to.
 * Rejects with `PAGE_NOT_BUILT`.
 */
export async function openPage(folder: string, socket?: string): Promise<Page> {
  const files = await readFiles(folder);
  const index = files.get('/index.html')?.toString('utf8');
  if (index === undefined) throw new RiachoError('PAGE_NOT_BUILT', { path: folder });
  return {
    answer(path) {
      const nonce = randomBytes(16).toString('base64');
      const name = path === '/' ? '/index.html' : path;
      const file = files.get(name);
      const isPage = name === '/index.html';
      const isFixed = name.startsWith('/assets/');
      return {
        status: file === undefined ? 404 : 200,
        headers: {
          ...guardHeaders,
          'Content-Security-Policy': contentSecurityPolicy(nonce, socket),
          'Content-Type': types[file === undefined ? '' : extname(name)] ?? 'text/plain; charset=utf-8',
          'Cache-Control': isFixed ? 'private, max-age=31536000, immutable' : 'no-store',
        },
        body: isPage ? Buffer.from(index.replaceAll(noncePlace, nonce)) : (file ?? Buffer.from('404')),
        isFixed,
      };
    },
  };
}

/** Every file under `folder`, by its path in a URL. Links are left out: they lead elsewhere. */
async function readFiles(folder: string, at = '/'): Promise<Map<string, Buffer<ArrayBuffer>>> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const files = entries.map(async (entry): Promise<[string, Buffer<ArrayBuffer>][]> => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return [...(await readFiles(path, `${at}${entry.name}/`))];
    return entry.isFile() ? [[`${at}${entry.name}`, await readFile(path)]] : [];
  });
  return new Map((await Promise.all(files)).flat());
}
