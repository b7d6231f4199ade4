// The harness itself: a page that does wrong has to be caught, or the other tests prove nothing.

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { withBrowser } from './lib/browser.mjs';

const WRONGS = {
  'console error: told': `console.error('told')`,
  'console error: from the worker': `new Worker(URL.createObjectURL(new Blob(["console.error('from the worker')"])))`,
  'unhandled error: Error: thrown': `setTimeout(() => { throw new Error('thrown') })`,
  'unhandled error: Error: rejected': `Promise.reject(new Error('rejected'))`,
  'worker throws': `new Worker(URL.createObjectURL(new Blob(["throw new Error('worker throws')"])))`,
  'missing.json (status 404)': `fetch('missing.json')`,
  'status 404': `fetch('/absolute.json')`,
  'foreign request: http://example.com/': `fetch('http://example.com/').catch(() => {})`,
};

let root;
before(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'mores-'));
});
after(() => rm(root, { recursive: true, force: true }));

const page = (script) => `<!doctype html><title>t</title><link rel="icon" href="data:,"><script>${script}</script>`;
const visit = async (open) => {
  const opened = await open();
  await opened.waitForTimeout(500);
};

for (const [expected, script] of Object.entries(WRONGS)) {
  test(`a page is caught: ${expected}`, async () => {
    await writeFile(path.join(root, 'index.html'), page(script));
    await assert.rejects(withBrowser({ root }, visit), (error) => {
      assert.ok(error.actual?.some((fault) => fault.includes(expected)), `${error.message}: ${error.actual}`);
      return true;
    });
  });
}

test('a page that does nothing wrong passes', async () => {
  await writeFile(path.join(root, 'index.html'), page(`console.log('fine')`));
  await withBrowser({ root }, visit);
});

for (const webgpu of [true, false]) {
  test(`a browser ${webgpu ? 'with' : 'without'} WebGPU is one, in the page and in a worker`, async () => {
    const ask = `(async () => Boolean(await navigator.gpu?.requestAdapter()))()`;
    await writeFile(path.join(root, 'index.html'), page(''));
    await withBrowser({ root, webgpu }, async (open) => {
      const opened = await open();
      assert.equal(await opened.evaluate(ask), webgpu);
      const inWorker = await opened.evaluate(
        (source) =>
          new Promise((resolve) => {
            const worker = new Worker(URL.createObjectURL(new Blob([`${source}.then((found) => postMessage(found))`])));
            worker.onmessage = (message) => resolve(message.data);
          }),
        ask,
      );
      assert.equal(inWorker, webgpu);
    });
  });
}
