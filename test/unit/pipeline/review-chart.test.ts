import { digestOf } from '../../../src/core/digest.ts';
import { describe, expect, it } from 'vitest';
import type { PatientRecord } from '../../../src/domain/record.ts';
import { openKnowledge } from '../../../src/knowledge/index.ts';
import { reviewChart } from '../../../src/pipeline/review-chart.ts';
import { cardioRenalMetabolic as system } from '../../../src/systems/cardio-renal-metabolic/system.ts';
import { aRecord, measured, NOW } from '../../fakes/a-record.ts';

function review(record: PatientRecord) {
  const { patientId, availability } = record;
  const gathered = { patientId, resources: [], availability, keys: {} };
  return reviewChart({ gathered, asOf: NOW }, { system, knowledge: openKnowledge(), buildRecord: () => record });
}

describe('reviewChart', () => {
  it('is silent about an ordinary chart', () => {
    expect(review(aRecord()).violations).toEqual([]);
  });

  it('brings up what is urgent, with the record that it rests on', () => {
    const record = aRecord(measured('potassium', 6.9, { daysAgo: 1 }));
    const { violations, ...rest } = review(record);
    expect(violations.map(({ rule, subject }) => [rule, subject])).toEqual([
      ['potassium.urgent', 'potassium'],
      ['raasi.potassium.stop', 'lisinopril'],
    ]);
    expect(rest.record).toEqual(record);
    expect(rest.inference).toEqual({ recordDigest: digestOf(record), disabledRules: [] });
  });
});
