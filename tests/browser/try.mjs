import { withBrowser } from './lib/browser.mjs';
import { ready, finished } from './lib/run.mjs';
const SMALL = { preset: 'mini', seed: 11, engine: 'cpu', society: { size: 3, rounds: 2, memories_at_birth: 6 }, training: { steps: 3 }, testing: { prompts: 8 } };
await withBrowser({}, async (open) => {
  const page = await open('', { viewport: { width: 1440, height: 900 }, allow: [/404|findings\/ladder/] });
  await ready(page);
  const t0 = Date.now();
  await page.evaluate((run) => window.mores.load(run).then(() => true), SMALL);
  console.log('link', await page.evaluate(() => window.mores.link()));
  await page.evaluate(() => window.mores.start());
  await finished(page, 200000);
  console.log('run', Date.now() - t0);
  console.log('keep', await page.evaluate(() => window.mores.keep()));
  for (const objective of ['Dpo', 'Rrhf']) {
    await page.evaluate((run) => window.mores.load(run).then(() => true), { ...SMALL, training: { steps: 12, objective } });
    console.log('link', await page.evaluate(() => window.mores.link()));
    await page.evaluate(() => window.mores.start());
    await finished(page, 200000);
    console.log('keep', await page.evaluate((n) => window.mores.keep(n), `${objective}, twelve steps`));
  }
  const runs = await page.evaluate(() => window.mores.runs());
  console.log(runs.length, JSON.stringify(runs[0]).length, runs[0].tests[0].each);
  await page.screenshot({ path: '/tmp/r-home.png' });
  await page.click('#compare-runs');
  await page.waitForSelector('#runs-results table');
  const { readFile } = await import('node:fs/promises');
  await page.screenshot({ path: '/tmp/r-1.png' });
  const shot = async (name) => { 
    for (const id of ['runs-shelf','runs-differ','runs-results','runs-scatter','runs-curves','runs-bars','runs-take','runs-sweep']) {
      const e = page.locator(`#${id}`); if (await e.count()) await e.screenshot({ path: `/tmp/r-${name}-${id}.png` }).catch((x) => console.log(id, String(x).slice(0, 100))); } };
  await shot('1440');
  await page.setInputFiles('#sweep-file', 'fixtures/sweep.json');
  await page.waitForSelector('#sweep-brought table');
  for (const id of ['sweep-ladder','sweep-scatter','sweep-claims']) await page.locator(`#${id}`).screenshot({ path: `/tmp/r-1440-${id}.png` });
  await page.setViewportSize({ width: 360, height: 800 });
  await page.selectOption('#theme', 'dark').catch(() => {});
  await page.evaluate(() => document.documentElement.setAttribute('data-theme', 'dark'));
  await shot('360');
  for (const id of ['sweep-ladder','sweep-scatter','sweep-claims']) await page.locator(`#${id}`).screenshot({ path: `/tmp/r-360-${id}.png` });
  console.log('wide?', await page.evaluate(() => { const d = document.querySelector('#runs'); return [d.scrollWidth, d.clientWidth]; }));
});
