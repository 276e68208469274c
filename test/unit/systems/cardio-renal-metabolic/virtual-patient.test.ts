import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../src/core/random.ts';
import { drawScores } from '../../../../src/systems/cardio-renal-metabolic/draws.ts';
import { doseEffect } from '../../../../src/systems/cardio-renal-metabolic/drug-response.ts';
import { enrol } from '../../../../src/systems/cardio-renal-metabolic/enrol.ts';
import type { Individual } from '../../../../src/systems/cardio-renal-metabolic/individual.ts';
import { PARAMETER_IDS } from '../../../../src/systems/cardio-renal-metabolic/parameter-units.ts';
import type { ParameterId } from '../../../../src/systems/cardio-renal-metabolic/parameter-units.ts';
import { publishedParameters } from '../../../../src/systems/cardio-renal-metabolic/parameters.ts';
import { CHANNELS, VARIABLES } from '../../../../src/systems/cardio-renal-metabolic/schema.ts';
import {
  QUIET_NOISE,
  injured,
  restingState,
  stepPatient,
  truthOf,
} from '../../../../src/systems/cardio-renal-metabolic/virtual-patient.ts';
import type { PatientState } from '../../../../src/systems/cardio-renal-metabolic/virtual-patient.ts';
import { stepNoise } from '../../../../src/systems/cardio-renal-metabolic/noise.ts';
import { anIndividual, doses, valueOf } from './builders.ts';

const parameters = publishedParameters();

function live(
  individual: Individual,
  state: PatientState,
  taken: readonly number[],
  steps: readonly number[],
): PatientState {
  return steps.reduce((moving, days) => stepPatient(individual, moving, taken, days, QUIET_NOISE), state);
}

function settledEffect(individual: Individual, taken: readonly number[], variable: string): number {
  const under = truthOf(individual, restingState(individual, taken, QUIET_NOISE));
  const without = truthOf(individual, restingState(individual, doses(), QUIET_NOISE));
  return valueOf(under, variable) - valueOf(without, variable);
}

describe('the reference dose in an average patient', () => {
  const average = anIndividual();

  it.each(CHANNELS.map(({ id }) => id))('of %s moves potassium by about the published effect', (channel) => {
    const published = parameters[`${channel}.potassium` as ParameterId].value;
    expect(Math.abs(settledEffect(average, doses({ [channel]: 1 }), 'potassium') - published)).toBeLessThan(0.06);
  });

  it.each(CHANNELS.map(({ id }) => id))('of %s moves eGFR by the published share', (channel) => {
    const published = (parameters[`${channel}.egfr` as ParameterId].value / 100) * 60;
    expect(settledEffect(average, doses({ [channel]: 1 }), 'egfr')).toBeCloseTo(published, 6);
  });

  it.each(CHANNELS.map(({ id }) => id))(
    'of %s lowers pressure as published at the pressure of the trials',
    (channel) => {
      const published = parameters[`${channel}.sbp` as ParameterId].value;
      expect(settledEffect(average, doses({ [channel]: 1 }), 'sbp')).toBeCloseTo(published, 6);
    },
  );

  it('of a beta blocker slows the heart as published', () => {
    expect(settledEffect(average, doses({ bb: 1 }), 'heart_rate')).toBeCloseTo(parameters['bb.heart_rate'].value, 6);
  });

  it('of an SGLT2 inhibitor lowers HbA1c in diabetes and not without', () => {
    expect(settledEffect(average, doses({ sglt2i: 1 }), 'hba1c')).toBeLessThan(-0.4);
    const without = anIndividual({ person: { type2Diabetes: false } });
    expect(settledEffect(without, doses({ sglt2i: 1 }), 'hba1c')).toBeCloseTo(0, 10);
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
      valueOf(
        truthOf(
          anIndividual({ setpoints: { gfr } }),
          restingState(anIndividual({ setpoints: { gfr } }), doses(), QUIET_NOISE),
        ),
        'potassium',
      ),
    );
    expect(potassium).toEqual([...potassium].sort((a, b) => a - b));
  });

  it('a low pressure leaves less to lower, and never turns a drug round', () => {
    const low = anIndividual({ setpoints: { sbp: 110 } });
    const lowest = anIndividual({ setpoints: { sbp: 60 } });
    expect(settledEffect(low, doses({ acei: 1 }), 'sbp')).toBeCloseTo(parameters['acei.sbp'].value + 4.4, 6);
    expect(settledEffect(lowest, doses({ acei: 1 }), 'sbp')).toBeCloseTo(0, 10);
  });

  it('two drugs lower pressure by the sum of both', () => {
    const average = anIndividual();
    const both = settledEffect(average, doses({ acei: 1, bb: 1 }), 'sbp');
    const sum = settledEffect(average, doses({ acei: 1 }), 'sbp') + settledEffect(average, doses({ bb: 1 }), 'sbp');
    expect(both).toBeCloseTo(sum, 10);
  });

  it('an SGLT2 inhibitor halves the loss of kidney function', () => {
    const average = anIndividual();
    const year = Array.from({ length: 12 }, () => 30.4);
    const lost = (taken: readonly number[]): number => {
      const start = restingState(average, taken, QUIET_NOISE);
      return start.structuralGfr - live(average, start, taken, year).structuralGfr;
    };
    expect(lost(doses({ sglt2i: 1 })) / lost(doses())).toBeCloseTo(1 + parameters['sglt2i.slope'].value / 100, 6);
  });

  it('whoever takes nothing of what is prescribed has no effect of it', () => {
    const refuses = anIndividual({ scores: { 'adherence.mean': -100 } });
    expect(settledEffect(refuses, doses({ mra: 1, bb: 1 }), 'potassium')).toBe(0);
  });
});

describe('doseEffect', () => {
  it('is 1 at the reference dose and 0 at none', () => {
    expect([doseEffect(1, 0.3), doseEffect(0, 0.3)]).toEqual([1, 0]);
  });

  it('grows with the dose, ever more slowly', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 10, noNaN: true }),
        fc.double({ min: 0.05, max: 3, noNaN: true }),
        (dose, ed50) => {
          const [first, second] = [
            doseEffect(dose + 0.1, ed50) - doseEffect(dose, ed50),
            doseEffect(dose + 0.2, ed50) - doseEffect(dose + 0.1, ed50),
          ];
          return first > 0 && second > 0 && second <= first;
        },
      ),
    );
  });

  it('is half of the maximum at the ED50', () => {
    expect(doseEffect(0.4, 0.4)).toBeCloseTo((1 + 0.4) / 2, 12);
  });
});

describe('stepPatient', () => {
  it.each(['mra', 'sglt2i', 'loop', 'bb'])(
    'ends thirty days after a start of %s where thirty single days end',
    (channel) => {
      const individual = anIndividual({ setpoints: { gfr: 38 } });
      const start = restingState(individual, doses({ acei: 0.5 }), QUIET_NOISE);
      const taken = doses({ acei: 0.5, [channel]: 1 });
      const once = truthOf(individual, live(individual, start, taken, [30]));
      const daily = truthOf(
        individual,
        live(
          individual,
          start,
          taken,
          Array.from({ length: 30 }, () => 1),
        ),
      );
      const tolerance = { potassium: 0.01, egfr: 0.01, sbp: 0.001, heart_rate: 0.001, body_weight: 0.001, hba1c: 0.01 };
      for (const [variable, most] of Object.entries(tolerance)) {
        expect(Math.abs(valueOf(once, variable) - valueOf(daily, variable)), variable).toBeLessThan(most);
      }
    },
  );

  it.each([
    ['mra', 'potassium', 'mra.potassium_onset'],
    ['bb', 'heart_rate', 'bb.onset'],
    ['sglt2i', 'hba1c', 'hba1c.relaxation'],
  ] as const)('takes %s along in %s by the published time constant', (channel, variable, row) => {
    const individual = anIndividual();
    const taken = doses({ [channel]: 1 });
    const start = restingState(individual, doses(), QUIET_NOISE);
    const after = truthOf(individual, live(individual, start, taken, [14]));
    const moved = valueOf(after, variable) - valueOf(truthOf(individual, start), variable);
    const share = moved / settledEffect(individual, taken, variable);
    expect(Math.abs(share - (1 - Math.exp(-14 / parameters[row].value)))).toBeLessThan(0.05);
  });

  it('gives the same future to the same regimen under the same noise', () => {
    const individual = anIndividual();
    const start = restingState(individual, doses(), QUIET_NOISE);
    const noise = stepNoise(seededRandom('shared'));
    const once = stepPatient(individual, start, doses({ mra: 1 }), 7, noise);
    expect(stepPatient(individual, start, doses({ mra: 1 }), 7, noise)).toEqual(once);
    expect(stepPatient(individual, start, doses(), 7, noise)).not.toEqual(once);
  });

  it('keeps every value within what a living adult shows, whatever the draw, doses and noise', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.array(fc.double({ min: 0, max: 6, noNaN: true }), { minLength: 7, maxLength: 7 }),
        (seed, taken) => {
          const random = seededRandom(String(seed));
          const individual = enrol(parameters, random);
          let state = restingState(individual, doses(), QUIET_NOISE);
          for (let month = 0; month < 36; month += 1)
            state = stepPatient(individual, state, taken, 30, stepNoise(random));
          return truthOf(individual, state).every((value, index) => {
            const { low, high } = VARIABLES[index]?.plausible ?? { low: 0, high: 0 };
            return value >= low && value <= high;
          });
        },
      ),
      { numRuns: 200 },
    );
  });

  it('lets kidney function recover after a volume event, and potassium with it', () => {
    const individual = anIndividual();
    const well = restingState(individual, doses({ acei: 1 }), QUIET_NOISE);
    const days = [0, 2, 30, 60].map((day) =>
      live(
        individual,
        injured(individual, well),
        doses({ acei: 1 }),
        day === 0 ? [] : Array.from({ length: day }, () => 1),
      ),
    );
    const [struck, second, month, later] = days.map((state) => truthOf(individual, state));
    if (struck === undefined || second === undefined || month === undefined || later === undefined)
      throw new TypeError();
    expect(valueOf(struck, 'egfr')).toBeCloseTo(valueOf(truthOf(individual, well), 'egfr') * 0.62, 1);
    expect(valueOf(month, 'egfr')).toBeGreaterThan(valueOf(struck, 'egfr') * 1.4);
    expect(valueOf(second, 'potassium')).toBeGreaterThan(valueOf(later, 'potassium') + 0.05);
  });

  it('strikes with a volume event when the noise says so, and then by the same noise in both arms', () => {
    const individual = anIndividual();
    const well = restingState(individual, doses(), QUIET_NOISE);
    const struck = [...VARIABLES.map(() => 0), -4, 0];
    const after = stepPatient(individual, well, doses(), 7, struck);
    expect(after.acuteInjury).toBeLessThan(-0.2);
    expect(stepPatient(individual, well, doses({ sglt2i: 1 }), 7, struck).acuteInjury).toBe(after.acuteInjury);
  });
});

describe('drawScores', () => {
  it('gives every parameter its own stream, so that an unknown label shifts nothing', () => {
    const random = seededRandom('person');
    const before = drawScores(random);
    random.split('a new parameter').normal();
    expect(drawScores(random)).toEqual(before);
  });

  it('lets a person respond alike to drugs of one axis', () => {
    const scores = drawScores(seededRandom('alike'));
    expect(scores['arb.potassium']).toBe(scores['acei.potassium']);
    expect(scores['mra.potassium']).not.toBe(scores['acei.potassium']);
  });

  it('draws no score from the far tail', () => {
    for (let person = 0; person < 300; person += 1) {
      const scores = drawScores(seededRandom(String(person)));
      expect(PARAMETER_IDS.every((id) => Math.abs(scores[id]) <= 2.5)).toBe(true);
    }
  });
});
