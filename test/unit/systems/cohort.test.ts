import { describe, expect, it } from 'vitest';
import { mean } from '../../../src/core/statistics.ts';
import { instrumentsOf } from '../../../src/systems/cardio-renal-metabolic/measurement.ts';
import { drawCounterfactualPair } from '../../../src/systems/cardio-renal-metabolic/counterfactual.ts';
import { worldOf } from '../../../src/systems/cardio-renal-metabolic/worlds.ts';
import { seededRandom } from '../../../src/core/random.ts';
import { channelIndex } from '../../../src/systems/cardio-renal-metabolic/prescription.ts';
import { CHANNELS, VARIABLES } from '../../../src/systems/cardio-renal-metabolic/schema.ts';
import { drawCohortRow, drawVirtualPatient } from '../../../src/systems/cohort.ts';

const world = worldOf('none');
const rows = Array.from({ length: 600 }, (_, person) => drawCohortRow(world, 'cohort', person));

describe('drawCohortRow', () => {
  it('draws the same person from the same seed, and another from another', () => {
    expect(drawCohortRow(world, 'cohort', 3)).toEqual(rows[3]);
    expect(drawCohortRow(world, 'other', 3)).not.toEqual(rows[3]);
  });

  it('orders visits from the oldest, none of them after now', () => {
    for (const { history } of rows) {
      const days = history.visits.map(({ daysBeforeNow }) => daysBeforeNow);
      expect(days).toEqual([...days].sort((a, b) => b - a));
      expect(Math.min(0, ...days)).toBe(0);
    }
  });

  it('holds short and long records, and dense ones of a hospital stay', () => {
    const counts = rows.map(({ history }) => history.visits.length);
    expect(Math.min(...counts)).toBeLessThanOrEqual(1);
    expect(Math.max(...counts)).toBeGreaterThanOrEqual(25);
    const dense = rows.filter(({ history }) => {
      const [last, before] = [history.visits.at(-1), history.visits.at(-2)];
      return last?.daysBeforeNow === 0 && before !== undefined && before.daysBeforeNow <= 1;
    });
    expect(dense.length / rows.length).toBeGreaterThan(0.1);
  });

  it('misses values more often in some variables than in others', () => {
    const share = (index: number): number =>
      mean(rows.flatMap(({ history }) => history.visits.map(({ values }) => Number(values[index] !== undefined))));
    expect(share(0)).toBeGreaterThan(0.6);
    expect(share(5)).toBeLessThan(0.35);
    expect(share(13)).toBeLessThan(0.1);
  });

  it('watches whoever has a high potassium more closely', () => {
    const gaps = rows.flatMap(({ history: { visits } }) =>
      visits.slice(0, -1).flatMap((visit, index) => {
        const potassium = visit.values[0];
        const next = visits[index + 1]?.daysBeforeNow ?? 0;
        const gap = visit.daysBeforeNow - next;
        return potassium === undefined || gap < 2 ? [] : [{ isHigh: potassium > 5.5, gap }];
      }),
    );
    const meanGap = (isHigh: boolean): number =>
      mean(gaps.filter((each) => each.isHigh === isHigh).map(({ gap }) => gap));
    expect(meanGap(true)).toBeLessThan(0.6 * meanGap(false));
  });

  it('leaves some conditions unknown', () => {
    const traits = rows.flatMap(({ history }) => history.covariates.traits);
    expect(traits).toContain(undefined);
    expect(traits).toContain(true);
    expect(traits).toContain(false);
  });

  it('gives the two futures the same noise: without a difference in doses there is none in values', () => {
    const equal = rows.filter(({ pair }) => JSON.stringify(pair.a.doses) === JSON.stringify(pair.b.doses));
    expect(equal.length).toBeGreaterThan(5);
    for (const { pair } of equal) expect(pair.b).toEqual(pair.a);
  });

  it('moves potassium up in arm B where B alone adds an MRA', () => {
    const mra = channelIndex('mra');
    const others = CHANNELS.map((_, index) => index).filter((index) => index !== mra);
    const added = rows.filter(({ pair: { a, b } }) =>
      a.doses.every(
        (taken, step) =>
          taken[mra] === 0 &&
          (b.doses[step]?.[mra] ?? 0) > 0 &&
          others.every((index) => taken[index] === b.doses[step]?.[index]),
      ),
    );
    expect(added.length).toBeGreaterThan(2);
    const effects = added.map(({ pair: { a, b } }) => (b.truth.at(-1)?.[0] ?? 0) - (a.truth.at(-1)?.[0] ?? 0));
    expect(mean(effects)).toBeGreaterThan(0.05);
  });

  it('uses the horizon of the system in most rows and ascending days in all', () => {
    const standard = rows.filter(({ pair }) => pair.days.join() === '1,2,3,7,14,28,56,84').length / rows.length;
    expect(standard).toBeGreaterThan(0.6);
    expect(standard).toBeLessThan(0.8);
    for (const { pair } of rows) expect(pair.days.every((day, index) => day > (pair.days[index - 1] ?? 0))).toBe(true);
  });

  it('switches regimen B within the horizon in about a fifth', () => {
    const switched = rows.filter(({ pair }) => pair.b.doses.some((taken) => taken !== pair.b.doses[0])).length;
    expect(switched / rows.length).toBeGreaterThan(0.12);
    expect(switched / rows.length).toBeLessThan(0.28);
  });

  it('holds no value that no living adult shows', () => {
    for (const { pair } of rows) {
      for (const values of [...pair.a.observed, ...pair.b.observed, ...pair.a.truth]) {
        values.forEach((value, index) => {
          const { low, high } = VARIABLES[index]?.plausible ?? { low: 0, high: 0 };
          expect(value >= low && value <= high).toBe(true);
        });
      }
    }
  });

  it('draws another life in another world', () => {
    const other = Array.from({ length: 10 }, (_, person) =>
      drawCohortRow(worldOf('strong-potassium'), 'cohort', person),
    );
    expect(other).not.toEqual(rows.slice(0, 10));
  });

  it('lets most people take none to six classes, and a few many more', () => {
    const counts = rows.map(({ history }) => history.doses.filter((dose) => dose > 0).length);
    expect(mean(counts)).toBeGreaterThan(2.5);
    expect(mean(counts)).toBeLessThan(5);
    expect(mean(counts.map((count) => Number(count <= 6)))).toBeGreaterThan(0.8);
    expect(Math.max(...counts)).toBeGreaterThan(7);
  });

  it('never lets anybody take two blockers of one axis, now, before or in either future', () => {
    const raas = ['acei', 'arb', 'arni'].map(channelIndex);
    for (const { history, pair } of rows) {
      const regimens = [...history.visits, history].map(({ doses }) => doses).concat(pair.a.doses, pair.b.doses);
      for (const doses of regimens) {
        expect(raas.filter((channel) => (doses[channel] ?? 0) > 0).length).toBeLessThanOrEqual(1);
      }
    }
  });

  it('measures HbA1c in diabetes and NT-proBNP in heart failure far more often than elsewhere', () => {
    const share = (variable: string, trait: number, holds: boolean): number => {
      const index = VARIABLES.findIndex(({ id }) => id === variable);
      const visits = rows
        .filter(({ history }) => history.covariates.traits[trait] === holds)
        .flatMap(({ history }) => history.visits);
      return mean(visits.map(({ values }) => Number(values[index] !== undefined)));
    };
    expect(share('hba1c', 1, true)).toBeGreaterThan(2 * share('hba1c', 1, false));
    expect(share('nt_probnp', 0, true)).toBeGreaterThan(2 * share('nt_probnp', 0, false));
  });

  it('gives treatment to those who need it: whoever takes metformin has the higher HbA1c', () => {
    const hba1c = VARIABLES.findIndex(({ id }) => id === 'hba1c');
    const metformin = channelIndex('biguanide');
    const level = (takes: boolean): number =>
      mean(
        rows
          .filter(({ history }) => (history.doses[metformin] ?? 0) > 0 === takes)
          .map(({ pair }) => pair.a.truth[0]?.[hba1c] ?? Number.NaN),
      );
    expect(level(true)).toBeGreaterThan(level(false) + 0.5);
  });

  it('lives a pair for five years when it is asked to, with shared noise', () => {
    const days = [28, 182, 365, 730, 1095, 1825];
    for (let person = 0; person < 12; person += 1) {
      const patient = drawVirtualPatient(world, seededRandom(`long/${person}`));
      const pair = drawCounterfactualPair(patient, instrumentsOf(world.parameters), {
        horizon: days,
        random: seededRandom(`pair/${person}`),
      });
      expect(pair.days.length).toBe(days.length);
      expect(pair.days.at(-1)).toBeLessThanOrEqual(1826);
      expect([...pair.a.truth, ...pair.b.truth].flat().every(Number.isFinite)).toBe(true);
      if (JSON.stringify(pair.a.doses) === JSON.stringify(pair.b.doses)) expect(pair.b).toEqual(pair.a);
    }
    expect(drawCohortRow(world, 'years', 1, days).pair.days.length).toBe(days.length);
  });
});
