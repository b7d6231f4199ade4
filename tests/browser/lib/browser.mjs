// Opens the built site the way a visitor does, and holds it to what every page of ours owes: no
// error in the console, no request that fails, and no request to anybody else's server.

import assert from 'node:assert/strict';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { findChromium } from './chromium.mjs';
import { serve } from './server.mjs';

export const DIST = fileURLToPath(new URL('../../../dist', import.meta.url));

/** Several segments deep, so that an address which is not relative to the page fails. */
export const BASE = '/some/sub/path/';

const FLAGS = [
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Nothing outside this machine can be reached, whatever the page tries.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
];
// Software WebGPU: slow, the same on every machine, and it needs no graphics card.
const WEBGPU = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];
// Whatever adapter the system has; only the benchmark asks for it.
const SYSTEM_WEBGPU = ['--enable-unsafe-webgpu', '--enable-features=Vulkan'];
const NO_WEBGPU = ['--disable-blink-features=WebGPU', '--disable-features=WebGPU'];

async function launch(webgpu) {
  const executablePath = findChromium();
  assert.ok(executablePath, 'no Chromium was found: install it, or set CHROMIUM to its path');
  return chromium.launch({
    executablePath,
    // Chromium refuses to run its sandbox as root, as containers do.
    chromiumSandbox: process.getuid?.() !== 0,
    args: [...FLAGS, ...(webgpu === 'system' ? SYSTEM_WEBGPU : webgpu ? WEBGPU : NO_WEBGPU)],
  });
}

/** Collects what goes wrong in a browsing context, in words; `allowed` are patterns that a test provokes on purpose. */
function watch(context, origin, allowed) {
  const faults = [];
  const fault = (text) => {
    if (!allowed.some((pattern) => pattern.test(text))) faults.push(text);
  };
  const ours = (url) => /^(data|blob|about):/.test(url) || new URL(url).origin === origin;
  context.on('console', (message) => {
    if (message.type() === 'error') fault(`console error: ${message.text()} (${message.location().url})`);
  });
  context.on('weberror', (error) => fault(`unhandled error: ${error.error().stack || error.error()}`));
  context.on('request', (request) => {
    if (!ours(request.url())) fault(`foreign request: ${request.url()}`);
  });
  // A page that is left, reloaded or closed gives up what it was still fetching, and the browser tells that as a failure. It is
  // none in itself: whoever does wait for something that does not come is told by the page, and that is looked for.
  context.on('requestfailed', (request) => {
    const why = request.failure()?.errorText;
    if (why !== 'net::ERR_ABORTED') fault(`failed request: ${request.url()} (${why})`);
  });
  context.on('response', (response) => {
    if (response.status() >= 400) fault(`failed request: ${response.url()} (status ${response.status()})`);
  });
  context.on('page', (page) => page.on('crash', () => fault('the page crashed')));
  return faults;
}

/**
 * Serves the site, launches a browser, and runs `visit` with the function `open(fragment, options)`,
 * which opens the site in a fresh profile and gives Playwright's page. Fails when `visit` does, or
 * when any page met a fault that its option `allow` (a list of patterns) does not name. Without the
 * option `serviceWorkers: 'allow'` nothing is kept offline, so that what a test does to requests is met.
 *
 * @param {object} options `webgpu`: whether the browser has WebGPU, on the software adapter or, if `'system'`, on the system's;
 *   `root`: the folder to serve instead of dist/.
 */
export async function withBrowser({ webgpu = false, root = DIST } = {}, visit) {
  const site = await serve(path.resolve(root), { base: BASE });
  const opened = [];
  let browser;
  try {
    browser = await launch(webgpu);
    const open = async (fragment = '', { allow = [], ...context } = {}) => {
      const profile = await browser.newContext({ acceptDownloads: true, serviceWorkers: 'block', ...context });
      opened.push(watch(profile, new URL(site.url).origin, allow));
      const page = await profile.newPage();
      await page.goto(site.url + fragment);
      return page;
    };
    try {
      await visit(open, site);
    } catch (error) {
      // The faults usually say why the test could not go on: they belong beside its own message.
      if (error instanceof Error && opened.flat().length) error.message += `\nfaults:\n  ${opened.flat().join('\n  ')}`;
      throw error;
    }
    assert.deepEqual(opened.flat(), [], 'the pages met faults');
  } finally {
    await browser?.close();
    await site.close();
  }
}
