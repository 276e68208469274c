import { describe, expect, it } from 'vitest';
import { CHANNELS, INPUTS, VARIABLES } from '../../../../src/systems/cardio-renal-metabolic/schema.ts';
import { cardioRenalMetabolic as system } from '../../../../src/systems/cardio-renal-metabolic/system.ts';

describe('the variables', () => {
  it('share no LOINC code', () => {
    const codes = [...VARIABLES, ...INPUTS].flatMap(({ loinc }) => loinc);
    expect(codes.filter((code, position) => codes.indexOf(code) !== position)).toEqual([]);
  });

  it.each(VARIABLES.map((variable) => [variable.id, variable] as const))(
    '%s is standardised around what a living adult shows',
    (_, { scale: { transform, centre, spread }, plausible: { low, high } }) => {
      for (const edge of [centre - 2 * spread, centre, centre + 2 * spread]) {
        const value = transform === 'log' ? Math.exp(edge) : edge;
        expect(value).toBeGreaterThan(low);
        expect(value).toBeLessThan(high);
      }
    },
  );

  it('have limits only where cards speak of them', () => {
    for (const { id, isSilent, thresholds } of VARIABLES) if (isSilent === true) expect(thresholds, id).toEqual([]);
  });

  it('speak on cards of the six whose facts stand, and of no other', () => {
    const spoken = VARIABLES.filter(({ isSilent }) => isSilent !== true).map(({ id }) => id);
    expect(spoken).toEqual(['potassium', 'egfr', 'sbp', 'heart_rate', 'body_weight', 'hba1c']);
  });
});

describe('the channels', () => {
  it('are forecast on cards where the rules and facts of the class stand', () => {
    const forecast = CHANNELS.filter(({ drafted }) => drafted === 'forecast').map(({ id }) => id);
    expect(forecast).toEqual(['acei', 'arb', 'arni', 'mra', 'sglt2i', 'loop', 'bb']);
  });

  it('have at least one intervention each', () => {
    const used = new Set(system.interventions.map(({ channel }) => channel));
    expect(CHANNELS.filter(({ id }) => !used.has(id)).map(({ id }) => id)).toEqual([]);
  });

  it('know every ingredient once', () => {
    const ingredients = system.interventions.map(({ ingredient }) => ingredient);
    expect(ingredients.filter((name, position) => ingredients.indexOf(name) !== position)).toEqual([]);
  });
});
