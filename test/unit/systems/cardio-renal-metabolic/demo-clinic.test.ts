import { describe, expect, it } from 'vitest';
import { instant } from '../../../../src/core/time.ts';
import { drawClinic } from '../../../../src/systems/cardio-renal-metabolic/demo-clinic.ts';
import { STORIES } from '../../../../src/systems/cardio-renal-metabolic/demo-stories.ts';

const asOf = instant(Date.UTC(2026, 4, 4, 10));
const clinic = drawClinic({ seed: 'clinic', count: 100, asOf });

function lastValue(index: number, loinc: string): number | undefined {
  const values = (clinic[index]?.resources ?? []).flatMap((each) => {
    const text = JSON.stringify(each);
    const value = /"valueQuantity":\{"value":([\d.]+)/.exec(text)?.[1];
    return text.includes(`"${loinc}"`) && value !== undefined ? [Number(value)] : [];
  });
  return values.at(-1);
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
    expect(lastValue(0, '2823-3')).toBe(4.9);
    expect(JSON.stringify(clinic[0]?.draft)).toContain('spironolactone');
  });

  it('gives the urgent patient a potassium of 6.3 and the guarded one 5.6', () => {
    expect(lastValue(indexOf('george-papadakis'), '2823-3')).toBe(6.3);
    expect(lastValue(indexOf('piotr-zielinski'), '2823-3')).toBe(5.6);
  });

  it('leaves the thin record without any laboratory value', () => {
    const thin = JSON.stringify(clinic[indexOf('tomas-oliveira')]?.resources);
    for (const loinc of ['2823-3', '2160-0', '14682-9']) expect(thin).not.toContain(`"${loinc}"`);
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
