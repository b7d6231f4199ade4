// Finds the browser that the tests drive: $CHROMIUM, one that the system has, or Playwright's own.

import { spawnSync } from 'node:child_process';
import { chromium } from 'playwright-core';

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Whether it answers: some systems ship a script of that name that only says where to get the real one. */
function answers(program) {
  const { status, stdout } = spawnSync(program, ['--version'], { encoding: 'utf8', timeout: 30_000 });
  return status === 0 && /Chrom/.test(stdout);
}

function located(name) {
  if (name.includes('/')) return name;
  const { stdout } = spawnSync('sh', ['-c', 'command -v "$1"', 'sh', name], { encoding: 'utf8' });
  return stdout.trim();
}

/** The path of a Chromium or Chrome that runs here, or null. */
export function findChromium() {
  if (process.env.CHROMIUM) return answers(process.env.CHROMIUM) ? process.env.CHROMIUM : null;
  const candidates = [...NAMES.map(located), chromium.executablePath()];
  return candidates.find((program) => program && answers(program)) ?? null;
}
