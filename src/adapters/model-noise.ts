import { seededRandom } from '../core/random.ts';

/** How much noise a roll-out needs. */
export interface NoiseSizes {
  readonly members: number;
  /** Futures a member. */
  readonly samples: number;
  readonly steps: number;
  readonly latent: number;
  readonly state: number;
  readonly observables: number;
}

/** Standard normal noise of a roll-out; every regimen sees the same (common random numbers). */
export interface RollOutNoise {
  /** Shape [members, samples, latent]. */
  readonly start: Float32Array;
  /** Shape [members, samples, steps, state]. */
  readonly process: Float32Array;
  /** Shape [members, samples, steps, observables]. */
  readonly measurement: Float32Array;
}

/**
 * Draws the noise of a roll-out from a seed.
 *
 * Each future has a stream of its own, read step by step: more futures, or more days, leave the earlier ones as they are.
 */
export function drawRollOutNoise(sizes: NoiseSizes, seed: string): RollOutNoise {
  const futures = sizes.members * sizes.samples;
  const start = new Float32Array(futures * sizes.latent);
  const process = new Float32Array(futures * sizes.steps * sizes.state);
  const measurement = new Float32Array(futures * sizes.steps * sizes.observables);
  const root = seededRandom(seed).split('roll-out');
  for (let future = 0; future < futures; future += 1) {
    const member = Math.floor(future / sizes.samples);
    const { normal } = root.split(`${member}/${future % sizes.samples}`);
    fill(start, future * sizes.latent, sizes.latent, normal);
    for (let step = future * sizes.steps; step < (future + 1) * sizes.steps; step += 1) {
      fill(process, step * sizes.state, sizes.state, normal);
      fill(measurement, step * sizes.observables, sizes.observables, normal);
    }
  }
  return { start, process, measurement };
}

function fill(target: Float32Array, from: number, count: number, normal: () => number): void {
  for (let index = from; index < from + count; index += 1) target[index] = normal();
}
