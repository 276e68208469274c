import { describe, expect, it } from 'vitest';
import type { Intervention } from '../../../../src/domain/system.ts';
import { GREATEST_DOSES } from '../../../../src/systems/cardio-renal-metabolic/environment/action.ts';
import trialDrugRows from '../../../../src/systems/cardio-renal-metabolic/interventions-trial-drugs.json' with { type: 'json' };
import { PUBLISHED_ROWS } from '../../../../src/systems/cardio-renal-metabolic/parameter-rows.ts';
import { doseCurve, doseEffect } from '../../../../src/systems/cardio-renal-metabolic/physiology/dose.ts';
import { cardioRenalMetabolic as system } from '../../../../src/systems/cardio-renal-metabolic/system.ts';
import { interventionOf } from '../../../../src/systems/doses.ts';

const NAMES = trialDrugRows.map(({ ingredient }) => ingredient);

function known(ingredient: string): Intervention {
  const found = interventionOf(system, ingredient);
  if (found === undefined) throw new TypeError(`the system does not know ${ingredient}`);
  return found;
}

function published(id: string): number | undefined {
  return PUBLISHED_ROWS.find((row) => row.id === id)?.value;
}

/** The effect of a daily dose on the published curve of its class. */
function effectOf(ingredient: string, dose: number, effect: string): number {
  const { channel, referenceDose } = known(ingredient);
  const curve = doseCurve(published(`${channel}.ed50`) ?? 0, published(`${channel}.hill`) ?? 1);
  return (published(`${channel}.${effect}`) ?? 0) * doseEffect(dose / referenceDose, curve);
}

describe('drugs that trials alone prescribe', () => {
  it('are on the lists of no simulated clinic', () => {
    expect(NAMES.every((ingredient) => known(ingredient).isOffMarket === true)).toBe(true);
  });

  it('are the first of no class and move no limit of the gym', () => {
    system.channels.forEach(({ id }, channel) => {
      const rows = system.interventions.filter((row) => row.channel === id);
      const sold = rows.filter(({ isOffMarket }) => isOffMarket !== true);
      expect(rows[0]).toBe(sold[0]);
      expect(GREATEST_DOSES[channel]).toBe(
        Math.max(0, ...sold.map(({ maximumDose, referenceDose }) => maximumDose / referenceDose)),
      );
    });
  });

  it('say of every reference dose where it is from, and mark what is from memory alone', () => {
    for (const { ingredient, source, note, basis } of trialDrugRows) {
      expect(source.where, ingredient).not.toBe('');
      expect(note, ingredient).toMatch(basis === 'recalled' ? /from memory/ : /./);
    }
  });

  it.each([
    ['inclisiran', 284 / 182.625, 'ldl', -53, -48],
    ['efpeglenatide', 4 / 7, 'hba1c', -1.25, -1.1],
    ['omarigliptin', 25 / 7, 'hba1c', -0.8, -0.46],
    ['bexagliflozin', 20, 'hba1c', -0.56, -0.34],
    ['bendroflumethiazide', 1.33, 'sbp', -8.01, -7.99],
  ] as const)('%s %d mg/d moves %s within the published interval', (ingredient, dose, effect, low, high) => {
    const moved = effectOf(ingredient, dose, effect);
    expect(moved).toBeGreaterThanOrEqual(low);
    expect(moved).toBeLessThanOrEqual(high);
  });

  it.each([
    ['lobeglitazone', 0.5, 'pioglitazone', 15],
    ['insulin detemir', 51.5, 'insulin glargine', 38.8],
    ['eprosartan', 800, 'candesartan', 16],
    ['nifedipine', 30, 'amlodipine', 5],
  ] as const)('%s %d stands beside %s %d', (one, dose, other, otherDose) => {
    expect(dose / known(one).referenceDose).toBeCloseTo(otherDose / known(other).referenceDose, 2);
  });
});
