import { rowOfName } from '../emulate/treatment-names.ts';
import type { ArmIntervention } from '../trial-file.ts';
import type { DoseWeekEffect } from './effect.ts';

/** Classes whose labels step the dose up from below: nobody starts at the dose that the table names. */
const STEPPED_UP: ReadonlySet<string> = new Set(['glp1ra', 'gip_glp1ra']);

/** What an arm is given, and in what dose. */
type Treatment = Pick<DoseWeekEffect, 'treatment' | 'agent' | 'dose' | 'doseUnit'>;

/**
 * What an arm of the tables gets, as a trial file says it: "a;b" is one product where the system has it as such, otherwise
 * both; without a dose the usual one.
 */
export function interventionsOfArm(arm: Treatment): readonly ArmIntervention[] {
  const names = arm.agent.split(';').map(bareName);
  const product = names.join('-');
  if (rowOfName(product) !== undefined) return [given(product, dosed(arm.dose, arm.doseUnit))];
  const doses = names.length === 1 ? [dosed(arm.dose, arm.doseUnit)] : dosesInText(arm.treatment, names.length);
  return names.map((name, index) => given(name, doses[index] ?? {}));
}

/** "lesinurad (RDEA594)" is lesinurad. */
function bareName(agent: string): string {
  return agent
    .replace(/\s*\(.*\)\s*/, '')
    .trim()
    .toLowerCase();
}

interface Dosed {
  readonly dose?: number;
  readonly unit?: string;
}

/** A dose without a unit says so, since a trial file that leaves its unit out counts multiples of the reference dose. */
function dosed(dose: number | undefined, unit: string): Dosed {
  return dose === undefined ? {} : { dose, unit: unit === '' ? 'no unit' : unit };
}

/** The doses of a combination stand in its name alone: "a;b 40;200 mg". */
function dosesInText(treatment: string, parts: number): readonly Dosed[] {
  const [, numbers = '', unit = ''] = /\s([\d.]+(?:;[\d.]+)+)\s*(\S+)$/.exec(treatment) ?? [];
  const doses = numbers.split(';').map(Number);
  return doses.length === parts ? doses.map((dose) => dosed(dose, unit)) : [];
}

function given(name: string, { dose, unit }: Dosed): ArmIntervention {
  const row = rowOfName(name);
  return {
    code: row?.ingredient ?? name,
    titrated: row !== undefined && STEPPED_UP.has(row.channel),
    ...(dose !== undefined && { dose }),
    ...(unit !== undefined && { unit }),
  };
}
