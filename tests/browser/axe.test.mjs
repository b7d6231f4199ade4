// No view of the page, in no theme and no language, has anything that axe calls serious or critical.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { withBrowser } from './lib/browser.mjs';
import { AFTER, BEFORE, opened, visit } from './lib/views.mjs';

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds on the page as it stands: a line a rule, with the first places. */
async function found(page) {
  const results = await page.evaluate(() =>
    window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'] }),
  );
  return results.violations
    .filter(({ impact }) => ['serious', 'critical'].includes(impact))
    .map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes.slice(0, 4).map(({ target, failureSummary }) => `${target.join(' ')} (${failureSummary?.split('\n')[1]?.trim()})`).join('; ')}`);
}

for (const colorScheme of ['light', 'dark']) {
  test(`axe finds nothing serious in the ${colorScheme} theme`, { timeout: 400_000 }, async (t) => {
    await withBrowser({}, async (open) => {
      const faults = [];
      let views = 0;
      const look = async (page, language) => {
        await page.evaluate(AXE);
        return async (name) => {
          views += 1;
          for (const fault of await found(page)) faults.push(`${language}, ${name}: ${fault}`);
        };
      };
      // Without motion: what is half faded in has no contrast yet.
      for (const locale of ['en-US', 'zh-CN']) {
        const before = await opened(open, { colorScheme, locale, reducedMotion: 'reduce' });
        await visit(before, BEFORE, await look(before, locale));
        await before.close();
        const after = await opened(open, { colorScheme, locale, reducedMotion: 'reduce', done: true });
        await visit(after, AFTER, await look(after, locale));
        await after.close();
      }
      t.diagnostic(`${views} views`);
      assert.deepEqual(faults, []);
    });
  });
}
