import type { DrugClass } from './parameter-units.ts';

/** In what the equations of a world differ from those described: structural variants for training across and grading on. */
export interface Structure {
  /** Relative change of adherence a year: people take less and less. */
  readonly adherenceTrend: number;
  /** Exponent on the dose before its curve: another shape between nothing and the reference dose. */
  readonly doseExponent: number;
  /** A drug interaction that the equations do not know: under both classes the first one's effect is multiplied. */
  readonly interaction?: { readonly of: DrugClass; readonly under: DrugClass; readonly factor: number };
}

/** The world as its parameters describe it. */
export const AS_DESCRIBED: Structure = { adherenceTrend: 0, doseExponent: 1 };
