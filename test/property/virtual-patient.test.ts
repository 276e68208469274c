import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../src/core/array.ts';
import { seededRandom } from '../../src/core/random.ts';
import type { Intervention } from '../../src/domain/system.ts';
import { enrol } from '../../src/systems/cardio-renal-metabolic/enrol.ts';
import { individualFrom, personFrom, setpointsFrom } from '../../src/systems/cardio-renal-metabolic/individual.ts';
import type { Scores } from '../../src/systems/cardio-renal-metabolic/draws.ts';
import type { Individual, Person, Setpoints } from '../../src/systems/cardio-renal-metabolic/individual.ts';
import { drawCorrelatedScores } from '../../src/systems/cardio-renal-metabolic/correlations.ts';
import { piecesOf } from '../../src/systems/cardio-renal-metabolic/live-for.ts';
import { stepNoise } from '../../src/systems/cardio-renal-metabolic/noise.ts';
import { glucoseOfHba1c } from '../../src/systems/cardio-renal-metabolic/physiology/glycaemia.ts';
import { CHANNELS, VARIABLES } from '../../src/systems/cardio-renal-metabolic/schema.ts';
import { FLUCTUATIONS } from '../../src/systems/cardio-renal-metabolic/state.ts';
import { cardioRenalMetabolic as system } from '../../src/systems/cardio-renal-metabolic/system.ts';
import {
  QUIET_NOISE,
  gfrOf,
  levelsAt,
  restingState,
  stepPatient,
  truthOf,
} from '../../src/systems/cardio-renal-metabolic/virtual-patient.ts';
import type { PatientState } from '../../src/systems/cardio-renal-metabolic/virtual-patient.ts';
import { worldOf } from '../../src/systems/cardio-renal-metabolic/worlds.ts';
import { doses, liveQuietly, settledEffect } from '../unit/systems/cardio-renal-metabolic/builders.ts';

const world = worldOf('none');
const LEAST_GFR = VARIABLES.find(({ id }) => id === 'egfr')?.plausible.low ?? 0;

function somebody(seed: number): Individual {
  return enrol(world, seededRandom(`property/${seed}`)).individual;
}

/**
 * Anybody of whom some things are given, who responds to drugs as the average patient does: a response of chance may
 * have the other sign in a few people, and then more of a drug is more of that.
 */
function anAverageResponder(
  seed: number,
  given: { readonly person?: Partial<Person>; readonly setpoints?: Partial<Setpoints> },
): Individual {
  const drawn = drawCorrelatedScores(seededRandom(`property/${seed}`));
  const scores = Object.fromEntries(
    Object.entries(drawn).map(([id, score]) => [id, CLASS_IDS.has(id.slice(0, id.indexOf('.'))) ? 0 : score]),
  ) as Scores;
  const person = { ...personFrom(world.parameters, scores), ...given.person };
  const setpoints = { ...setpointsFrom(world.parameters, scores, person), ...given.setpoints };
  return { ...individualFrom(world.parameters, scores, { person, setpoints }), adherence: 1 };
}

const CLASS_IDS: ReadonlySet<string> = new Set(CHANNELS.map(({ id }) => id));

/** The same draws in every run: same input, same bytes. */
const SEEDED = { seed: 20_260_101 } as const;

const aSeed = fc.integer({ min: 0, max: 5000 });
const someDoses = fc.array(fc.oneof(fc.constant(0), fc.constant(0), fc.double({ min: 0, max: 3, noNaN: true })), {
  minLength: CHANNELS.length,
  maxLength: CHANNELS.length,
});

/** Distance of two rows in spreads of the tensors' scales, by variable. */
function apart(one: readonly number[], other: readonly number[]): readonly number[] {
  return VARIABLES.map(({ scale }, index) => {
    const [a, b] = [at(one, index), at(other, index)];
    return Math.abs(scale.transform === 'log' ? Math.log(a / b) : a - b) / scale.spread;
  });
}

/** What each class is given to lower, where this engine shows it. */
const MAIN_EFFECT: Readonly<Record<string, string>> = {
  acei: 'sbp',
  arb: 'sbp',
  arni: 'sbp',
  mra: 'sbp',
  sglt2i: 'hba1c',
  loop: 'body_weight',
  bb: 'heart_rate',
  biguanide: 'hba1c',
  sulfonylurea: 'hba1c',
  dpp4i: 'hba1c',
  glp1ra: 'hba1c',
  gip_glp1ra: 'body_weight',
  tzd: 'hba1c',
  insulin: 'hba1c',
  agi: 'hba1c',
  ccb: 'sbp',
  thiazide: 'sbp',
  statin: 'ldl',
  ezetimibe: 'ldl',
  pcsk9i: 'ldl',
  bempedoic_acid: 'ldl',
  xoi: 'urate',
  uricosuric: 'urate',
  omecamtiv: 'nt_probnp',
  antiobesity: 'body_weight',
  lifestyle: 'body_weight',
  weight_loss: 'body_weight',
  exercise: 'sbp',
  dash: 'sbp',
  sodium_restriction: 'sbp',
};

const GIVEN_FOR_SOMETHING = system.interventions.filter(({ channel }) => channel in MAIN_EFFECT);

/** Classes with a dose curve; a programme is followed or not. */
const CURVED = CHANNELS.map(({ id }) => id).filter((id) => `${id}.ed50` in world.parameters);

function effectOf({ channel, referenceDose }: Intervention, individual: Individual, dose: number): number {
  return settledEffect(individual, doses({ [channel]: dose / referenceDose }), MAIN_EFFECT[channel] ?? '');
}

/** A diabetic with heart failure, because every class has something to do there. */
function someoneForEverything(seed: number): Individual {
  return anAverageResponder(seed, {
    person: { type2Diabetes: true, heartFailure: true, reducedEjectionFraction: true },
    setpoints: { hba1c: 9, gfr: 70, sbp: 150, lvef: 30, heartRate: 80, weight: 95, urate: 9 },
  });
}

describe('a virtual patient', () => {
  it('shows nothing that no living adult shows, whoever it is, whatever is taken and whatever happens', () => {
    fc.assert(
      fc.property(aSeed, someDoses, (seed, taken) => {
        const random = seededRandom(String(seed));
        const individual = somebody(seed);
        let state: PatientState = restingState(individual, doses(), QUIET_NOISE);
        for (let month = 0; month < 36; month += 1) {
          state = stepPatient(individual, state, taken, 30, stepNoise(random));
          expect(gfrOf(state)).toBeGreaterThanOrEqual(LEAST_GFR);
          expect(levelsAt(individual, state).every(Number.isFinite)).toBe(true);
          expect(at(levelsAt(individual, state), 4)).toBeGreaterThan(0);
        }
        truthOf(individual, state).forEach((value, index) => {
          const { low, high } = at(VARIABLES, index).plausible;
          expect(value >= low && value <= high).toBe(true);
        });
      }),
      { ...SEEDED, numRuns: 150 },
    );
  });

  it('puts as much glucose out as it takes up when it rests', () => {
    fc.assert(
      fc.property(aSeed, (seed) => {
        const { glucose, setpoints } = somebody(seed);
        const { output, clearance, sensitivity, capacity, halfStimulation } = glucose.balance;
        const level = glucoseOfHba1c(glucose.scale, setpoints.hba1c);
        const insulin = (capacity * level * level) / (halfStimulation + level * level);
        // Whoever needs less insulin than none rests a little lower; nobody makes less than none.
        if (capacity > 0) expect(((clearance + sensitivity * insulin) * level) / output).toBeCloseTo(1, 9);
      }),
      SEEDED,
    );
  });

  it('keeps at rest what rests: without drugs and illness nothing moves but age', () => {
    fc.assert(
      fc.property(aSeed, (seed) => {
        const individual = somebody(seed);
        const start = restingState(individual, doses(), QUIET_NOISE);
        const later = liveQuietly(individual, start, doses(), [28]);
        for (const distance of apart(levelsAt(individual, start), levelsAt(individual, later)))
          // The fastest loss of the worst kidneys is the most.
          expect(distance).toBeLessThan(0.15);
      }),
      SEEDED,
    );
  });

  it('feels nothing of a drug that it does not take', () => {
    fc.assert(
      fc.property(aSeed, someDoses, (seed, taken) => {
        const refuses = { ...somebody(seed), adherence: 0 };
        const start = restingState(refuses, doses(), QUIET_NOISE);
        expect(liveQuietly(refuses, start, taken, [30, 30])).toEqual(liveQuietly(refuses, start, doses(), [30, 30]));
      }),
      { ...SEEDED, numRuns: 40 },
    );
  });

  it.each(GIVEN_FOR_SOMETHING.map((row) => [row.ingredient, row] as const))(
    'never has less effect of more %s within its ladder',
    (_, row) => {
      fc.assert(
        fc.property(aSeed, (seed) => {
          const individual = someoneForEverything(seed);
          const effects = [0, ...row.ladder].map((dose) => effectOf(row, individual, dose));
          expect(at(effects, 1)).toBeLessThan(0);
          effects.slice(1).forEach((effect, index) => {
            expect(effect).toBeLessThanOrEqual(at(effects, index) + 1e-9);
          });
        }),
        { ...SEEDED, numRuns: 12 },
      );
    },
  );

  it.each(CURVED)('has next to no effect of next to no %s', (channel) => {
    const individual = someoneForEverything(1);
    const [none, hardly] = [0, 1e-12].map((dose) =>
      levelsAt(individual, restingState(individual, doses({ [channel]: dose }), QUIET_NOISE)),
    );
    for (const distance of apart(none ?? [], hardly ?? [])) expect(distance).toBeLessThan(1e-4);
  });

  it('has the same fluctuations under every regimen when the noise is the same', () => {
    fc.assert(
      fc.property(aSeed, someDoses, (seed, taken) => {
        const individual = somebody(seed);
        const start = restingState(individual, doses(), QUIET_NOISE);
        const [one, other] = [doses(), taken].map((regimen) => {
          const random = seededRandom(`noise/${seed}`);
          return [7, 28, 28].reduce(
            (state, days) => stepPatient(individual, state, regimen, days, stepNoise(random)),
            start,
          );
        });
        expect(other?.slice(FLUCTUATIONS)).toEqual(one?.slice(FLUCTUATIONS));
      }),
      { ...SEEDED, numRuns: 60 },
    );
  });

  it('ends a month in one step near where it ends in days', () => {
    fc.assert(
      fc.property(aSeed, someDoses, (seed, taken) => {
        const individual = somebody(seed);
        const start = restingState(individual, doses(), QUIET_NOISE);
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
        // A quarter of what people differ by, in the worst of every class at once at up to thrice the reference dose.
        for (const distance of apart(once, daily)) expect(distance).toBeLessThan(0.25);
      }),
      { ...SEEDED, numRuns: 60 },
    );
  });

  // What a programme brings is lost over years: programmes.test.ts.
  const quick = CHANNELS.map(({ id }) => id).filter((id) => id !== 'lifestyle' && id !== 'weight_loss');

  it.each(quick)('comes back to rest two years after %s is stopped', (channel) => {
    fc.assert(
      fc.property(aSeed, (seed) => {
        const individual = somebody(seed);
        const start = restingState(individual, doses(), QUIET_NOISE);
        const [months, after] = [piecesOf(180), piecesOf(730)];
        const taken = liveQuietly(individual, start, doses({ [channel]: 1 }), months);
        const stopped = levelsAt(individual, liveQuietly(individual, taken, doses(), after));
        const never = levelsAt(individual, liveQuietly(individual, start, doses(), [...months, ...after]));
        // What half a year of slower or faster nephron loss leaves behind stays.
        for (const distance of apart(stopped, never)) expect(distance).toBeLessThan(0.15);
      }),
      { ...SEEDED, numRuns: 6 },
    );
  });

  it.each(['biguanide', 'sulfonylurea', 'dpp4i', 'glp1ra', 'gip_glp1ra', 'tzd', 'insulin', 'sglt2i', 'agi'])(
    'with a higher HbA1c loses more of it under %s',
    (channel) => {
      fc.assert(
        fc.property(aSeed, fc.double({ min: 6.5, max: 11, noNaN: true }), (seed, hba1c) => {
          const fallFrom = (level: number): number =>
            settledEffect(
              anAverageResponder(seed, { person: { type2Diabetes: true }, setpoints: { hba1c: level, gfr: 80 } }),
              doses({ [channel]: 1 }),
              'hba1c',
            );
          expect(fallFrom(hba1c + 1)).toBeLessThanOrEqual(fallFrom(hba1c) + 1e-9);
        }),
        { ...SEEDED, numRuns: 20 },
      );
    },
  );

  it('has less of an SGLT2 inhibitor for its glucose, and more potassium of a RAAS blocker, the worse its kidneys are', () => {
    fc.assert(
      fc.property(aSeed, fc.double({ min: 15, max: 100, noNaN: true }), (seed, gfr) => {
        const having = (level: number): Individual =>
          anAverageResponder(seed, { person: { type2Diabetes: true }, setpoints: { hba1c: 8, gfr: level } });
        const [better, worse] = [having(gfr + 10), having(gfr)];
        const fall = (patient: Individual): number => settledEffect(patient, doses({ sglt2i: 1 }), 'hba1c');
        expect(fall(worse)).toBeGreaterThanOrEqual(fall(better) - 1e-9);
        for (const channel of ['acei', 'arb', 'arni', 'mra']) {
          const rise = (patient: Individual): number => settledEffect(patient, doses({ [channel]: 1 }), 'potassium');
          expect(Math.abs(rise(worse))).toBeGreaterThanOrEqual(Math.abs(rise(better)) - 1e-2);
        }
      }),
      { ...SEEDED, numRuns: 60 },
    );
  });
});
