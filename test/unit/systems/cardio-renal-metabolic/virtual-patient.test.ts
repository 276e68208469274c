import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../src/core/random.ts';
import { drawScores } from '../../../../src/systems/cardio-renal-metabolic/draws.ts';
import { PARAMETER_ROWS } from '../../../../src/systems/cardio-renal-metabolic/parameter-rows.ts';
import type { ParameterId } from '../../../../src/systems/cardio-renal-metabolic/parameter-units.ts';
import { publishedParameters } from '../../../../src/systems/cardio-renal-metabolic/parameters.ts';
import { CHANNELS, VARIABLES } from '../../../../src/systems/cardio-renal-metabolic/schema.ts';
import { S, STATE_SIZE } from '../../../../src/systems/cardio-renal-metabolic/state.ts';
import {
  QUIET_NOISE,
  injured,
  levelsAt,
  restingState,
  stepPatient,
  truthOf,
} from '../../../../src/systems/cardio-renal-metabolic/virtual-patient.ts';
import { stepNoise } from '../../../../src/systems/cardio-renal-metabolic/noise.ts';
import { anIndividual, doses, liveQuietly, settledEffect, settledLevel, valueOf } from './builders.ts';

const parameters = publishedParameters();

function valueOfRow(id: ParameterId): number {
  return parameters[id]?.value ?? 0;
}

/** Classes that publish an effect of one kind. */
function classesWith(effect: string): readonly string[] {
  return CHANNELS.map(({ id }) => id).filter((id) => valueOfRow(`${id}.${effect}` as ParameterId) !== 0);
}

describe('the reference dose in an average patient', () => {
  const average = anIndividual();

  it.each(classesWith('egfr'))('of %s moves eGFR by the published share', (channel) => {
    const published = (valueOfRow(`${channel}.egfr` as ParameterId) / 100) * 60;
    expect(settledEffect(average, doses({ [channel]: 1 }), 'egfr')).toBeCloseTo(published, 6);
  });

  it.each(classesWith('heart_rate'))('of %s moves heart rate as published', (channel) => {
    const published = valueOfRow(`${channel}.heart_rate` as ParameterId);
    expect(settledEffect(average, doses({ [channel]: 1 }), 'heart_rate')).toBeCloseTo(published, 6);
  });

  it.each(classesWith('uacr'))('of %s moves albuminuria by the published share', (channel) => {
    const published = (valueOfRow(`${channel}.uacr` as ParameterId) / 100) * 50;
    expect(settledEffect(average, doses({ [channel]: 1 }), 'uacr')).toBeCloseTo(published, 6);
  });

  it.each(classesWith('lvef'))('of %s moves a reduced ejection fraction as published, and no other', (channel) => {
    const published = valueOfRow(`${channel}.lvef` as ParameterId);
    const preserved = anIndividual({ person: { reducedEjectionFraction: false } });
    expect(settledEffect(average, doses({ [channel]: 1 }), 'lvef')).toBeCloseTo(published, 6);
    expect(settledEffect(preserved, doses({ [channel]: 1 }), 'lvef')).toBe(0);
  });
});

describe('what bends a response', () => {
  it('a failing kidney lets an MRA raise potassium more', () => {
    const failing = anIndividual({ setpoints: { gfr: 30 } });
    expect(settledEffect(failing, doses({ mra: 1 }), 'potassium')).toBeGreaterThan(
      1.5 * settledEffect(anIndividual(), doses({ mra: 1 }), 'potassium'),
    );
  });

  it('a lower eGFR never goes with a lower potassium', () => {
    const potassium = [100, 80, 60, 40, 20].map((gfr) =>
      settledLevel(anIndividual({ setpoints: { gfr } }), doses(), 'potassium'),
    );
    expect(potassium).toEqual([...potassium].sort((a, b) => a - b));
  });

  it('a lower pressure leaves less to lower', () => {
    const falls = [170, 154, 130, 110].map((sbp) =>
      settledEffect(anIndividual({ setpoints: { sbp } }), doses({ acei: 1 }), 'sbp'),
    );
    expect(falls).toEqual([...falls].sort((a, b) => a - b));
    expect(Math.max(...falls)).toBeLessThan(0);
  });

  it('a higher HbA1c falls further under metformin', () => {
    const falls = [11, 9, 8, 7].map((hba1c) =>
      settledEffect(anIndividual({ setpoints: { hba1c } }), doses({ biguanide: 1 }), 'hba1c'),
    );
    expect(falls).toEqual([...falls].sort((a, b) => a - b));
  });

  it('a failing kidney takes the glucose effect of an SGLT2 inhibitor away', () => {
    const falls = [90, 60, 45, 30, 20].map((gfr) =>
      settledEffect(anIndividual({ setpoints: { gfr } }), doses({ sglt2i: 1 }), 'hba1c'),
    );
    expect(falls).toEqual([...falls].sort((a, b) => a - b));
    expect(falls.at(-1)).toBeGreaterThan(0.4 * (falls[0] ?? 0));
  });

  it('an SGLT2 inhibitor slows the loss of kidney function as published', () => {
    const average = anIndividual();
    const year = Array.from({ length: 12 }, () => 30.4);
    const lost = (taken: readonly number[]): number => {
      const start = restingState(average, taken, QUIET_NOISE);
      const end = liveQuietly(average, start, taken, year);
      return (start[S.structuralGfr] ?? 0) - (end[S.structuralGfr] ?? 0);
    };
    expect(lost(doses({ sglt2i: 1 })) / lost(doses())).toBeCloseTo(1 + valueOfRow('sglt2i.slope') / 100, 6);
  });

  it('whoever takes nothing of what is prescribed has no effect of it', () => {
    const refuses = anIndividual({ scores: { 'adherence.mean': -100 } });
    expect(settledEffect(refuses, doses({ mra: 1, bb: 1, statin: 1 }), 'potassium')).toBe(0);
    expect(settledEffect(refuses, doses({ mra: 1, bb: 1, statin: 1 }), 'ldl')).toBe(0);
  });
});

describe('stepPatient', () => {
  it.each(['mra', 'sglt2i', 'loop', 'bb', 'statin', 'biguanide', 'glp1ra', 'thiazide'])(
    'ends twenty-eight days after a start of %s near where twenty-eight single days end',
    (channel) => {
      const individual = anIndividual({ setpoints: { gfr: 38 } });
      const start = restingState(individual, doses({ acei: 0.5 }), QUIET_NOISE);
      const taken = doses({ acei: 0.5, [channel]: 1 });
      const once = levelsAt(individual, liveQuietly(individual, start, taken, [28]));
      const daily = levelsAt(
        individual,
        liveQuietly(
          individual,
          start,
          taken,
          Array.from({ length: 28 }, () => 1),
        ),
      );
      // A hundredth of what the variable differs by between people: far below any measurement.
      VARIABLES.forEach(({ id, scale }, index) => {
        const [one, other] = [once[index] ?? Number.NaN, daily[index] ?? Number.NaN];
        const apart = scale.transform === 'log' ? Math.log(one / other) : one - other;
        expect(Math.abs(apart) / scale.spread, id).toBeLessThan(0.03);
      });
    },
  );

  it.each([
    ['bb', 'heart_rate', 'bb.onset'],
    ['thiazide', 'sbp', 'thiazide.onset'],
  ] as const)('takes %s along in %s by the published time constant', (channel, variable, row) => {
    const individual = anIndividual();
    const taken = doses({ [channel]: 1 });
    const start = restingState(individual, doses(), QUIET_NOISE);
    const days = valueOfRow(row);
    const after = levelsAt(individual, liveQuietly(individual, start, taken, [days]));
    const moved = valueOf(after, variable) - valueOf(levelsAt(individual, start), variable);
    expect(moved / settledEffect(individual, taken, variable)).toBeCloseTo(1 - Math.exp(-1), 1);
  });

  it.each(['glp1ra', 'gip_glp1ra'])('lets pressure under %s fall as slowly as the weight behind it', (channel) => {
    const individual = anIndividual();
    const taken = doses({ [channel]: 1 });
    const start = restingState(individual, doses(), QUIET_NOISE);
    const after = levelsAt(individual, liveQuietly(individual, start, taken, [7, 7, 7]));
    const share = (variable: string): number =>
      (valueOf(after, variable) - valueOf(levelsAt(individual, start), variable)) /
      settledEffect(individual, taken, variable);
    for (const variable of ['sbp', 'ldl']) expect(share(variable), variable).toBeLessThan(0.4);
    expect(share('fasting_glucose')).toBeGreaterThan(0.6);
  });

  it('brings HbA1c down slower than glucose', () => {
    const individual = anIndividual();
    const start = restingState(individual, doses(), QUIET_NOISE);
    const after = liveQuietly(individual, start, doses({ biguanide: 1 }), [14]);
    const share = (variable: string): number =>
      (valueOf(levelsAt(individual, after), variable) - valueOf(levelsAt(individual, start), variable)) /
      settledEffect(individual, doses({ biguanide: 1 }), variable);
    expect(share('hba1c')).toBeLessThan(0.6 * share('fasting_glucose'));
  });

  it('gives the same future to the same regimen under the same noise', () => {
    const individual = anIndividual();
    const start = restingState(individual, doses(), QUIET_NOISE);
    const noise = stepNoise(seededRandom('shared'));
    const once = stepPatient(individual, start, doses({ mra: 1 }), 7, noise);
    expect(stepPatient(individual, start, doses({ mra: 1 }), 7, noise)).toEqual(once);
    expect(stepPatient(individual, start, doses(), 7, noise)).not.toEqual(once);
  });

  it('remembers nothing of whoever was moved in between', () => {
    const [one, other] = [anIndividual(), anIndividual({ setpoints: { gfr: 25, hba1c: 11, weight: 140 } })];
    const [some, others] = [
      doses({ acei: 1, glp1ra: 0.5, lifestyle: 1 }),
      doses({ arb: 0.5, gip_glp1ra: 1, mra: 1, statin: 2 }),
    ];
    const months = [7, 30, 30, 30];
    const alone = liveQuietly(one, restingState(one, doses(), QUIET_NOISE), some, months);
    const between = months.reduce(
      ({ state, stranger }, days) => ({
        state: stepPatient(one, state, some, days, QUIET_NOISE),
        stranger: stepPatient(other, stranger, others, days, [...VARIABLES.map(() => 1), -4, 0]),
      }),
      {
        state: restingState(one, doses(), QUIET_NOISE),
        stranger: restingState(other, doses({ statin: 1 }), QUIET_NOISE),
      },
    );
    expect(between.state).toEqual(alone);
  });

  it('leaves the state that it starts from as it was', () => {
    const individual = anIndividual();
    const start = restingState(individual, doses(), QUIET_NOISE);
    const before = start.slice();
    stepPatient(individual, start, doses({ mra: 1, statin: 1 }), 28, stepNoise(seededRandom('value')));
    expect(start).toEqual(before);
    expect(start.length).toBe(STATE_SIZE);
  });

  it('lets kidney function recover after a volume event, and potassium with it', () => {
    const individual = anIndividual();
    const well = restingState(individual, doses({ acei: 1 }), QUIET_NOISE);
    const [struck, second, month, later] = [0, 2, 30, 60].map((day) =>
      levelsAt(
        individual,
        liveQuietly(
          individual,
          injured(individual, well),
          doses({ acei: 1 }),
          Array.from({ length: day }, () => 1),
        ),
      ),
    );
    const egfr = (row: readonly number[] = []): number => valueOf(row, 'egfr');
    expect(egfr(struck)).toBeLessThan(0.8 * egfr(levelsAt(individual, well)));
    expect(egfr(month)).toBeGreaterThan(egfr(struck) * 1.2);
    expect(valueOf(second ?? [], 'potassium')).toBeGreaterThan(valueOf(later ?? [], 'potassium') + 0.05);
  });

  it('strikes with a volume event when the noise says so, and then by the same noise in both arms', () => {
    const individual = anIndividual();
    const well = restingState(individual, doses(), QUIET_NOISE);
    const struck = [...VARIABLES.map(() => 0), -4, 0];
    const after = stepPatient(individual, well, doses(), 7, struck);
    expect(after[S.acuteInjury]).toBeLessThan(-0.2);
    expect(stepPatient(individual, well, doses({ sglt2i: 1 }), 7, struck)[S.acuteInjury]).toBe(after[S.acuteInjury]);
  });

  it('lets diastolic pressure fluctuate with systolic', () => {
    const individual = anIndividual();
    const start = restingState(individual, doses(), QUIET_NOISE);
    const noise = VARIABLES.map(({ id }) => (id === 'sbp' ? 2 : 0));
    const shaken = truthOf(individual, stepPatient(individual, start, doses(), 30, [...noise, 9, 9]));
    const calm = truthOf(individual, start);
    expect(valueOf(shaken, 'sbp') - valueOf(calm, 'sbp')).toBeGreaterThan(5);
    expect(valueOf(shaken, 'dbp') - valueOf(calm, 'dbp')).toBeGreaterThan(2);
  });
});

describe('drawScores', () => {
  it('lets a person respond alike to drugs of one axis', () => {
    const scores = drawScores(seededRandom('alike'));
    expect(scores['arb.potassium']).toBe(scores['acei.potassium']);
    expect(scores['mra.potassium']).not.toBe(scores['acei.potassium']);
  });

  it('draws a score for every row that has a spread, and none from the far tail', () => {
    const spread = PARAMETER_ROWS.filter(
      ({ id, spread: { distribution } }) => distribution !== 'none' && id in parameters,
    );
    for (let person = 0; person < 100; person += 1) {
      const scores = drawScores(seededRandom(String(person)));
      for (const { id } of spread) expect(Math.abs(scores[id as ParameterId]), id).toBeLessThanOrEqual(2.5);
    }
  });
});
