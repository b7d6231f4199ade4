// Starts the engine in its worker, and tells the page what nobody could see otherwise: how much of the
// engine has been fetched, and how many programs for the graphics card have been compiled, which takes
// most of a first step there. The engine's own messages are bytes; these are arrays of a word and numbers.
//
// There are two programs of the engine: the page names one in this worker's address (src/ui/session/program.rs), and
// the base model of the run it is for.

// Bytes of the engine's programs, unpacked, which no header tells of a packed file; .lab/seal.mjs writes them here.
const BYTES = { worker: 0, worker_burn: 0 };
/** Bytes between two messages. */
const STRIDE = 250_000;

/** An answer whose bytes are told on their way. */
function told(answer, all) {
  const reader = answer.body.getReader();
  let [here, said] = [0, 0];
  const counted = new ReadableStream({
    async pull(controller) {
      const { done, value } = await reader.read();
      if (done) return controller.close();
      here += value.byteLength;
      if (here - said >= STRIDE) {
        said = here;
        postMessage(['bytes', here, all]);
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

async function start(program) {
  const fetched = fetch(`${program}_bg.wasm`);
  // Should the script be missing, nobody waits for the rest.
  fetched.catch(() => {});
  // The scripts of both programs give themselves one name, so a second one could not be begun after a first.
  importScripts(`${program}.js`);
  const answer = await fetched;
  if (!answer.ok) throw new Error(`the engine: ${answer.status}`);
  await wasm_bindgen({ module_or_path: told(answer, BYTES[program]) });
}

/** Without a network only the smaller program may be here; it can do all the larger one can, some of it on the processor. */
async function startAny(program) {
  try {
    await start(program);
  } catch (why) {
    if (program === 'worker' || typeof wasm_bindgen !== 'undefined') throw why;
    await start('worker');
  }
}

countPrograms();
const [program, model] = ['program', 'model'].map((name) => new URL(location.href).searchParams.get(name));
// The weights are by far the largest of what the engine fetches when it is there (src/worker/host.rs): they come meanwhile.
if (/^\w+$/.test(model ?? '')) {
  const path = `models/${model}/model.safetensors`;
  self.ahead = { path, answer: fetch(path) };
  // Whoever takes it hears of it.
  self.ahead.answer.catch(() => {});
}
// A promise that is broken is no error of the worker's: it has to become one for the page to hear it.
startAny(Object.hasOwn(BYTES, program) ? program : 'worker').catch((why) => setTimeout(() => { throw why; }));
