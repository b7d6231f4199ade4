// A static file server, as dumb as the dumbest host the site has to work on: files, correct types,
// gzip, nothing else. The tests serve dist/ with it under a path of several segments, which proves that
// every address in the site is relative; `./lab serve` serves it at the root.

import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.md': 'text/markdown; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

/** What a host sends packed. */
const PACKED = new Set(['.css', '.html', '.js', '.json', '.mjs', '.svg', '.wasm', '.webmanifest']);

const pack = promisify(gzip);

/** Packed files by path and time of their last change: a large one takes a second. */
const packed = new Map();

function packedFile({ file, changed }) {
  const key = `${file} ${changed}`;
  if (!packed.has(key)) packed.set(key, readFile(file).then((bytes) => pack(bytes, { level: 6 })));
  return packed.get(key);
}

/** The file below `root` that an address path under `base` names, or null when there is none. */
async function find(root, base, pathname) {
  if (!pathname.startsWith(base)) return null;
  let file = path.resolve(root, `./${pathname.slice(base.length)}`);
  if (file !== root && !file.startsWith(root + path.sep)) return null;
  let found = await stat(file).catch(() => null);
  if (found?.isDirectory()) {
    file = path.join(file, 'index.html');
    found = await stat(file).catch(() => null);
  }
  return found?.isFile() ? { file, size: found.size, changed: found.mtimeMs } : null;
}

/**
 * Serves the folder `root` on 127.0.0.1, below the path `base` (which starts and ends with a slash).
 * Port 0 takes any free one. Returns the address of the base and `close()`.
 */
export async function serve(root, { base = '/', port = 0 } = {}) {
  const folder = path.resolve(root);
  const server = createServer(async (request, response) => {
    const refuse = (status) => response.writeHead(status, { 'content-type': 'text/plain' }).end(`${status}\n`);
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405);
    let pathname;
    try {
      pathname = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    } catch {
      return refuse(400);
    }
    const found = await find(folder, base, pathname);
    if (!found) return refuse(404);
    const headers = {
      'content-type': TYPES[path.extname(found.file)] ?? 'application/octet-stream',
      // The worker's file names carry no hash: a page must never meet the worker of an older build.
      'cache-control': 'no-cache',
    };
    const packs = PACKED.has(path.extname(found.file)) && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
    const bytes = packs && request.method === 'GET' ? await packedFile(found).catch(() => null) : null;
    if (bytes) {
      response.writeHead(200, { ...headers, 'content-encoding': 'gzip', 'content-length': bytes.length, vary: 'accept-encoding' });
      return response.end(bytes);
    }
    response.writeHead(200, { ...headers, 'content-length': found.size });
    if (request.method === 'HEAD') return response.end();
    createReadStream(found.file).on('error', () => response.destroy()).pipe(response);
  });
  await new Promise((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  return {
    url: `http://localhost:${server.address().port}${base}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
