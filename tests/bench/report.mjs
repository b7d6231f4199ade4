// What both benchmarks do with their figures: keep them, and say how far they are.

import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, loadavg, totalmem } from 'node:os';
import path from 'node:path';

const load = () => loadavg()[0].toFixed(1);

/** A line that the next one replaces, for whoever sits at a terminal; else a line each. */
export function say(text) {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`);
  else if (!/round/.test(text)) process.stderr.write(`   ${text}\n`);
}

/** The figures, and the file they are kept in. */
export class Report {
  constructor(file, about) {
    this.file = path.resolve(file);
    const machine = { processor: cpus()[0].model, cores: cpus().length, memory_gb: Math.round(totalmem() / 2 ** 30), load_before: load() };
    this.result = { begun: new Date().toISOString(), build: process.env.MORES_BUILD, machine, ...about, opened: {}, alike: {}, rows: [] };
  }

  /** What was found with a model. */
  add(model, opened, alike, rows) {
    this.result.opened[model] = opened;
    this.result.alike[model] = alike;
    this.result.rows.push(...rows);
  }

  /** After each part, because all of them together take hours on a slow machine. */
  async keep() {
    this.result.machine.load_after = load();
    this.result.finished = new Date().toISOString();
    await mkdir(path.dirname(this.file), { recursive: true });
    await writeFile(this.file, `${JSON.stringify(this.result, null, 1)}\n`);
  }

  /** The last word. Whoever computed something else makes the run fail. */
  print(text) {
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
    console.log(text);
    console.log(`All figures: ${this.file}`);
    if (this.result.rows.some(({ wrong }) => wrong)) process.exitCode = 1;
  }
}
