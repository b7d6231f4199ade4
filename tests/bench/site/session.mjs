// The page: keeps the workers of the contenders, and hands each the same model, sequences and prompts.
// The order in which they work is decided by `run.mjs`.

const workers = new Map();
let folder = [];

/** Asks a worker for something; it does one thing at a time. */
const ask = (id, call, ...parts) =>
  new Promise((resolve, reject) => {
    const worker = workers.get(id);
    worker.onmessage = ({ data: { result, error } }) => (error === undefined ? resolve(result) : reject(new Error(error)));
    worker.onerror = (event) => reject(new Error(event.message || 'the worker could not be loaded'));
    worker.postMessage({ call, parts });
  });

const known = new Map();
/** What ours says once, for everybody: sequences or prompts. */
async function given(call, ...parts) {
  const key = JSON.stringify([call, ...parts]);
  if (!known.has(key)) known.set(key, await ask('mores-cpu', call, ...parts));
  return known.get(key);
}

window.bench = {
  async model(name, files) {
    known.clear();
    folder = await Promise.all(
      files.map(async (file) => [file, new Uint8Array(await (await fetch(`models/${name}/${file}`)).arrayBuffer())]),
    );
  },

  open(id, library, device) {
    workers.set(id, new Worker('worker.mjs', { type: 'module' }));
    return ask(id, 'open', library, device, folder);
  },

  close(id) {
    workers.get(id)?.terminate();
    workers.delete(id);
  },

  train: async (id, batch) => ask(id, 'train', batch, await given('sequences', batch)),
  step: (id) => ask(id, 'step'),

  /** Tokens are only sent on when somebody wants to compare them. */
  async decode(id, batch, round, temperature) {
    const { tokens, ...told } = await ask(id, 'decode', batch, await given('prompts', batch, round), round, temperature);
    return { ...told, count: tokens.length, tokens: temperature === 0 ? [...tokens] : undefined };
  },

  /** A whole round of a society, played by ours. */
  society: (id, side, seed) => ask(id, 'society', side, seed),

  /** The adapter as the browser tells it, or null. */
  async adapter() {
    const info = (await navigator.gpu?.requestAdapter())?.info;
    return info ? [info.vendor, info.architecture, info.description].filter(Boolean).join(' ') : null;
  },
};
