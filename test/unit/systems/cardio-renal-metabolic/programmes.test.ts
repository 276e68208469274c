import { describe, expect, it } from 'vitest';
import { publishedParameters } from '../../../../src/systems/cardio-renal-metabolic/parameters.ts';
import { QUIET_NOISE, levelsAt, restingState } from '../../../../src/systems/cardio-renal-metabolic/virtual-patient.ts';
import type { PatientState } from '../../../../src/systems/cardio-renal-metabolic/virtual-patient.ts';
import { anIndividual, doses, liveQuietly, valueOf } from './builders.ts';

const person = anIndividual();
const fadingYears = publishedParameters()['weight.maintenance_fading'].value;
const START = restingState(person, doses(), QUIET_NOISE);

function months(count: number): readonly number[] {
  return Array.from({ length: count }, () => 365.25 / 12);
}

function live(from: PatientState, programme: Readonly<Record<string, number>>, steps: readonly number[]): PatientState {
  return liveQuietly(person, from, doses(programme), steps);
}

/** Weight lost against somebody who did nothing for as long. Unit: kg. */
function lost(state: PatientState, monthsLived: number): number {
  const idle = live(START, {}, months(monthsLived));
  return valueOf(levelsAt(person, idle), 'body_weight') - valueOf(levelsAt(person, state), 'body_weight');
}

describe.each(['lifestyle', 'weight_loss'])('the %s programme', (programme) => {
  const on = { [programme]: 1 };
  const year = live(START, on, months(12));

  it('lets the weight come back over years after its end, with the time that was published', () => {
    const after = lost(live(year, {}, months(24)), 36) / lost(year, 12);
    expect(after).toBeGreaterThan(Math.exp(-2 / fadingYears) - 0.05);
    expect(after).toBeLessThan(Math.exp(-2 / fadingYears) + 0.05);
  });

  it('leaves hardly anything twenty-five years after its end', () => {
    expect(lost(live(year, {}, months(300)), 312)).toBeLessThan(0.05 * lost(year, 12));
  });

  it('loses its hold slowly while it lasts', () => {
    const five = lost(live(year, on, months(48)), 60);
    expect(five).toBeLessThan(0.7 * lost(year, 12));
    expect(five).toBeGreaterThan(0.4 * lost(year, 12));
  });

  it('is not made new by a pause of a day', () => {
    const years = live(START, on, months(60));
    const resumed = live(live(years, {}, [1]), on, months(12));
    expect(lost(resumed, 72)).toBeLessThan(lost(years, 60));
  });

  it('has its effect again when it begins anew after many years', () => {
    const again = live(live(year, {}, months(360)), on, months(12));
    expect(lost(again, 384) / lost(year, 12)).toBeCloseTo(1, 1);
  });

  it('ends a year in months where it ends in weeks', () => {
    const weeks = Array.from({ length: 52 }, () => 365.25 / 52);
    expect(lost(live(live(START, on, weeks), {}, weeks), 24)).toBeCloseTo(lost(live(year, {}, months(12)), 24), 1);
  });
});

it('a programme that a person tires of leaves the effort for another one fresh', () => {
  const tired = live(START, { lifestyle: 1 }, months(120));
  const other = live(tired, { weight_loss: 1 }, months(12));
  const alone = live(live(START, {}, months(120)), { weight_loss: 1 }, months(12));
  const left = live(tired, {}, months(12));
  expect(lost(other, 132) - lost(left, 132)).toBeCloseTo(lost(alone, 132), 0);
});
