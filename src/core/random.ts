import { digestText } from './digest.ts';

/** A seeded stream of chance. The same seed and labels give the same numbers on every machine. */
export interface Random {
  /** Uniform on [0, 1). */
  readonly uniform: () => number;
  /** Standard normal. */
  readonly normal: () => number;
  /** An independent stream named by a label; does not advance this one. */
  readonly split: (label: string) => Random;
}

/**
 * Opens a seeded, splittable stream of chance.
 *
 * The generator is sfc32 (Chris Doty-Humphrey, PractRand), its state filled from SHA-256 of the seed, so that streams
 * with different seeds or labels share nothing. Normals by the polar method (Marsaglia and Bray 1964,
 * doi 10.1137/1006063).
 */
export function seededRandom(seed: string): Random {
  const state = digestText(`sextant-random:${seed}`);
  let a = wordOf(state, 0);
  let b = wordOf(state, 1);
  let c = wordOf(state, 2);
  let counter = 1;
  let spare: number | undefined;

  function uniform(): number {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return (sum >>> 0) / 4_294_967_296;
  }

  function normal(): number {
    if (spare !== undefined) {
      const kept = spare;
      spare = undefined;
      return kept;
    }
    for (;;) {
      const x = 2 * uniform() - 1;
      const y = 2 * uniform() - 1;
      const square = x * x + y * y;
      if (square > 0 && square < 1) {
        const scale = Math.sqrt((-2 * Math.log(square)) / square);
        spare = y * scale;
        return x * scale;
      }
    }
  }

  return { uniform, normal, split: (label) => seededRandom(`${seed}/${label}`) };
}

function wordOf(hex: string, index: number): number {
  return Number.parseInt(hex.slice(index * 8, index * 8 + 8), 16) | 0;
}
