import { CHANNELS, VARIABLES } from '../../systems/cardio-renal-metabolic/schema.ts';
import type { Figure } from './figure.ts';

/** One figure with what a physician sees or should see in it, and the parameter rows behind it. */
export interface Sheet {
  /** File name without its ending. */
  readonly name: string;
  readonly figure: Figure;
  readonly caption: string;
  readonly rows: readonly string[];
}

/** One mechanism's page. */
export interface Page {
  readonly name: string;
  readonly title: string;
  readonly introduction: string;
  readonly sheets: readonly Sheet[];
}

/** A unit as a clinician writes it. */
export function unitText(unit: string): string {
  return unit.replace('{1.73_m2}', '1.73 m²').replace('mm[Hg]', 'mmHg').replace('/a', '/year');
}

/** The unit of a variable as a clinician writes it. */
export function unitOf(variable: string): string {
  return unitText(VARIABLES.find(({ id }) => id === variable)?.unit ?? '');
}

/** The name of a variable. */
export function nameOf(variable: string): string {
  return VARIABLES.find(({ id }) => id === variable)?.name ?? variable;
}

/** The name of a drug class. */
export function classNameOf(drugClass: string): string {
  return CHANNELS.find(({ id }) => id === drugClass)?.name ?? drugClass;
}
