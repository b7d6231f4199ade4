// The built site opens, from a path of several segments, with WebGPU and without it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BASE, withBrowser } from './lib/browser.mjs';
import { ready } from './lib/run.mjs';

for (const webgpu of [true, false]) {
  test(`the page opens ${webgpu ? 'with' : 'without'} WebGPU`, async () => {
    await withBrowser({ webgpu }, async (open, site) => {
      const page = await open();
      assert.match(await page.title(), /Mores/);
      await ready(page);
      const loaded = await page.evaluate(() => performance.getEntriesByType('resource').map((entry) => entry.name));
      assert.ok(loaded.some((url) => url.endsWith('.wasm')), `no wasm among ${loaded}`);
      for (const url of loaded) assert.ok(url.startsWith(site.url), `${url} is not below ${BASE}`);
    });
  });
}

test('what the page needs is there, and of the right type', async () => {
  await withBrowser({}, async (_open, site) => {
    for (const [file, type] of [
      ['', 'text/html'],
      ['worker.js', 'text/javascript'],
      ['worker_burn.js', 'text/javascript'],
      ['worker_loader.js', 'text/javascript'],
      ['worker_bg.wasm', 'application/wasm'],
      ['worker_burn_bg.wasm', 'application/wasm'],
    ]) {
      const answer = await fetch(site.url + file, { method: 'HEAD' });
      assert.equal(answer.status, 200, file);
      assert.match(answer.headers.get('content-type'), new RegExp(`^${type}`), file);
    }
  });
});
