// Who takes part, and what of it.

/**
 * `id`; the module in `site/contenders/`; what computes; and where that is part of the library, why it does not do
 * some of the work.
 */
export const CONTENDERS = [
  { id: 'mores-cpu', library: 'mores', device: 'wasm' },
  { id: 'jax-wasm', library: 'jax', device: 'wasm' },
  { id: 'mores-webgpu', library: 'mores', device: 'webgpu' },
  { id: 'jax-webgpu', library: 'jax', device: 'webgpu' },
];

/** Peers by the package that their version is read from. */
export const PACKAGES = { jax: '@jax-js/jax' };
