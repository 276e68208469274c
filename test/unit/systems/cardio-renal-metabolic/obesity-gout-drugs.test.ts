import { describe, expect, it } from 'vitest';
import { at } from '../../../../src/core/array.ts';
import { seededRandom } from '../../../../src/core/random.ts';
import type { Intervention } from '../../../../src/domain/system.ts';
import { publishedParameters } from '../../../../src/systems/cardio-renal-metabolic/parameters.ts';
import { anyRung, channelIndex } from '../../../../src/systems/cardio-renal-metabolic/prescription.ts';
import { cardioRenalMetabolic as system } from '../../../../src/systems/cardio-renal-metabolic/system.ts';
import { levelsAt, restingState, QUIET_NOISE } from '../../../../src/systems/cardio-renal-metabolic/virtual-patient.ts';
import { interventionOf, unmodelledBy } from '../../../../src/systems/doses.ts';
import { identifyDrug } from '../../../../src/terminology/identify-drug.ts';
import { interventionOfCode, usualDoseOf } from '../../../../src/trials/emulate/treatment-codes.ts';
import { anIndividual, doses, liveQuietly, settledEffect, valueOf } from './builders.ts';

const SOMEBODY = anIndividual({
  person: { heartFailure: false, reducedEjectionFraction: false, type2Diabetes: false },
  setpoints: { gfr: 95, hba1c: 5.5, weight: 100.5, urate: 8.5 },
});

function known(ingredient: string): Intervention {
  const found = interventionOf(system, ingredient);
  if (found === undefined) throw new TypeError(`the system does not know ${ingredient}`);
  return found;
}

/** Long-run change of a variable under a daily dose, in percent of where it was. */
function percentUnder(ingredient: string, dailyDose: number, variable: 'body_weight' | 'urate'): number {
  const { channel, referenceDose } = known(ingredient);
  const before = variable === 'urate' ? 8.5 : 100.5;
  return (100 * settledEffect(SOMEBODY, doses({ [channel]: dailyDose / referenceDose }), variable)) / before;
}

/** Published percentages with the margin of their 95 % intervals, from the sources that the rows name. */
const PUBLISHED = [
  ['phentermine-topiramate', 107, 'body_weight', -8.8, 1.4],
  ['phentermine-topiramate', 53.5, 'body_weight', -7.2, 0.9],
  ['phentermine-topiramate', 26.75, 'body_weight', -3.5, 1.3],
  ['naltrexone-bupropion', 392, 'body_weight', -4.9, 0.1],
  ['orlistat', 360, 'body_weight', -2.9, 0.1],
  ['lorcaserin', 20, 'body_weight', -3.2, 0.1],
  ['sibutramine', 15, 'body_weight', -4.6, 0.1],
  ['rimonabant', 20, 'body_weight', -4.9, 0.4],
  ['rimonabant', 5, 'body_weight', -1.3, 0.6],
  ['dotinurad', 1, 'urate', -36.5, 3.5],
  ['dotinurad', 2, 'urate', -46.7, 4.2],
  ['dotinurad', 4, 'urate', -63.8, 3.3],
  ['benzbromarone', 50, 'urate', -46.7, 4.2],
  ['lesinurad', 200, 'urate', -21.6, 0.1],
  ['lesinurad', 400, 'urate', -34.4, 0.2],
] as const;

const OF_BOTH = system.interventions.filter(({ channel }) => channel === 'antiobesity' || channel === 'uricosuric');

describe('drugs against obesity and uricosurics', () => {
  it.each(PUBLISHED)('%s %d mg/d moves %s by the published %d %%', (ingredient, dose, variable, percent, margin) => {
    expect(Math.abs(percentUnder(ingredient, dose, variable) - percent)).toBeLessThan(margin);
  });

  it.each(OF_BOTH.map(({ ingredient }) => ingredient))('do more with more %s', (ingredient) => {
    const { channel, ladder } = known(ingredient);
    const variable = channel === 'uricosuric' ? 'urate' : 'body_weight';
    const effects = [0, ...ladder].map((dose) => percentUnder(ingredient, dose, variable));
    effects.slice(1).forEach((effect, rung) => {
      expect(effect).toBeLessThan(at(effects, rung));
    });
  });

  it('take off in three months about the share of the first year that trials found', () => {
    const taken = doses({ antiobesity: 1 });
    const lossAfter = (days: number): number => {
      const state = liveQuietly(SOMEBODY, restingState(SOMEBODY, doses(), QUIET_NOISE), taken, [days]);
      const without = liveQuietly(SOMEBODY, restingState(SOMEBODY, doses(), QUIET_NOISE), doses(), [days]);
      return valueOf(levelsAt(SOMEBODY, without), 'body_weight') - valueOf(levelsAt(SOMEBODY, state), 'body_weight');
    };
    expect(lossAfter(88) / lossAfter(365)).toBeCloseTo(0.71, 1);
  });

  it('leave urate alone, and body weight, where the other is meant', () => {
    expect(settledEffect(SOMEBODY, doses({ antiobesity: 1 }), 'urate')).toBe(0);
    expect(settledEffect(SOMEBODY, doses({ uricosuric: 1 }), 'body_weight')).toBe(0);
  });
});

describe('a drug against obesity', () => {
  const per = publishedParameters();
  const lost = -settledEffect(SOMEBODY, doses({ antiobesity: 1 }), 'body_weight');

  it.each([
    ['sbp', -1.05],
    ['ldl', -0.77],
    ['hdl', 0.35],
    ['triglycerides', -1.33],
  ] as const)('moves %s by the published %d for each kilogram that it takes off', (variable, change) => {
    expect(Math.abs(per[`${variable}.per_weight`].value)).toBe(Math.abs(change));
    expect(settledEffect(SOMEBODY, doses({ antiobesity: 1 }), variable) / lost).toBeCloseTo(change, 6);
  });

  it('does to pressure, kilogram by kilogram, what a weight-loss programme does', () => {
    const programme = doses({ weight_loss: 1 });
    const ofProgramme = settledEffect(SOMEBODY, programme, 'sbp') / settledEffect(SOMEBODY, programme, 'body_weight');
    expect(settledEffect(SOMEBODY, doses({ antiobesity: 1 }), 'sbp') / -lost).toBeCloseTo(ofProgramme, 6);
  });
});

describe('what is not modelled of a drug', () => {
  it.each(['sibutramine', 'tesofensine', 'diethylpropion', 'naltrexone-bupropion'])(
    'names pressure and pulse of %s, which drives the sympathetic system',
    (ingredient) => {
      expect(unmodelledBy(known(ingredient))).toEqual(['sbp', 'dbp', 'heart_rate']);
    },
  );

  it.each(['lorcaserin', 'dotinurad', 'metformin'])('is nothing of %s', (ingredient) => {
    expect(unmodelledBy(known(ingredient))).toEqual([]);
  });

  it('leaves pressure to the weight under drugs that take off weight and do no more', () => {
    for (const ingredient of ['orlistat', 'lorcaserin', 'rimonabant', 'phentermine-topiramate'])
      expect(unmodelledBy(known(ingredient))).not.toContain('sbp');
  });

  it('names variables of the system and never the effect that a reference dose rests on', () => {
    const ids = system.variables.map(({ id }) => id);
    for (const row of system.interventions) for (const variable of unmodelledBy(row)) expect(ids).toContain(variable);
    for (const row of OF_BOTH)
      expect(unmodelledBy(row)).not.toContain(row.channel === 'uricosuric' ? 'urate' : 'body_weight');
  });
});

describe('uricosurics', () => {
  it('are equal at 1000 mg of probenecid and 80 mg of benzbromarone', () => {
    expect(1000 / known('probenecid').referenceDose).toBe(80 / known('benzbromarone').referenceDose);
  });
});

describe('what nobody sells any more', () => {
  it('is known, and prescribed by nobody', () => {
    const offMarket = OF_BOTH.filter(({ isOffMarket }) => isOffMarket === true).map(({ ingredient }) => ingredient);
    expect(offMarket).toEqual(['sibutramine', 'lorcaserin', 'rimonabant', 'tesofensine', 'lesinurad']);
    for (const channel of ['antiobesity', 'uricosuric'].map(channelIndex))
      for (let draw = 0; draw < 200; draw += 1)
        expect(offMarket).not.toContain(anyRung(channel, seededRandom(`market/${draw}`)).intervention.ingredient);
  });
});

describe('a trial', () => {
  it.each([
    ['class:antiobesity', 'phentermine-topiramate', 107],
    ['class:uricosuric', 'benzbromarone', 50],
    ['orlistat', 'orlistat', 360],
    ['lesinurad', 'lesinurad', 200],
  ])('means by %s %s %d mg/d', (code, ingredient, dose) => {
    const found = interventionOfCode(code);
    expect(found?.ingredient).toBe(ingredient);
    expect(found === undefined ? undefined : usualDoseOf(found)).toBe(dose);
  });
});

describe('a record', () => {
  it.each([
    ['Qsymia 7.5-46 mg capsule', 'phentermine-topiramate'],
    ['phentermine/topiramate', 'phentermine-topiramate'],
    ['Contrave', 'naltrexone-bupropion'],
    ['amfepramone 75 mg', 'diethylpropion'],
    ['topiramate 25 mg tablet', 'topiramate'],
  ])('names by "%s" one drug, %s', (text, ingredient) => {
    const found = identifyDrug({ codings: [], texts: [text] })?.ingredients.map((drug) => drug.ingredient);
    expect(found).toEqual([ingredient]);
  });
});
