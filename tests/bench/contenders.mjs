// Who takes part, and what of it.

const NO_TRAINING = { training: 'transformers.js does not train' };

/**
 * `id`; the module in `site/contenders/`; what computes; and, by work, `lacks`: why it does not do that.
 */
export const CONTENDERS = [
  { id: 'mores-cpu', library: 'mores', device: 'wasm' },
  { id: 'jax-wasm', library: 'jax', device: 'wasm' },
  { id: 'tfjs-wasm', library: 'tfjs', device: 'wasm' },
  { id: 'transformers-wasm', library: 'transformers', device: 'wasm', lacks: NO_TRAINING },
  { id: 'mores-webgpu', library: 'mores', device: 'webgpu' },
  { id: 'jax-webgpu', library: 'jax', device: 'webgpu' },
  { id: 'tfjs-webgpu', library: 'tfjs', device: 'webgpu' },
  { id: 'transformers-webgpu', library: 'transformers', device: 'webgpu', lacks: NO_TRAINING },
];

/** Peers by the package that their version is read from. */
export const PACKAGES = { jax: '@jax-js/jax', tfjs: '@tensorflow/tfjs', transformers: '@huggingface/transformers' };
