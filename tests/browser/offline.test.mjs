// The page without a network, and the page beside other builds of itself: one build is never mixed with
// another, a newer one is offered and not forced, and old links are opened by the build that made them.

import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { publish } from '../../.lab/publish.mjs';
import { seal } from '../../.lab/seal.mjs';
import { DIST, withBrowser } from './lib/browser.mjs';
import { answersYes, finished, ready } from './lib/run.mjs';

const MINI = '#v1.Y2RgAAA';
const OFFLINE = { serviceWorkers: 'allow' };

async function inFolder(visit) {
  const folder = await mkdtemp(path.join(tmpdir(), 'mores-site-'));
  try {
    return await visit(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const change = async (file, by) => writeFile(file, by(await readFile(file, 'utf8')));

/** Waits until a service worker rules the page and everything of its build is kept; the larger engine only if asked for. */
const kept = (page, { burn = false } = {}) =>
  answersYes(page, async (burn) => {
    const whole = async (name) => {
      const cache = await caches.open(name);
      const { files } = (await (await cache.match('files.json'))?.json()) ?? {};
      if (!files) return false;
      const here = new Set((await cache.keys()).map(({ url }) => url));
      return Object.keys(files).every((file) => (/^worker_burn[._]/.test(file) && !burn) || here.has(new URL(file, document.baseURI).href));
    };
    const names = await caches.keys();
    return navigator.serviceWorker.controller && names.length > 0 && (await Promise.all(names.map(whole))).every(Boolean);
  }, burn);
/** What is kept of the engine's larger program. */
const burnFiles = (page) =>
  page.evaluate(async () => {
    const keys = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
    return keys.flat().map(({ url }) => url.slice(url.lastIndexOf('/') + 1)).filter((file) => /^worker_burn[._]/.test(file)).sort();
  });

const builds = (page) => page.evaluate(async () => (await caches.keys()).length);
/** Which build the page and its engine are of; the test marked both. */
const marks = async (page) => [await page.getAttribute('meta[name=mark]', 'content'), await page.workers()[0].evaluate(() => self.mark)];

test('after the first visit the page opens and runs without a network', async () => {
  await inFolder(async (folder) => {
    await cp(DIST, folder, { recursive: true });
    await withBrowser({ root: folder }, async (open) => {
      const page = await open(MINI, OFFLINE);
      await ready(page);
      await kept(page);
      // The server has nothing any more: more than a network that is gone.
      for (const name of await readdir(folder)) await rm(path.join(folder, name), { recursive: true });
      await page.context().setOffline(true);
      await page.reload();
      await ready(page);
      await page.click('#run');
      const { receipt } = await finished(page, 120_000);
      assert.ok(receipt.record);
      // The other base models were brought while nothing else was to be done.
      await page.evaluate(() => window.mores.load({ preset: 'mini', model: 'weak' }));
      await page.click('#run');
      await finished(page, 120_000);
    });
  });
});

/** A run that learns rewards, on a graphics card: the one kind that needs the larger program. */
const REWARDS = { preset: 'mini', model: 'weak', engine: 'webgpu', training: { objective: 'PolicyGradient' } };
/** Which of the engine's programs the page's worker has fetched. */
const programs = (page) =>
  page.workers()[0].evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name.match(/(worker\w*)_bg\.wasm/)?.[1]).filter(Boolean));

test('the larger program is fetched for rewards on a card, kept once it was used, and then a newer build has it too', { timeout: 300_000 }, async () => {
  await inFolder(async (folder) => {
    await cp(DIST, folder, { recursive: true });
    await withBrowser({ root: folder, webgpu: true }, async (open) => {
      const page = await open(`${MINI}&engine=cpu`, OFFLINE);
      const load = async (run) => {
        await page.evaluate((run) => window.mores.load(run), run);
        await ready(page);
        return (await page.evaluate(() => window.mores.state())).engine;
      };
      await ready(page);
      await kept(page);
      const { training, ...plain } = REWARDS;
      assert.equal(await load(plain), 'webgpu', 'kernels of our own need no more');
      assert.deepEqual([await programs(page), await burnFiles(page)], [['worker'], []]);
      assert.equal(await load(REWARDS), 'webgpu');
      assert.deepEqual(await programs(page), ['worker_burn']);
      await kept(page, { burn: true });
      await change(path.join(folder, 'worker_loader.js'), (text) => `${text}\n// of the newer build\n`);
      const newer = seal(folder, { build: 'New' });
      await page.reload();
      await ready(page);
      await page.locator('#newer').waitFor({ timeout: 30_000 });
      assert.deepEqual(await burnFiles(page), ['worker_burn.js', 'worker_burn.js', 'worker_burn_bg.wasm', 'worker_burn_bg.wasm']);
      await page.click('#take-newer');
      await page.waitForFunction((newer) => document.querySelector('meta[name=mores-seal]')?.content === newer, newer);
      await ready(page);
      await kept(page, { burn: true });
      for (const name of await readdir(folder)) await rm(path.join(folder, name), { recursive: true });
      await page.context().setOffline(true);
      await page.reload();
      await ready(page);
      assert.equal(await load(REWARDS), 'webgpu');
      assert.deepEqual(await programs(page), ['worker_burn']);
    });
  });
});

test('a newer build is offered, not forced, and never mixed with the old one', async () => {
  await inFolder(async (folder) => {
    await cp(DIST, folder, { recursive: true });
    const loader = await readFile(path.join(folder, 'worker_loader.js'), 'utf8');
    const page0 = await readFile(path.join(folder, 'index.html'), 'utf8');
    const deploy = async (name) => {
      await writeFile(path.join(folder, 'worker_loader.js'), `self.mark = '${name}';\n${loader}`);
      await writeFile(path.join(folder, 'index.html'), page0.replace('</title>', `</title><meta name="mark" content="${name}" />`));
      return seal(folder, { build: name });
    };
    await deploy('Old');
    await withBrowser({ root: folder }, async (open) => {
      const page = await open(MINI, { ...OFFLINE, allow: [/thrown by the test/] });
      await ready(page);
      await kept(page);
      const other = await page.context().newPage();
      await other.goto(page.url());
      await ready(other);

      const seals = await deploy('New');
      await page.reload();
      await ready(page);
      assert.deepEqual(await marks(page), ['Old', 'Old'], 'the server has another build, and the page stays one');
      await page.locator('#newer').waitFor({ timeout: 30_000 });
      await page.click('#run');
      // A small run is over soon: what is on and what is offered are asked at one moment.
      await page.waitForFunction(() => !['idle', 'done'].includes(window.mores.state().phase) && !document.querySelector('#newer'), null, { polling: 10 });
      await finished(page, 120_000);

      await page.click('#take-newer');
      await page.waitForFunction(() => document.querySelector('meta[name=mark]')?.content === 'New');
      await ready(page);
      assert.deepEqual(await marks(page), ['New', 'New']);
      assert.equal(await page.getAttribute('meta[name=mores-seal]', 'content'), seals);

      // The other tab was not touched, and whatever it fetches later is of its own build.
      assert.equal(await builds(page), 2);
      await other.workers()[0].evaluate(() => {
        setTimeout(() => {
          throw new Error('thrown by the test');
        });
      });
      await other.locator('#notices .bad button').last().click();
      await ready(other);
      assert.deepEqual(await marks(other), ['Old', 'Old']);
      await other.close();
      await page.reload();
      await answersYes(page, async () => (await caches.keys()).length === 1);

      // Half of a build on the server is no build.
      await deploy('Broken');
      await change(path.join(folder, 'worker_loader.js'), (text) => `${text}\n// of yet another build`);
      await page.reload();
      await ready(page);
      const refused = page.evaluate(async () => {
        const registration = await navigator.serviceWorker.ready;
        await registration.update();
        const worker = registration.installing;
        return worker && new Promise((done) => { worker.onstatechange = () => done(worker.state); });
      });
      assert.ok([null, 'redundant'].includes(await refused));
      assert.deepEqual(await marks(page), ['New', 'New']);
      assert.equal(await page.locator('#newer').count(), 0);
    });
  });
});

/** The same link with a receipt of a build of that name. */
function madeBy(link, own, build) {
  const [, version, payload] = link.match(/#(v\d+)\.([\w-]+)/);
  const bytes = inflateRawSync(Buffer.from(payload, 'base64url'));
  const word = (text) => Buffer.concat([Buffer.from([text.length]), Buffer.from(text)]);
  const at = bytes.indexOf(word(own));
  assert.ok(at >= 0, 'the link carries its build');
  const changed = Buffer.concat([bytes.subarray(0, at), word(build), bytes.subarray(at + own.length + 1)]);
  return `#${version}.${deflateRawSync(changed).toString('base64url')}`;
}

test('a link leads to the build that made it, and an old build to the newest', async () => {
  await inFolder(async (folder) => {
    const [parts, site] = ['kept', 'site'].map((name) => path.join(folder, name));
    publish(DIST, parts, site, 'old-1', { date: '2026-01-01T00:00:00Z' });
    const { builds: all } = publish(DIST, parts, site, 'new-9', { date: '2026-02-01T00:00:00Z' });
    assert.deepEqual(all.map(({ id }) => id), ['new-9', 'old-1']);
    await withBrowser({ root: site }, async (open, { url }) => {
      // Pages are left here before all that they asked for has come.
      const page = await open(MINI, { allow: [/ERR_ABORTED/] });
      await ready(page);
      assert.equal(await page.locator('#elsewhere, #older').count(), 0, 'nothing to say about the usual run');
      await page.click('#run');
      const { receipt } = await finished(page, 120_000);
      const link = madeBy(await page.evaluate(() => window.mores.link()), receipt.build, 'old-1');
      await page.goto(`about:blank`);
      await page.goto(url + link);
      await page.locator('#elsewhere').getByText(/another build of this page, old-1/).waitFor();
      await page.click('#elsewhere a');
      await page.locator('#older').waitFor();
      assert.ok(page.url().startsWith(`${url}builds/old-1/#v`), page.url());
      await ready(page);
      assert.equal((await page.evaluate(() => window.mores.state())).config.society.size, 2);
      await page.click('#older a');
      await page.waitForURL(url);
    });
  });
});

test('published builds never change, and the oldest leave the site when it is full', async () => {
  await inFolder(async (folder) => {
    const [dist, parts, site] = ['dist', 'kept', 'site'].map((name) => path.join(folder, name));
    await mkdir(dist);
    await writeFile(path.join(dist, 'heavy.bin'), Buffer.alloc(600_000));
    const text = (name) => readFile(path.join(site, name), 'utf8');
    const put = async (build, words, date) => {
      await writeFile(path.join(dist, 'index.html'), `<html><head>\n  </head><body>${words}</body></html>`);
      return publish(dist, parts, site, build, { date, most: 2e6 }).builds.map(({ id }) => id);
    };
    assert.deepEqual(await put('a', 'one', '2026-01-01'), ['a']);
    assert.deepEqual(await put('a', 'two', '2026-01-02'), ['a']);
    assert.match(await text('index.html'), /two/);
    assert.match(await text('builds/a/index.html'), /one/);
    assert.match(await text('builds/a/index.html'), /content="\.\.\/\.\.\/builds\.json"/);
    // Three times 0.6 MB and no more.
    assert.deepEqual(await put('b', 'three', '2026-01-03'), ['b', 'a']);
    assert.deepEqual(await put('c', 'four', '2026-01-04'), ['c', 'b']);
    assert.deepEqual(JSON.parse(await text('builds.json')).newest, 'c');
    assert.deepEqual((await readdir(parts)).sort(), ['a', 'b', 'c'], 'nothing is lost');
    await assert.rejects(put('../d', 'five', '2026-01-05'), /no address/);
    // Sealing again changes nothing.
    const sealed = await text('index.html');
    seal(site, { build: 'c', builds: 'builds.json' });
    assert.equal(await text('index.html'), sealed);
  });
});

test('the page’s policy lets in what comes with it, and nothing else', async () => {
  await withBrowser({}, async (open) => {
    const page = await open(MINI, { allow: [/Content.Security.Policy/i, /evil/, /ERR_BLOCKED|csp/] });
    await ready(page);
    const tried = await page.evaluate(async () => {
      const breaches = [];
      document.addEventListener('securitypolicyviolation', (event) => breaches.push(event.effectiveDirective));
      const script = document.createElement('script');
      script.textContent = 'window.evil = 1';
      document.body.append(script);
      const box = document.createElement('p');
      box.innerHTML = '<i style="color: red" onclick="window.evil = 2">x</i>';
      document.body.append(box);
      box.firstChild.click();
      const fetched = await fetch('https://evil.example/').then(() => 'fetched', () => 'refused');
      await new Promise((done) => setTimeout(done, 200));
      return { breaches: [...new Set(breaches)].sort(), evil: window.evil, fetched };
    });
    assert.deepEqual(tried, { breaches: ['connect-src', 'script-src-attr', 'script-src-elem', 'style-src-attr'], evil: undefined, fetched: 'refused' });
  });
});

test('no view writes a style as a text, which the policy would not let in', async () => {
  const source = fileURLToPath(new URL('../../src', import.meta.url));
  const files = (await readdir(source, { recursive: true })).filter((name) => /^(ui|canvas)\/.*\.rs$/.test(name));
  assert.ok(files.length > 50);
  for (const name of files) {
    // The markup of a frame is for another's page.
    const lines = (await readFile(path.join(source, name), 'utf8')).split('\n').filter((line) => !line.includes('<iframe'));
    const found = lines.find((line) => /\sstyle=(?!\()/.test(line));
    assert.equal(found, undefined, `${name}: ${found}: write style:width=.. or style=("--name", ..)`);
  }
});
