// The numbers of the work, for every peer alike. Ours are in `src/lab/workload.rs`, `src/alignment/config.rs`
// and `src/alignment/optimizer.rs`; that the first losses and the greedy tokens agree is the proof that these are the same.

/** Tokens of a training sequence, of a prompt, and decoded after it. */
export const CONTEXT = 128;
export const PROMPT = 32;
export const NEW = 32;

/** SA-CPO, mended: margin in nats a token over the whole scale, weight of the pairs, and the scale. */
export const LOSS = { margin: 10, weight: 0.2, scale: 7 };

/** AdamW without decay, and the norm that gradients are cut to. */
export const ADAM = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, clip: 1 };

const RATE = 1e-4;
const STEPS = 2000;

/** The learning rate of a step, counted from 0: half a cosine that hardly begins. */
export const rate = (step) => RATE * 0.5 * (1 + Math.cos((Math.PI * step) / STEPS));

/** What a step's moments are divided by: `1 - beta^t`, with the step counted from 0. */
export const corrections = (step) => [1 - ADAM.beta1 ** (step + 1), 1 - ADAM.beta2 ** (step + 1)];

/** Candidates of a question, scored from 7 downwards, the best first. */
export const candidates = (batch) => Math.min(batch, 4);

/** What a pair asks for, nats a token, from the best to each of the others. */
export const asked = (batch) => Array.from({ length: candidates(batch) - 1 }, (_, i) => ((i + 1) / LOSS.scale) * LOSS.margin);
