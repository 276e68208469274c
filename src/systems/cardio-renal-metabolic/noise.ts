import type { Random } from '../../core/random.ts';
import { MEASUREMENT_NOISE } from './measurement.ts';
import { VARIABLES } from './schema.ts';
import { STEP_NOISE } from './virtual-patient.ts';

function normals(random: Random, count: number): readonly number[] {
  return Array.from({ length: count }, () => random.normal());
}

/** Noise for `restingState`. */
export function restingNoise(random: Random): readonly number[] {
  return normals(random, VARIABLES.length);
}

/** Noise for one `stepPatient`. */
export function stepNoise(random: Random): readonly number[] {
  return normals(random, STEP_NOISE);
}

/** Noise for one `observePatient`. */
export function measurementNoise(random: Random): readonly number[] {
  return normals(random, MEASUREMENT_NOISE);
}
