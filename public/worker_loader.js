// Starts the engine in its worker, and tells the page what nobody could see otherwise: how much of the
// engine has been fetched, and how many programs for the graphics card have been compiled, which takes
// most of a first step there. The engine's own messages are bytes; these are arrays of a word and numbers.

// Bytes of the engine, unpacked, which no header tells of a packed file; .lab/seal.mjs writes them here.
const ALL = 0;
/** Bytes between two messages. */
const STRIDE = 250_000;

/** An answer whose bytes are told on their way. */
function told(answer) {
  const reader = answer.body.getReader();
  let [here, said] = [0, 0];
  const counted = new ReadableStream({
    async pull(controller) {
      const { done, value } = await reader.read();
      if (done) return controller.close();
      here += value.byteLength;
      if (here - said >= STRIDE) {
        said = here;
        postMessage(['bytes', here, ALL]);
      }
      controller.enqueue(value);
    },
    cancel: (why) => reader.cancel(why),
  });
  return new Response(counted, { headers: { 'content-type': 'application/wasm' } });
}

function countPrograms() {
  if (typeof GPUDevice === 'undefined') return;
  let count = 0;
  for (const name of ['createComputePipeline', 'createComputePipelineAsync']) {
    const own = GPUDevice.prototype[name];
    GPUDevice.prototype[name] = function (...given) {
      count += 1;
      postMessage(['programs', count]);
      return own.apply(this, given);
    };
  }
}

async function start() {
  const answer = await fetch('worker_bg.wasm');
  if (!answer.ok) throw new Error(`the engine: ${answer.status}`);
  await wasm_bindgen({ module_or_path: told(answer) });
}

countPrograms();
importScripts('worker.js');
// A promise that is broken is no error of the worker's: it has to become one for the page to hear it.
start().catch((why) => setTimeout(() => { throw why; }));
