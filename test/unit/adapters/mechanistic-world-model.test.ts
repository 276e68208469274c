import { beforeAll, describe, expect, it } from 'vitest';
import { openMechanisticWorldModel } from '../../../src/adapters/mechanistic-world-model.ts';
import { at } from '../../../src/core/array.ts';
import { seededRandom } from '../../../src/core/random.ts';
import { quantileOfSorted, sortedCopy } from '../../../src/core/statistics.ts';
import { instant } from '../../../src/core/time.ts';
import type { PatientHistory } from '../../../src/domain/belief.ts';
import { futureNoise, liveOn } from '../../../src/systems/cardio-renal-metabolic/counterfactual.ts';
import { instrumentsOf } from '../../../src/systems/cardio-renal-metabolic/measurement.ts';
import { publishedParameters } from '../../../src/systems/cardio-renal-metabolic/parameters.ts';
import type { ParticleCloud } from '../../../src/systems/cardio-renal-metabolic/particles.ts';
import { dosesOfPrescription, regimenOf } from '../../../src/systems/cardio-renal-metabolic/prescription.ts';
import { cardioRenalMetabolic as system } from '../../../src/systems/cardio-renal-metabolic/system.ts';
import { explore } from '../../../src/systems/cardio-renal-metabolic/treatment-policy.ts';
import { drawVirtualPatient, historyOf } from '../../../src/systems/cohort.ts';

const parameters = publishedParameters();
const model = openMechanisticWorldModel(system);
const DAYS = [7, 14, 28, 84];
const PEOPLE = 100;

const EMPTY: PatientHistory = {
  asOf: instant(0),
  covariates: { age: 70, female: true, traits: [undefined, undefined, undefined] },
  visits: [],
  doses: system.channels.map(() => 0),
};

/** Whether each future value of one virtual patient lies in the model's 90 % interval: [variable][day]. */
async function coverageOf(person: number): Promise<readonly (readonly boolean[])[]> {
  const random = seededRandom(`coverage/${person}`);
  const patient = drawVirtualPatient(parameters, random);
  const prescription = explore(patient.prescription, random.split('order'));
  const belief = await model.encode(historyOf(patient, random.split('problem-list')));
  const [trajectory] = await model.rollOut(belief, [regimenOf('order', prescription)], {
    days: DAYS,
    samples: 200,
    seed: String(person),
  });
  const doses = DAYS.map(() => dosesOfPrescription(prescription));
  const noise = futureNoise(DAYS, random.split('future'));
  const { observed } = liveOn(patient, instrumentsOf(parameters), { days: DAYS, doses, noise });
  const width = DAYS.length * system.variables.length;
  return system.variables.map((_, variable) =>
    DAYS.map((__, day) => {
      const offset = day * system.variables.length + variable;
      const sorted = sortedCopy(
        Array.from({ length: 200 }, (___, draw) => at(trajectory?.samples ?? [], draw * width + offset)),
      );
      const value = observed[day]?.[variable] ?? Number.NaN;
      return value >= quantileOfSorted(sorted, 0.05) && value <= quantileOfSorted(sorted, 0.95);
    }),
  );
}

describe('the mechanistic world model', () => {
  let covered: readonly (readonly (readonly boolean[])[])[];
  let seconds: number;

  beforeAll(async () => {
    const start = performance.now();
    const all: (readonly (readonly boolean[])[])[] = [];
    for (let person = 0; person < PEOPLE; person += 1) all.push(await coverageOf(person));
    covered = all;
    seconds = (performance.now() - start) / 1000;
  }, 120_000);

  it.each([
    ['potassium', 0],
    ['eGFR', 1],
    ['systolic pressure', 2],
  ])('covers the future %s of virtual patients in about 90 of 100', (_, variable) => {
    const hits = covered.flatMap((person) => at(person, variable));
    const share = hits.filter(Boolean).length / hits.length;
    expect(share).toBeGreaterThan(0.8);
    expect(share).toBeLessThan(0.98);
  });

  it('answers a record within the deadline of a hook', () => {
    // On two shared cores; a whole belief with one regimen takes about 0.2 s.
    expect(seconds / PEOPLE).toBeLessThan(1.5);
  });

  it('keeps enough particles in weight under a long record', async () => {
    const random = seededRandom('long');
    const visits = Array.from({ length: 32 }, (_, index) => ({
      daysBeforeNow: 31 - index,
      values: [4.2 + 0.3 * random.normal(), 50 + 4 * random.normal(), 130 + 12 * random.normal(), 70, 80, undefined],
      doses: EMPTY.doses,
    }));
    const { state } = await model.encode({ ...EMPTY, visits });
    const { effectiveSampleSize, particles } = state as ParticleCloud;
    expect(effectiveSampleSize).toBeGreaterThanOrEqual(23.9);
    expect(particles.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 9);
  });

  it('believes the population when nothing is recorded', async () => {
    const { state } = await model.encode(EMPTY);
    const { effectiveSampleSize, particles } = state as ParticleCloud;
    expect(effectiveSampleSize).toBeCloseTo(particles.length, 6);
  });

  it('refuses to open for a system that has no virtual patient', () => {
    expect(() => openMechanisticWorldModel({ ...system, id: 'tumour' })).toThrow(TypeError);
  });

  it('refuses the belief of another model', async () => {
    const belief = await model.encode(EMPTY);
    const foreign = { ...belief, model: { ...belief.model, id: 'another' } };
    await expect(model.rollOut(foreign, [], { days: [1], samples: 4, seed: 's' })).rejects.toThrow(TypeError);
  });

  it('rejects as unavailable when its particles are broken', async () => {
    const belief = await model.encode(EMPTY);
    const broken = { ...belief, state: { particles: [], effectiveSampleSize: 0 } };
    await expect(
      model.rollOut(broken, [{ id: 'r', drugs: [] }], { days: [1], samples: 4, seed: 's' }),
    ).rejects.toMatchObject({
      code: 'model.unavailable',
    });
  });
});
