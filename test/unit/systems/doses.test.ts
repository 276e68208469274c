import { describe, expect, it } from 'vitest';
import type { Regimen } from '../../../src/domain/intervention.ts';
import { dosesOf, interventionOf } from '../../../src/systems/doses.ts';
import { cardioRenalMetabolic as system } from '../../../src/systems/cardio-renal-metabolic/system.ts';

function regimen(...drugs: readonly (readonly [string, number])[]): Regimen {
  return {
    id: 'r',
    drugs: drugs.map(([ingredient, value]) => ({ ingredient, dailyDose: { value, unit: 'mg/d' } })),
  };
}

const channel = (id: string): number => system.channels.findIndex((row) => row.id === id);

describe('dosesOf', () => {
  it('counts the reference dose of any ingredient of a class as one', () => {
    for (const row of system.interventions) {
      expect(dosesOf(system, regimen([row.ingredient, row.referenceDose]))[channel(row.channel)]).toBeCloseTo(1, 12);
    }
  });

  it('adds up drugs of one class and leaves out a drug that the dynamics do not know', () => {
    const spironolactone = interventionOf(system, 'spironolactone');
    const eplerenone = interventionOf(system, 'eplerenone');
    const doses = dosesOf(
      system,
      regimen(
        ['spironolactone', (spironolactone?.referenceDose ?? 0) / 2],
        ['eplerenone', (eplerenone?.referenceDose ?? 0) / 2],
        ['warfarin', 5],
      ),
    );
    expect(doses.reduce((sum, dose) => sum + dose, 0)).toBeCloseTo(1, 12);
    expect(doses[channel('mra')]).toBeCloseTo(1, 12);
  });
});

describe('the interventions', () => {
  it('name a known channel each, and a ladder that climbs within the maximum dose', () => {
    for (const row of system.interventions) {
      expect(channel(row.channel), row.ingredient).toBeGreaterThanOrEqual(0);
      expect([...row.ladder], row.ingredient).toEqual([...row.ladder].sort((a, b) => a - b));
      expect(row.ladder.at(-1), row.ingredient).toBeLessThanOrEqual(row.maximumDose);
    }
  });
});
