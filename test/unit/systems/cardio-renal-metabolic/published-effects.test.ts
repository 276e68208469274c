import { describe, expect, it } from 'vitest';
import { at } from '../../../../src/core/array.ts';
import { seededRandom } from '../../../../src/core/random.ts';
import { mean } from '../../../../src/core/statistics.ts';
import { drawScores } from '../../../../src/systems/cardio-renal-metabolic/draws.ts';
import type { Scores } from '../../../../src/systems/cardio-renal-metabolic/draws.ts';
import { enrol } from '../../../../src/systems/cardio-renal-metabolic/enrol.ts';
import {
  individualFrom,
  personFrom,
  setpointsFrom,
} from '../../../../src/systems/cardio-renal-metabolic/individual.ts';
import type { Individual, Person, Setpoints } from '../../../../src/systems/cardio-renal-metabolic/individual.ts';
import { CLASSES, CLASS_INDEX } from '../../../../src/systems/cardio-renal-metabolic/parameter-units.ts';
import type { DrugClass, EffectName } from '../../../../src/systems/cardio-renal-metabolic/parameter-units.ts';
import checks from '../../../../src/systems/cardio-renal-metabolic/parameters/checks.json' with { type: 'json' };
import { publishedParameters } from '../../../../src/systems/cardio-renal-metabolic/parameters.ts';
import { CHANNELS, VARIABLES } from '../../../../src/systems/cardio-renal-metabolic/schema.ts';
import { levelsAt, restingState } from '../../../../src/systems/cardio-renal-metabolic/virtual-patient.ts';
import { QUIET_NOISE, stepPatient } from '../../../../src/systems/cardio-renal-metabolic/virtual-patient.ts';
import { worldOf } from '../../../../src/systems/cardio-renal-metabolic/worlds.ts';
import { normalProbability } from '../../../../src/systems/integrate.ts';

const parameters = publishedParameters();
const NOTHING: readonly number[] = CHANNELS.map(() => 0);
const STILL: readonly number[] = VARIABLES.map(() => 0);

/** Whoever stands in the middle of every spread. */
const AVERAGE = Object.fromEntries(Object.keys(drawScores(seededRandom('any'))).map((id) => [id, 0])) as Scores;

function average(person: Partial<Person>, setpoints: Partial<Setpoints>): Individual {
  const who = { ...personFrom(parameters, AVERAGE), ...person };
  const start = { person: who, setpoints: { ...setpointsFrom(parameters, AVERAGE, who), ...setpoints } };
  return { ...individualFrom(parameters, AVERAGE, start), adherence: 1 };
}

function only(drugClass: DrugClass, dose = 1): readonly number[] {
  return NOTHING.map((none, index) => (index === CLASS_INDEX[drugClass] ? dose : none));
}

function effectOf(individual: Individual, drugClass: DrugClass, variable: string): number {
  const index = VARIABLES.findIndex(({ id }) => id === variable);
  const level = (doses: readonly number[]): number =>
    at(levelsAt(individual, restingState(individual, doses, STILL)), index);
  return level(only(drugClass)) - level(NOTHING);
}

/** Classes that publish an effect. */
function having(effect: EffectName): readonly DrugClass[] {
  return CLASSES.filter((drugClass) => (parameters[`${drugClass}.${effect}`]?.value ?? 0) !== 0);
}

function hba1cOf(individual: Individual, doses: readonly number[]): number {
  return at(levelsAt(individual, restingState(individual, doses, STILL)), HBA1C);
}

/** Somebody whose HbA1c on metformin is the given one: the untreated level is found by halving. */
function restingOnMetforminAt(hba1c: number): Individual {
  let [low, high] = [hba1c, 16];
  for (let halving = 0; halving < 30; halving += 1) {
    const tried = average(DIABETES, { hba1c: (low + high) / 2, gfr: 95 });
    if (hba1cOf(tried, only('biguanide')) < hba1c) low = (low + high) / 2;
    else high = (low + high) / 2;
  }
  return average(DIABETES, { hba1c: low, gfr: 95 });
}

const HBA1C = VARIABLES.findIndex(({ id }) => id === 'hba1c');

const DIABETES = { type2Diabetes: true, heartFailure: false, reducedEjectionFraction: false };

/** Classes whose sources name no background of metformin. */
const MEASURED_ALONE: readonly DrugClass[] = [
  'biguanide',
  'tzd',
  'agi',
  'exercise',
  'lifestyle',
  'bb',
  'thiazide',
  'statin',
];

describe('a virtual patient like those of the source', () => {
  it.each(MEASURED_ALONE)('moves HbA1c under %s alone as was published', (drugClass) => {
    const row = parameters[`${drugClass}.hba1c`];
    const patient = average(DIABETES, { hba1c: row?.at?.hba1c ?? 8, gfr: 95 });
    expect(effectOf(patient, drugClass, 'hba1c')).toBeCloseTo(row?.value ?? Number.NaN, 2);
  });

  it.each(having('hba1c').filter((drugClass) => !MEASURED_ALONE.includes(drugClass)))(
    'loses under %s, added to metformin, the HbA1c that was published',
    (drugClass) => {
      const row = parameters[`${drugClass}.hba1c`];
      const patient = restingOnMetforminAt(row?.at?.hba1c ?? 8);
      const both = only(drugClass).map((dose, index) => (index === CLASS_INDEX.biguanide ? 1 : dose));
      // Metformin's own weight loss is not in the reference person: it changes insulin sensitivity a little.
      const fall = hba1cOf(patient, both) - hba1cOf(patient, only('biguanide'));
      expect(Math.abs(fall - (row?.value ?? Number.NaN))).toBeLessThan(0.08);
    },
  );

  it.each(having('sbp'))('loses under %s the systolic pressure that was published', (drugClass) => {
    const row = parameters[`${drugClass}.sbp`];
    const patient = average(DIABETES, { sbp: row?.at?.sbp ?? 154, weight: 90 });
    expect(effectOf(patient, drugClass, 'sbp')).toBeCloseTo(row?.value ?? Number.NaN, 6);
  });

  it.each(having('potassium'))('moves potassium under %s as published', (drugClass) => {
    const patient = average(DIABETES, { gfr: 90 });
    expect(effectOf(patient, drugClass, 'potassium')).toBeCloseTo(
      parameters[`${drugClass}.potassium`]?.value ?? Number.NaN,
      6,
    );
  });

  it.each(having('ldl'))('moves LDL cholesterol under %s by the published share', (drugClass) => {
    const patient = average(DIABETES, { ldl: parameters['ldl.untreated'].value, weight: 90 });
    const share = (100 * effectOf(patient, drugClass, 'ldl')) / patient.setpoints.ldl;
    expect(share).toBeCloseTo(parameters[`${drugClass}.ldl`]?.value ?? Number.NaN, 6);
  });

  it.each(having('egfr').filter((drugClass) => parameters[`${drugClass}.egfr`]?.value !== 0))(
    'shows under %s the published acute change of GFR',
    (drugClass) => {
      const patient = average(DIABETES, { gfr: 60 });
      expect((100 * effectOf(patient, drugClass, 'egfr')) / 60).toBeCloseTo(
        parameters[`${drugClass}.egfr`]?.value ?? Number.NaN,
        6,
      );
    },
  );
});

/** HbA1c (%) from which diabetes is diagnosed: ADA 2024, doi 10.2337/dc24-S002. */
const DIABETIC = 6.5;

const WORLD = worldOf('none');

/** The chance that HbA1c, fluctuating, lies in the range of diabetes after four years. */
function chanceOfDiabetes(patient: Individual, doses: readonly number[]): number {
  let state = restingState(patient, doses, STILL);
  for (let month = 0; month < 48; month += 1) state = stepPatient(patient, state, doses, 30.4, QUIET_NOISE);
  return normalProbability((at(levelsAt(patient, state), HBA1C) - DIABETIC) / at(patient.fluctuations, HBA1C).sd);
}

describe('what no parameter was set to', () => {
  const check = (id: string): number => checks.find((row) => row.id === id)?.value ?? Number.NaN;

  it('agrees with Topp 2000 on the insulin capacity of a healthy person', () => {
    const healthy = average({ ...DIABETES, type2Diabetes: false }, { hba1c: (100 + 46.7) / 28.7 });
    const published = (check('beta_cell.mass') * check('insulin.secretion')) / check('insulin.clearance');
    expect(healthy.glucose.balance.capacity).toBeCloseTo(published, 3);
  });

  it('loses beta-cell function at the order of the rate that HOMA showed', () => {
    const lossPerYear = 100 * (1 - Math.exp(-average(DIABETES, {}).glucose.betaCellLoss * 365.25));
    expect(lossPerYear).toBeGreaterThan(0.5 * check('beta_cell.decline'));
    expect(lossPerYear).toBeLessThan(2 * check('beta_cell.decline'));
  });

  it('lets a higher HbA1c fall further, by about what meta-regressions found', () => {
    const fall = (hba1c: number): number => -effectOf(average(DIABETES, { hba1c, gfr: 95 }), 'dpp4i', 'hba1c');
    const perPoint = fall(9) - fall(8);
    expect(perPoint).toBeGreaterThan(0);
    expect(perPoint).toBeLessThan(2 * check('hba1c.baseline_dependence'));
  });

  it('lets a statin make more diabetes, by the order that trials counted', () => {
    const people = Array.from({ length: 400 }, (_, person) => enrol(WORLD, seededRandom(`new/${person}`)).individual);
    const healthy = people.filter(({ person, setpoints }) => !person.type2Diabetes && setpoints.hba1c < DIABETIC);
    const odds = (doses: readonly number[]): number => {
      const share = mean(healthy.map((patient) => chanceOfDiabetes(patient, doses)));
      return share / (1 - share);
    };
    const ratio = odds(only('statin')) / odds(NOTHING);
    expect(ratio).toBeGreaterThan(1 + 0.5 * (check('statin.new_diabetes') - 1));
    expect(ratio).toBeLessThan(1.6);
  });

  it('lets HbA1c drift up untreated as fast as published', () => {
    let state = restingState(average(DIABETES, {}), NOTHING, STILL);
    const patient = average(DIABETES, {});
    const before = at(state, 0) === 0 ? at(levelsAt(patient, state), 5) : Number.NaN;
    for (let month = 0; month < 24; month += 1) state = stepPatient(patient, state, NOTHING, 365.25 / 12, QUIET_NOISE);
    expect((at(levelsAt(patient, state), 5) - before) / 2).toBeCloseTo(parameters['hba1c.drift'].value, 1);
  });
});
