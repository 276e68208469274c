import { ageInDays, latestReading } from '../domain/readings.ts';
import type { Fact } from '../domain/evidence.ts';
import type { Violation } from '../domain/plan.ts';
import type { Measurement, PatientRecord } from '../domain/record.ts';
import type { Knowledge } from '../ports/knowledge.ts';
import { screenRunningDrugs } from './check.ts';
import { SCREENING_POLICY } from './policy.ts';
import { limitOf } from './rule.ts';

/** The potassium limits that make opening a chart an interruption, by fact. */
const URGENT_POTASSIUM = [
  { factId: 'potassium.urgent', side: 'above', liftedBy: 'a repeated potassium, an ECG and treatment' },
  { factId: 'potassium.low.severe', side: 'below', liftedBy: 'potassium replaced and measured again' },
] as const;

/**
 * What cannot wait when a chart is opened: a dangerous potassium of the last days, a running drug that it stops, or a
 * running drug or pair of drugs that the table rules out. Everything less stays silent.
 */
export function screenRecord(record: PatientRecord, knowledge: Knowledge): readonly Violation[] {
  const readingCounts = SCREENING_POLICY.urgentReadingCounts.value;
  return [...screenPotassium(record, knowledge), ...screenRunningDrugs(record, knowledge, { readingCounts })];
}

function screenPotassium(record: PatientRecord, knowledge: Knowledge): readonly Violation[] {
  const reading = latestReading(record, 'potassium');
  if (reading === undefined || ageInDays(record, reading) > SCREENING_POLICY.urgentReadingCounts.value) return [];
  return URGENT_POTASSIUM.flatMap(({ factId, side, liftedBy }) => {
    const fact = knowledge.find(factId);
    if (fact?.basis !== 'read' || !isUrgent(reading, side, limitOf(fact))) return [];
    return [urgentViolation(reading, fact, liftedBy)];
  });
}

/** "6.5 mmol/L or more" and "below 2.5 mmol/L", as the facts word it. */
function isUrgent({ value, comparator }: Measurement, side: 'above' | 'below', limit: number): boolean {
  if (comparator !== undefined && comparator.startsWith('>') !== (side === 'above')) return false;
  return side === 'above' ? value >= limit : value < limit || (comparator === '<' && value === limit);
}

function urgentViolation({ value, comparator, source }: Measurement, fact: Fact, liftedBy: string): Violation {
  const bound = comparator === undefined ? '' : `${comparator} `;
  return {
    rule: fact.id,
    basis: 'record',
    severity: 'contraindicated',
    subject: 'potassium',
    reason: `potassium ${bound}${value.toFixed(1)} mmol/L: ${fact.statement}`,
    liftedBy,
    factId: fact.id,
    source: fact.source,
    evidence: [source],
  };
}
