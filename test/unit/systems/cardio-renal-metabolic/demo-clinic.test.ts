import { describe, expect, it } from 'vitest';
import { instant } from '../../../../src/core/time.ts';
import { latestValue } from '../../../../src/domain/readings.ts';
import { buildRecord } from '../../../../src/record/build-record.ts';
import { cardioRenalMetabolic as system } from '../../../../src/systems/cardio-renal-metabolic/system.ts';
import { drawClinic } from '../../../../src/systems/cardio-renal-metabolic/demo-clinic.ts';
import { STORIES } from '../../../../src/systems/cardio-renal-metabolic/demo-stories.ts';

const asOf = instant(Date.UTC(2026, 4, 4, 10));
const clinic = drawClinic({ seed: 'clinic', count: 100, asOf });

/** The last value of a variable as our own record reader finds it in the chart. */
function lastValue(index: number, variable: string): number | undefined {
  const { patientId = '', resources = [] } = clinic[index] ?? {};
  const record = buildRecord(
    {
      patientId,
      resources: JSON.parse(JSON.stringify(resources)) as typeof resources,
      availability: { observations: 'given', medications: 'given', conditions: 'given', allergies: 'given' },
      keys: {},
    },
    { system, asOf },
  );
  return latestValue(record, variable)?.value;
}

function indexOf(id: string): number {
  return STORIES.findIndex((story) => story.id === id);
}

describe('the demo clinic', () => {
  it('holds at least ten people, each with a chart and an order to sign', () => {
    expect(clinic.length).toBeGreaterThanOrEqual(10);
    for (const { draft, resources, story, patientId } of clinic) {
      expect(draft).toMatchObject({
        resourceType: 'MedicationRequest',
        status: 'draft',
        subject: { reference: `Patient/${patientId}` },
      });
      expect(resources[0]).toMatchObject({ resourceType: 'Patient', id: patientId });
      expect(story.length).toBeGreaterThan(20);
    }
  });

  it('opens with potassium 4.9 before spironolactone', () => {
    expect(lastValue(0, 'potassium')).toBe(4.9);
    expect(JSON.stringify(clinic[0]?.draft)).toContain('spironolactone');
  });

  it('gives the urgent patient a potassium of 6.3 and the guarded one 5.6', () => {
    expect(lastValue(indexOf('george-papadakis'), 'potassium')).toBe(6.3);
    expect(lastValue(indexOf('piotr-zielinski'), 'potassium')).toBe(5.6);
  });

  it('leaves the thin record without any laboratory value', () => {
    const thin = JSON.stringify(clinic[indexOf('tomas-oliveira')]?.resources);
    expect(thin).not.toContain('"laboratory"');
    expect(thin).toContain('"85354-9"');
  });

  it.each(STORIES)('ends the chart of $id inside the ranges that the story states', ({ id, ends }) => {
    for (const [variable, [low, high]] of Object.entries(ends)) {
      const value = lastValue(indexOf(id), variable) ?? Number.NaN;
      // A laboratory rounds: to a tenth of a mmol/L, to whole mm[Hg], and to two decimals of creatinine.
      const rounding = variable === 'egfr' ? 0.03 * high : variable === 'potassium' ? 0.051 : 0.51;
      expect(value, variable).toBeGreaterThanOrEqual(low - rounding);
      expect(value, variable).toBeLessThanOrEqual(high + rounding);
    }
  });

  it('shows a heart failure clinic what it follows: pressure with both values, NT-proBNP and ejection fraction', () => {
    for (const variable of ['sbp', 'dbp', 'nt_probnp', 'lvef']) expect(lastValue(0, variable)).toBeDefined();
    expect(lastValue(0, 'lvef')).toBeLessThan(45);
  });

  it('writes down the pregnancy, the dialysis and the angioedema that refusals rest on', () => {
    expect(JSON.stringify(clinic[indexOf('amara-nwosu')]?.resources)).toContain('77386006');
    expect(JSON.stringify(clinic[indexOf('winston-clarke')]?.resources)).toContain('105502003');
    expect(JSON.stringify(clinic[indexOf('marguerite-dubois')]?.resources)).toContain('41291007');
  });

  it('is the same for the same seed, and other people for another', () => {
    expect(drawClinic({ seed: 'clinic', count: 100, asOf })).toEqual(clinic);
    expect(drawClinic({ seed: 'other', count: 1, asOf })).not.toEqual(clinic.slice(0, 1));
  });

  it.each(['1', '2', 'sandbox'])('can cast every story from seed %s', (seed) => {
    expect(drawClinic({ seed, count: 100, asOf }).length).toBe(STORIES.length);
  });
});
