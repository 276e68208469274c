import { beforeAll, describe, expect, it } from 'vitest';
import { openMechanisticWorldModel } from '../../../src/adapters/mechanistic-world-model.ts';
import { at } from '../../../src/core/array.ts';
import { seededRandom } from '../../../src/core/random.ts';
import { quantileOfSorted, sortedCopy } from '../../../src/core/statistics.ts';
import { instant } from '../../../src/core/time.ts';
import type { PatientHistory } from '../../../src/domain/belief.ts';
import { fullyMeasured } from '../../../src/systems/cardio-renal-metabolic/case.ts';
import { futureNoise, liveOn } from '../../../src/systems/cardio-renal-metabolic/counterfactual.ts';
import type { ParticleCloud } from '../../../src/systems/cardio-renal-metabolic/particles.ts';
import { dosesOfPrescription, regimenOf } from '../../../src/systems/cardio-renal-metabolic/prescription.ts';
import { cardioRenalMetabolic as system } from '../../../src/systems/cardio-renal-metabolic/system.ts';
import { explore } from '../../../src/systems/cardio-renal-metabolic/treatment-policy.ts';
import { truthOf } from '../../../src/systems/cardio-renal-metabolic/virtual-patient.ts';
import { worldOf } from '../../../src/systems/cardio-renal-metabolic/worlds.ts';
import { drawVirtualPatient, historyOf } from '../../../src/systems/cohort.ts';

const world = worldOf('none');
const model = openMechanisticWorldModel(system);
const DAYS = [7, 14, 28, 84];
const PEOPLE = 100;

const EMPTY: PatientHistory = {
  asOf: instant(0),
  covariates: { age: 70, female: true, traits: [undefined, undefined, undefined] },
  visits: [],
  doses: system.channels.map(() => 0),
};

/** What the record of one virtual patient held, and which future values lie in the model's 90 % interval: [variable][day]. */
interface Covered {
  readonly isMeasured: readonly boolean[];
  readonly hits: readonly (readonly boolean[])[];
}

async function coverageOf(person: number): Promise<Covered> {
  const random = seededRandom(`coverage/${person}`);
  const patient = drawVirtualPatient(world, random);
  const { individual, state } = patient;
  const now = fullyMeasured(individual, truthOf(individual, state), 0);
  const prescription = explore(now, patient.prescription, random.split('order'));
  const history = historyOf(patient, random.split('problem-list'));
  const [trajectory] = await model.rollOut(await model.encode(history), [regimenOf('order', prescription)], {
    days: DAYS,
    samples: 200,
    seed: String(person),
  });
  const doses = DAYS.map(() => dosesOfPrescription(prescription));
  const noise = futureNoise(DAYS, random.split('future'));
  const { observed } = liveOn(patient, world.instruments, { days: DAYS, doses, noise });
  const width = DAYS.length * system.variables.length;
  return {
    isMeasured: system.variables.map((_, variable) =>
      history.visits.some(({ values }) => values[variable] !== undefined),
    ),
    hits: system.variables.map((_, variable) =>
      DAYS.map((__, day) => {
        const offset = day * system.variables.length + variable;
        const sorted = sortedCopy(
          Array.from({ length: 200 }, (___, draw) => at(trajectory?.samples ?? [], draw * width + offset)),
        );
        const value = observed[day]?.[variable] ?? Number.NaN;
        return value >= quantileOfSorted(sorted, 0.05) && value <= quantileOfSorted(sorted, 0.95);
      }),
    ),
  };
}

function shareOf(hits: readonly boolean[]): number {
  return hits.filter(Boolean).length / hits.length;
}

describe('the mechanistic world model', () => {
  let covered: readonly Covered[];
  let seconds: number;

  beforeAll(async () => {
    const start = performance.now();
    const all: Covered[] = [];
    for (let person = 0; person < PEOPLE; person += 1) all.push(await coverageOf(person));
    covered = all;
    seconds = (performance.now() - start) / 1000;
  }, 180_000);

  it.each(system.variables.map(({ id }, variable) => [id, variable] as const))(
    'covers the future %s of virtual patients who had it measured in about 90 of 100',
    (_, variable) => {
      const hits = covered.flatMap((person) => (at(person.isMeasured, variable) ? at(person.hits, variable) : []));
      expect(shareOf(hits)).toBeGreaterThan(0.75);
    },
  );

  it.each([
    ['was measured', true],
    ['was never measured', false],
  ])('covers what %s in about 90 of 100 over all variables', (_, isMeasured) => {
    const hits = covered.flatMap((person) =>
      person.hits.flatMap((days, variable) => (at(person.isMeasured, variable) === isMeasured ? days : [])),
    );
    expect(shareOf(hits)).toBeGreaterThan(0.83);
    expect(shareOf(hits)).toBeLessThan(0.96);
  });

  it('answers a record within the deadline of a hook', () => {
    // On two shared cores; a whole belief with one regimen takes about 0.2 s.
    expect(seconds / PEOPLE).toBeLessThan(1.5);
  });

  it('keeps enough particles in weight under a long record', async () => {
    const random = seededRandom('long');
    const visits = Array.from({ length: 32 }, (_, index) => ({
      daysBeforeNow: 31 - index,
      values: [4.2 + 0.3 * random.normal(), 50 + 4 * random.normal(), 130 + 12 * random.normal(), 70, 80],
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
    const broken = { ...belief, state: { particles: [], effectiveSampleSize: 0, likelihoodPower: 1 } };
    await expect(
      model.rollOut(broken, [{ id: 'r', drugs: [] }], { days: [1], samples: 4, seed: 's' }),
    ).rejects.toMatchObject({
      code: 'model.unavailable',
    });
  });
});
