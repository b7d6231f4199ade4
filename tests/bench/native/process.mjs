// A contender in a process of its own: a line of JSON asks, a line of JSON answers.

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** Starts a program. Gives `ask(call, parts)`, one at a time, and `end()`. */
export function start(program, parts, threads) {
  // Of every library that computes with threads. A thread that waits must not keep its core from the others.
  const env = { ...process.env, RAYON_NUM_THREADS: threads, OMP_NUM_THREADS: threads, MKL_NUM_THREADS: threads, OMP_WAIT_POLICY: 'PASSIVE', HF_HUB_OFFLINE: '1' };
  const child = spawn(program, parts, { env, stdio: ['pipe', 'pipe', 'pipe'] });
  let waiting = null;
  let said = '';
  child.stderr.on('data', (text) => { said = `${said}${text}`.slice(-2000); });
  const fail = (why) => {
    waiting?.reject(new Error(why));
    waiting = null;
  };
  child.on('error', (error) => fail(`${program}: ${error.message}`));
  child.on('exit', () => fail(said.trim().split('\n').at(-1) || `${program} has ended`));
  // It may have ended before it reads what it is asked; that is told above.
  child.stdin.on('error', () => {});
  createInterface({ input: child.stdout }).on('line', (line) => {
    const { result, error } = JSON.parse(line);
    const { resolve, reject } = waiting;
    waiting = null;
    if (error === undefined) resolve(result);
    else reject(new Error(error));
  });
  return {
    ask: (call, parts = {}) =>
      new Promise((resolve, reject) => {
        if (child.exitCode !== null) {
          reject(new Error(`${program} has ended`));
          return;
        }
        waiting = { resolve, reject };
        child.stdin.write(`${JSON.stringify({ call, ...parts })}\n`);
      }),
    end: () => child.stdin.end(),
  };
}
