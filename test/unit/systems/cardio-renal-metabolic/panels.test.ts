import { describe, expect, it } from 'vitest';
import { at } from '../../../../src/core/array.ts';
import { seededRandom } from '../../../../src/core/random.ts';
import { caseOf } from '../../../../src/systems/cardio-renal-metabolic/case.ts';
import type { Case } from '../../../../src/systems/cardio-renal-metabolic/case.ts';
import { illnessOf, isAlarming } from '../../../../src/systems/cardio-renal-metabolic/illness.ts';
import type { Person } from '../../../../src/systems/cardio-renal-metabolic/individual.ts';
import {
  NEVER_MEASURED,
  PANEL_OF,
  chancesAtHome,
  chancesOnWard,
} from '../../../../src/systems/cardio-renal-metabolic/panels.ts';
import {
  NOTHING,
  channelIndex,
  targetRung,
  withDrug,
} from '../../../../src/systems/cardio-renal-metabolic/prescription.ts';
import type { Prescription } from '../../../../src/systems/cardio-renal-metabolic/prescription.ts';
import { VARIABLES } from '../../../../src/systems/cardio-renal-metabolic/schema.ts';
import { VARIABLE_INDEX, seenBy } from '../../../../src/systems/cardio-renal-metabolic/seen.ts';
import type { VariableId } from '../../../../src/systems/cardio-renal-metabolic/seen.ts';
import { QUIET_NOISE, injured, restingState } from '../../../../src/systems/cardio-renal-metabolic/virtual-patient.ts';
import { anIndividual, doses, valuesBy } from './builders.ts';

const WELL: Partial<Person> = { heartFailure: false, reducedEjectionFraction: false, type2Diabetes: false };

function aCase(person: Partial<Person> = {}): Case {
  return caseOf(anIndividual({ person, setpoints: { gfr: 90, sbp: 125 } }), { latest: [], today: [] }, 0);
}

function chanceOf(
  variable: VariableId,
  patient: Case,
  moment: { readonly day?: number; readonly prescription?: Prescription; readonly last?: number } = {},
): number {
  const { day = 0, prescription = NOTHING, last } = moment;
  const measuredOn = last === undefined ? NEVER_MEASURED : NEVER_MEASURED.map(() => last);
  return at(chancesAtHome(patient, { day, prescription, measuredOn }, 1), at(PANEL_OF, VARIABLE_INDEX[variable]));
}

describe('the panels', () => {
  it('measure every variable in exactly one', () => {
    expect(PANEL_OF.length).toBe(VARIABLES.length);
    expect(PANEL_OF.every(Number.isInteger)).toBe(true);
  });

  it.each([
    ['hba1c', { type2Diabetes: true }],
    ['nt_probnp', { heartFailure: true }],
    ['lvef', { heartFailure: true }],
    ['ldl', { ascvd: true }],
    ['uacr', { type2Diabetes: true }],
  ] as const)('measure %s more often where it is indicated', (variable, person) => {
    expect(chanceOf(variable, aCase({ ...WELL, ...person }))).toBeGreaterThan(2 * chanceOf(variable, aCase(WELL)));
  });

  it('watch potassium the more, the more is taken that asks for it', () => {
    const give = (...ids: readonly string[]): Prescription =>
      ids.reduce<Prescription>(
        (taken, id) => withDrug(taken, channelIndex(id), targetRung(channelIndex(id), seededRandom(id))),
        NOTHING,
      );
    const chances = [[], ['acei'], ['acei', 'thiazide'], ['acei', 'thiazide', 'sglt2i']].map((ids) =>
      chanceOf('potassium', aCase(WELL), { prescription: give(...ids) }),
    );
    expect(chances).toEqual([...new Set(chances)].sort((a, b) => a - b));
    expect(chanceOf('potassium', aCase(WELL), { prescription: give('statin') })).toBe(chances[0]);
  });

  it('do not measure HbA1c again within weeks, but potassium whenever it matters', () => {
    const again = { day: 20, last: 0 };
    expect(chanceOf('hba1c', aCase(), again)).toBe(0);
    expect(chanceOf('hba1c', aCase(), { day: 90, last: 0 })).toBeGreaterThan(0);
    expect(chanceOf('potassium', aCase(), again)).toBeGreaterThan(0);
  });

  it('take blood almost every day on a ward', () => {
    const chances = chancesOnWard(aCase(), 1);
    expect(at(chances, at(PANEL_OF, VARIABLE_INDEX.potassium))).toBeGreaterThan(0.9);
    expect(at(chances, at(PANEL_OF, VARIABLE_INDEX.lvef))).toBeLessThan(0.2);
  });
});

describe('how ill someone feels', () => {
  const individual = anIndividual({ person: WELL, setpoints: { gfr: 90 } });
  const rest = restingState(individual, doses(), QUIET_NOISE);
  const calm = seenBy(valuesBy({ potassium: 4.2, egfr: 90, sbp: 120, hba1c: 5.5 }));

  it('grows with disease, acute illness and alarming values, up to 1', () => {
    const well = illnessOf(aCase(WELL), rest, calm);
    const failing = illnessOf(aCase({ ...WELL, heartFailure: true }), rest, calm);
    const struck = illnessOf(aCase(WELL), injured(individual, rest), calm);
    const alarming = illnessOf(aCase(WELL), rest, { ...calm, potassium: 6.4 });
    expect(well).toBe(0);
    expect(Math.min(failing, struck, alarming)).toBeGreaterThan(0.3);
    expect(illnessOf(aCase({ ascvd: true }), injured(individual, rest), { ...calm, sbp: 70 })).toBe(1);
  });

  it.each([
    [{ potassium: 5.6 }, true],
    [{ potassium: 5.4 }, false],
    [{ potassium: 3.4 }, true],
    [{ egfr: 29 }, true],
    [{ sbp: 89 }, true],
    [{ hba1c: 10.5 }, true],
    [{}, false],
  ] as const)('calls %o alarming: %s', (values, isSo) => {
    expect(isAlarming(seenBy(valuesBy(values)))).toBe(isSo);
  });
});
