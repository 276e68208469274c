import { readableUnit, type Unit } from '../../core/quantity.ts';
import { ageInDays, latestReading } from '../../domain/readings.ts';
import type { Measurement } from '../../domain/record.ts';
import { limitOf, ofClass, ofIngredient } from '../rule.ts';
import type { Change, Finding, SafetyRule, Scene } from '../rule.ts';

type Side = 'above' | 'at or above' | 'below' | 'at or below';

interface ReadingLimit extends Pick<SafetyRule, 'id' | 'factId' | 'severity' | 'owner' | 'appliesTo' | 'inChart'> {
  readonly on: readonly Change[];
  readonly reading: keyof typeof READINGS;
  readonly side: Side;
  readonly liftedBy: string;
}

const READINGS = {
  potassium: { name: 'potassium', unit: 'mmol/L', decimals: 1 },
  egfr: { name: 'eGFR', unit: 'mL/min/{1.73_m2}', decimals: 0 },
  sbp: { name: 'systolic pressure', unit: 'mm[Hg]', decimals: 0 },
  heart_rate: { name: 'heart rate', unit: '/min', decimals: 0 },
} as const satisfies Record<string, { name: string; unit: Unit; decimals: number }>;

const MORE: readonly Change[] = ['start', 'increase'];
const ANY: readonly Change[] = ['start', 'increase', 'continue', 'decrease'];
const RAASI = ofClass('acei', 'arb', 'arni');
const STEROIDAL_MRA = ofIngredient('spironolactone', 'eplerenone');

/** Gravest first within one drug and reading: the first that holds is the one reported. */
const LIMITS: readonly ReadingLimit[] = [
  {
    id: 'mra.potassium.stop',
    factId: 'mra.potassium.stop',
    severity: 'contraindicated',
    owner: 'nephrologist',
    inChart: true,
    appliesTo: ofIngredient('spironolactone'),
    on: ANY,
    reading: 'potassium',
    side: 'above',
    liftedBy: 'a repeated potassium back in range',
  },
  {
    id: 'eplerenone.potassium.hold',
    factId: 'eplerenone.potassium.hold',
    severity: 'contraindicated',
    owner: 'nephrologist',
    inChart: true,
    appliesTo: ofIngredient('eplerenone'),
    on: ANY,
    reading: 'potassium',
    side: 'at or above',
    liftedBy: 'a potassium back in the range that the label names',
  },
  {
    id: 'finerenone.potassium.hold',
    factId: 'finerenone.potassium.hold',
    severity: 'contraindicated',
    owner: 'nephrologist',
    inChart: true,
    appliesTo: ofIngredient('finerenone'),
    on: ANY,
    reading: 'potassium',
    side: 'above',
    liftedBy: 'a potassium back in the range that the label names',
  },
  {
    id: 'eplerenone.potassium',
    factId: 'eplerenone.potassium',
    severity: 'contraindicated',
    owner: 'cardiologist',
    appliesTo: ofIngredient('eplerenone'),
    on: MORE,
    reading: 'potassium',
    side: 'above',
    liftedBy: 'a potassium at or below the limit',
  },
  {
    // The guideline speaks of the class, and is stricter than the label of eplerenone.
    id: 'mra.potassium.start',
    factId: 'mra.potassium.start',
    severity: 'contraindicated',
    owner: 'cardiologist',
    appliesTo: STEROIDAL_MRA,
    on: MORE,
    reading: 'potassium',
    side: 'at or above',
    liftedBy: 'a potassium below the limit',
  },
  {
    id: 'finerenone.potassium.start',
    factId: 'finerenone.potassium.start',
    severity: 'contraindicated',
    owner: 'nephrologist',
    appliesTo: ofIngredient('finerenone'),
    on: MORE,
    reading: 'potassium',
    side: 'above',
    liftedBy: 'a potassium at or below the limit',
  },
  {
    id: 'mra.potassium.halve',
    factId: 'mra.potassium.halve',
    severity: 'caution',
    owner: 'cardiologist',
    appliesTo: ofIngredient('spironolactone'),
    on: ['continue'],
    reading: 'potassium',
    side: 'above',
    liftedBy: 'half the dose, or a lower potassium',
  },
  {
    id: 'mra.egfr.stop',
    factId: 'mra.egfr.stop',
    severity: 'contraindicated',
    owner: 'nephrologist',
    appliesTo: ofIngredient('spironolactone'),
    on: ANY,
    reading: 'egfr',
    side: 'below',
    liftedBy: 'a recovered eGFR, or advice of a nephrologist',
  },
  {
    id: 'eplerenone.egfr.min',
    factId: 'eplerenone.egfr.min',
    severity: 'contraindicated',
    owner: 'nephrologist',
    appliesTo: ofIngredient('eplerenone'),
    on: ANY,
    reading: 'egfr',
    side: 'below',
    liftedBy: 'a recovered eGFR, or advice of a nephrologist',
  },
  {
    id: 'mra.egfr.min',
    factId: 'mra.egfr.min',
    severity: 'contraindicated',
    owner: 'nephrologist',
    appliesTo: STEROIDAL_MRA,
    on: MORE,
    reading: 'egfr',
    side: 'at or below',
    liftedBy: 'an eGFR above the limit',
  },
  {
    id: 'finerenone.egfr.min',
    factId: 'finerenone.egfr.min',
    severity: 'contraindicated',
    owner: 'nephrologist',
    appliesTo: ofIngredient('finerenone'),
    on: MORE,
    reading: 'egfr',
    side: 'below',
    liftedBy: 'an eGFR at or above the limit',
  },
  {
    id: 'raasi.potassium.stop',
    factId: 'raasi.potassium.stop',
    severity: 'contraindicated',
    owner: 'nephrologist',
    inChart: true,
    appliesTo: RAASI,
    on: ANY,
    reading: 'potassium',
    side: 'above',
    liftedBy: 'a repeated potassium back in range',
  },
  {
    id: 'arni.potassium.start',
    factId: 'arni.potassium.start',
    severity: 'contraindicated',
    owner: 'cardiologist',
    appliesTo: ofClass('arni'),
    on: MORE,
    reading: 'potassium',
    side: 'above',
    liftedBy: 'a potassium at or below the limit',
  },
  {
    // Where stopping is thought of, nothing is begun or raised.
    id: 'raasi.potassium.start',
    factId: 'raasi.potassium.reduce',
    severity: 'contraindicated',
    owner: 'nephrologist',
    appliesTo: RAASI,
    on: MORE,
    reading: 'potassium',
    side: 'above',
    liftedBy: 'a potassium at or below the limit',
  },
  {
    id: 'raasi.potassium.reduce',
    factId: 'raasi.potassium.reduce',
    severity: 'caution',
    owner: 'nephrologist',
    appliesTo: RAASI,
    on: ['continue'],
    reading: 'potassium',
    side: 'above',
    liftedBy: 'a lower dose, or a lower potassium',
  },
  {
    id: 'raasi.potassium.caution',
    factId: 'raasi.potassium.caution',
    severity: 'caution',
    owner: 'nephrologist',
    appliesTo: RAASI,
    on: MORE,
    reading: 'potassium',
    side: 'above',
    liftedBy: 'a potassium at or below the limit',
  },
  {
    id: 'raasi.egfr.caution',
    factId: 'raasi.egfr.caution',
    severity: 'caution',
    owner: 'nephrologist',
    appliesTo: RAASI,
    on: MORE,
    reading: 'egfr',
    side: 'below',
    liftedBy: 'advice of a nephrologist',
  },
  {
    id: 'sglt2i.egfr.start.dapagliflozin',
    factId: 'sglt2i.egfr.start.dapagliflozin',
    severity: 'caution',
    owner: 'nephrologist',
    appliesTo: ofIngredient('dapagliflozin'),
    on: ['start'],
    reading: 'egfr',
    side: 'below',
    liftedBy: 'an eGFR at or above the limit',
  },
  {
    id: 'sglt2i.egfr.start',
    factId: 'sglt2i.egfr.start',
    severity: 'caution',
    owner: 'nephrologist',
    appliesTo: ofClass('sglt2i'),
    on: ['start'],
    reading: 'egfr',
    side: 'below',
    liftedBy: 'an eGFR at or above the limit',
  },
  {
    id: 'loop.potassium.low',
    factId: 'loop.potassium.low',
    severity: 'caution',
    owner: 'clinical pharmacist',
    appliesTo: ofClass('loop'),
    on: ['start', 'increase', 'continue'],
    reading: 'potassium',
    side: 'below',
    liftedBy: 'potassium replaced and measured again',
  },
  {
    id: 'bb.bradycardia',
    factId: 'bb.bradycardia',
    severity: 'caution',
    owner: 'cardiologist',
    appliesTo: ofClass('bb'),
    on: ['start', 'increase', 'continue'],
    reading: 'heart_rate',
    side: 'below',
    liftedBy: 'an ECG without heart block and a faster pulse',
  },
  {
    id: 'arni.sbp.start',
    factId: 'arni.sbp.start',
    severity: 'contraindicated',
    owner: 'cardiologist',
    appliesTo: ofClass('arni'),
    on: ['start'],
    reading: 'sbp',
    side: 'below',
    liftedBy: 'a systolic pressure at or above the limit',
  },
  {
    id: 'sbp.symptomatic_low',
    factId: 'sbp.symptomatic_low',
    severity: 'caution',
    owner: 'cardiologist',
    appliesTo: RAASI,
    on: ['start', 'increase', 'continue'],
    reading: 'sbp',
    side: 'below',
    liftedBy: 'a higher pressure without symptoms',
  },
  {
    id: 'sbp.symptomatic_low.bb',
    factId: 'sbp.symptomatic_low.bb',
    severity: 'caution',
    owner: 'cardiologist',
    appliesTo: ofClass('bb'),
    on: ['start', 'increase', 'continue'],
    reading: 'sbp',
    side: 'below',
    liftedBy: 'a higher pressure without symptoms',
  },
];

/** Rules that compare the last reading of a variable with the limit that a fact states. */
export const READING_LIMIT_RULES: readonly SafetyRule[] = LIMITS.map(readingLimitRule);

/** Starting or raising an MRA on an unknown potassium: no refusal, but said. */
export const UNKNOWN_POTASSIUM_RULES: readonly SafetyRule[] = [
  {
    id: 'mra.potassium.unknown',
    factId: 'mra.potassium.start',
    severity: 'caution',
    owner: 'clinical pharmacist',
    appliesTo: ofClass('mra'),
    check: unknownPotassium,
  },
];

function readingLimitRule(row: ReadingLimit): SafetyRule {
  const { id, factId, severity, owner, appliesTo, inChart } = row;
  return {
    ...{ id, factId, severity, owner, appliesTo },
    ...(inChart === undefined ? {} : { inChart }),
    unit: READINGS[row.reading].unit,
    ladder: row.reading,
    check: (scene) => checkReading(scene, row),
  };
}

function checkReading(scene: Scene, row: ReadingLimit): Finding | undefined {
  const reading = latestReading(scene.record, row.reading);
  if (reading === undefined || !row.on.includes(scene.change)) return undefined;
  if (ageInDays(scene.record, reading) > scene.readingCounts) return undefined;
  if (!isCrossed(reading, row.side, limitOf(scene.fact))) return undefined;
  return {
    finding: `${phrase(reading, row.reading)} ${whenOf(scene, reading)}`,
    liftedBy: row.liftedBy,
    evidence: [reading.source],
  };
}

/** A bound is judged by what it makes certain: "> 8.0" is above 6.0; "> 60" is never below 30. */
function isCrossed({ value, comparator }: Measurement, side: Side, limit: number): boolean {
  const isUpward = side === 'above' || side === 'at or above';
  const includesLimit = side === 'at or above' || side === 'at or below';
  const beyond = isUpward ? value - limit : limit - value;
  if (comparator !== undefined && isUpward !== comparator.startsWith('>')) return false;
  const limitCounts = includesLimit || comparator === '>' || comparator === '<';
  return limitCounts ? beyond >= 0 : beyond > 0;
}

function phrase({ value, comparator }: Measurement, id: keyof typeof READINGS): string {
  const { name, unit, decimals } = READINGS[id];
  return `${name} ${comparator === undefined ? '' : `${comparator} `}${value.toFixed(decimals)} ${readableUnit(unit)}`;
}

function whenOf({ record }: Scene, reading: Measurement): string {
  const days = Math.floor(ageInDays(record, reading));
  return days === 0 ? '(today)' : days === 1 ? '(yesterday)' : `(${days} days ago)`;
}

function unknownPotassium(scene: Scene): Finding | undefined {
  if (scene.change === 'continue' || scene.change === 'decrease') return undefined;
  const reading = latestReading(scene.record, 'potassium');
  const days = reading === undefined ? Infinity : ageInDays(scene.record, reading);
  if (days <= scene.readingCounts) return undefined;
  const finding =
    reading === undefined ? 'no potassium in the record' : `the last potassium is ${Math.floor(days)} days old`;
  return { finding, liftedBy: 'a potassium measured now', evidence: reading === undefined ? [] : [reading.source] };
}
