// Who takes part, and what of it.

/**
 * `id`; the module in `site/contenders/`; what computes; and, by work, `lacks`: why it does not do that.
 */
export const CONTENDERS = [
  { id: 'mores-cpu', library: 'mores', device: 'wasm' },
  { id: 'jax-wasm', library: 'jax', device: 'wasm' },
  { id: 'tfjs-wasm', library: 'tfjs', device: 'wasm' },
  { id: 'mores-webgpu', library: 'mores', device: 'webgpu' },
  { id: 'jax-webgpu', library: 'jax', device: 'webgpu' },
  { id: 'tfjs-webgpu', library: 'tfjs', device: 'webgpu' },
];

/** Who doesn't take part, and why. */
export const ABSENT = {
  '@huggingface/transformers': 'reads ONNX files only; nobody has exported these models, and it does not train',
};

/** Peers by the package that their version is read from. */
export const PACKAGES = { jax: '@jax-js/jax', tfjs: '@tensorflow/tfjs' };
