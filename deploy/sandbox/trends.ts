import type { Observation, Patient } from 'fhir/r4.js';
import { groupBy } from '../../src/core/array.ts';
import { DAYS_A_CALENDAR_YEAR, daysBetween, parseMoment } from '../../src/core/time.ts';
import type { Variable } from '../../src/domain/system.ts';
import { egfrOfCreatinine, GFR_ADULT_AGE, GFR_EQUATION } from '../../src/systems/ckd-epi.ts';
import { INPUTS, VARIABLES } from '../../src/systems/cardio-renal-metabolic/schema.ts';
import { convertUnit } from '../../src/terminology/units.ts';

/** One measured value. */
export interface TrendPoint {
  /** FHIR dateTime as recorded. */
  readonly at: string;
  readonly value: number;
}

/** A limit to draw into a trend. */
export interface TrendLimit {
  readonly label: string;
  readonly value: number;
  readonly side: 'above' | 'below';
}

/** The course of one laboratory value or vital sign, oldest first. */
export interface Trend {
  readonly id: string;
  readonly name: string;
  readonly unit: string;
  readonly decimals: number;
  readonly points: readonly TrendPoint[];
  readonly limits: readonly TrendLimit[];
  /** Set when the values were computed and not recorded. */
  readonly origin?: string;
}

/** The age in whole years on a day (FHIR dates), if the date of birth is known. Unit: a. */
export function ageOn(birthDate: string, today: string): number | undefined {
  if (!/^\d{4}/.test(birthDate)) return undefined;
  const years = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return today.slice(5) < birthDate.slice(5) ? years - 1 : years;
}

/**
 * The age at a measurement, in years and parts of years, counted from the middle of what the birth date leaves open.
 *
 * The service counts so too: whole years would show another eGFR on the tile than on the card. Unit: a.
 */
function exactAge(birthDate: string, measuredAt: string): number | undefined {
  const born = parseMoment(birthDate);
  const measured = parseMoment(measuredAt)?.earliest;
  if (born === undefined || measured === undefined) return undefined;
  return (daysBetween(born.earliest, measured) + daysBetween(born.latest, measured)) / 2 / DAYS_A_CALENDAR_YEAR;
}

/** How a UCUM unit is written for people. */
const UNIT_WORDS: Readonly<Record<string, string>> = {
  'mL/min/{1.73_m2}': 'mL/min/1.73 m²',
  'mm[Hg]': 'mmHg',
  'umol/L': 'µmol/L',
};

interface Reading extends TrendPoint {
  readonly unit: string;
}

/** The courses of what the system knows, in its order; eGFR is computed when only creatinine was recorded. */
export function trendsOf(observations: readonly Observation[], patient: Partial<Patient>): readonly Trend[] {
  return [...VARIABLES, ...INPUTS].flatMap((variable) => {
    const readings = observations.flatMap((observation) => readingsOf(observation, variable));
    if (readings.length > 0) return [trendOf(variable, readings)];
    return variable.id === 'egfr' ? computedEgfr(variable, observations, patient) : [];
  });
}

function computedEgfr(
  variable: Variable,
  observations: readonly Observation[],
  { gender, birthDate = '' }: Partial<Patient>,
): readonly Trend[] {
  if (gender !== 'female' && gender !== 'male') return [];
  const creatinine = INPUTS.filter(({ id }) => id === 'creatinine');
  const readings = creatinine.flatMap((input) => observations.flatMap((observation) => readingsOf(observation, input)));
  const computed = readings.flatMap(({ at, value, unit }) => {
    const age = exactAge(birthDate, at);
    const inMassUnits = convertUnit(value, unit, 'mg/dL', 'creatinine');
    if (age === undefined || age < GFR_ADULT_AGE || 'refused' in inMassUnits) return [];
    const egfr = egfrOfCreatinine(inMassUnits.value, { age, female: gender === 'female' });
    return [{ at, value: egfr, unit: variable.unit }];
  });
  if (computed.length === 0) return [];
  return [{ ...trendOf(variable, computed), origin: `computed by ${GFR_EQUATION}` }];
}

/** The values of a variable in an observation or its components; an EHR shows what was recorded, as it was recorded. */
function readingsOf(observation: Observation, variable: Variable): readonly Reading[] {
  const at = observation.effectiveDateTime;
  if (at === undefined || observation.status === 'entered-in-error') return [];
  return [observation, ...(observation.component ?? [])].flatMap(({ code, valueQuantity }) => {
    const isNamed = code.coding?.some((coding) => variable.loinc.includes(coding.code ?? '')) === true;
    const value = valueQuantity?.value;
    const unit = valueQuantity?.code ?? valueQuantity?.unit;
    return isNamed && value !== undefined && unit !== undefined ? [{ at, value, unit }] : [];
  });
}

/** A trend has one unit: the one in which most values were recorded. */
function trendOf(variable: Variable, readings: readonly Reading[]): Trend {
  const [unit = variable.unit, mostOften = []] =
    [...groupBy(readings, (reading) => reading.unit)].sort(([, a], [, b]) => b.length - a.length)[0] ?? [];
  return {
    id: variable.id,
    name: variable.name,
    unit: UNIT_WORDS[unit] ?? unit,
    decimals: variable.decimals,
    points: mostOften.map(({ at, value }) => ({ at, value })).sort((a, b) => a.at.localeCompare(b.at)),
    limits: unit === variable.unit ? limitsOf(variable) : [],
  };
}

function limitsOf(variable: Variable): readonly TrendLimit[] {
  return variable.thresholds
    .filter((threshold) => threshold.relativeToCurrent !== true)
    .map(({ label, value, side }) => ({ label, value, side }));
}
