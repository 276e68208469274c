import type { Individual } from './individual.ts';
import { advancePatient } from './virtual-patient.ts';
import type { PatientState } from './virtual-patient.ts';

/** The longest step that `advancePatient` is made for; unit: d. */
const LONGEST_STEP = 30;

/** A span of days cut into equal steps that are short enough. */
export function piecesOf(days: number): readonly number[] {
  if (days <= 0) return [];
  const count = Math.ceil(days / LONGEST_STEP);
  return Array.from({ length: count }, () => days / count);
}

/** Moves a patient through any span under constant doses; `noise` gives the noise of each piece in turn. */
export function liveFor(
  individual: Individual,
  state: PatientState,
  span: {
    readonly doses: readonly number[];
    readonly days: number;
    readonly noise: (piece: number) => readonly number[];
  },
): PatientState {
  const moving = state.slice();
  piecesOf(span.days).forEach((length, piece) => {
    advancePatient(individual, moving, span.doses, length, span.noise(piece));
  });
  return moving;
}
