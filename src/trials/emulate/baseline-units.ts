import type { Criterion } from '../eligibility.ts';
import type { BaselineItem, TrialPopulation } from '../trial-file.ts';
import { spelledAsVocabulary, variableNamed } from './endpoint-names.ts';
import { conversionOf, hasUnits, isUsual, strangeness, systemUnitOf } from './lab-units.ts';

/** An item in the unit of the system, or why it cannot be read. */
export type ReadItem =
  { readonly ok: true; readonly item: BaselineItem } | { readonly ok: false; readonly reason: string };

/** Reads an item of a baseline table into the unit of the system; what the system has no item for stays as it is. */
export function readBaselineItem(name: string, item: BaselineItem): ReadItem {
  if (!hasUnits(name)) return { ok: true, item };
  const conversion = conversionOf(name, item.unit);
  if (conversion === undefined) return { ok: false, reason: `baseline ${name} in ${item.unit} is not understood` };
  const { slope, intercept } = conversion;
  const own = (value: number): number => slope * value + intercept;
  const centre = own(item.form === 'mean' ? item.mean : item.median);
  const strange = strangeness(name, centre);
  if (strange !== undefined) return { ok: false, reason: `baseline ${strange}` };
  if (slope === 1) return { ok: true, item };
  const unit = systemUnitOf(name) ?? item.unit;
  if (item.form === 'mean') {
    return {
      ok: true,
      item: { form: 'mean', mean: centre, unit, ...(item.sd !== undefined && { sd: item.sd * slope }) },
    };
  }
  const { q1, q3 } = item;
  return {
    ok: true,
    item: {
      form: 'median',
      median: centre,
      unit,
      ...(q1 !== undefined && { q1: own(q1) }),
      ...(q3 !== undefined && { q3: own(q3) }),
    },
  };
}

/**
 * Why a bound of eligibility could be in either of two units; undefined where it is clear.
 *
 * Conditions carry no unit and are read in that of the system. Where the table has the item in another unit, a bound that
 * people could have in both is not guessed at. `tableUnit`: the unit of the item in the file.
 */
export function whyUnclear({ item, value }: Criterion, tableUnit: string): string | undefined {
  const { slope, intercept } = conversionOf(item, tableUnit) ?? { slope: 1, intercept: 0 };
  if (slope === 1 || value === 0 || !isUsual(item, slope * value + intercept)) return undefined;
  const unit = systemUnitOf(item) ?? 'the unit of the system';
  return `eligibility: ${item} ${value} could be in ${tableUnit}, like the table; write the table and the bound in ${unit}`;
}

/** Months that a slope of eGFR needs: two that hold the acute change (`CHRONIC_FROM`), and half a year to be seen after it. */
const SLOPE_NEEDS = 8;

/**
 * Why a row cannot be evaluated however its arms are simulated: who was enrolled is unclear, the baseline of its own variable could not be read, or its
 * slope ends with the acute change. `months`: how long the trial follows the people of the row.
 */
export function whyUnreadable(
  endpoint: string,
  months: number,
  { refused, unclear }: Pick<TrialPopulation, 'refused' | 'unclear'>,
): string | undefined {
  if (unclear !== undefined) return unclear;
  const name = spelledAsVocabulary(endpoint);
  if (name === 'egfr_slope' && months < SLOPE_NEEDS) {
    return `a chronic slope of eGFR needs ${SLOPE_NEEDS} months of follow-up, not ${months}`;
  }
  const variable = variableNamed(name.replace(/_(?:slope|change(?:_relative)?)$/, ''));
  return refused !== undefined && Object.hasOwn(refused, variable) ? refused[variable] : undefined;
}
