import type { Part } from '../../systems/cardio-renal-metabolic/events/composites.ts';
import { compositeOf } from '../../systems/cardio-renal-metabolic/events/composites.ts';
import { DERIVED } from '../../systems/cardio-renal-metabolic/events/event-table.ts';
import { VARIABLES } from '../../systems/cardio-renal-metabolic/schema.ts';
import type { VariableId } from '../../systems/cardio-renal-metabolic/seen.ts';
import { isRatioMeasure } from '../trial-file.ts';
import type { TrialEndpoint } from '../trial-file.ts';
import { isSkewed } from './baseline-target.ts';
import { eventNamed, spelledAsVocabulary, variableNamed } from './endpoint-names.ts';
import { conversionOf, plainUnit } from './lab-units.ts';

/** What has to be computed for an endpoint of a trial. */
export type EndpointKind =
  | {
      readonly kind: 'change';
      readonly variable: VariableId;
      readonly isRelative: boolean;
      /** Units of the row in one of the system. */
      readonly factor: number;
      /** Set where the row is a ratio of geometric means. */
      readonly isLogarithmic?: true;
    }
  | { readonly kind: 'slope'; readonly isRelative: boolean }
  | { readonly kind: 'event'; readonly parts: readonly Part[]; readonly summary: EventSummary }
  | { readonly kind: 'glycaemic-failure' };

/** How the events of arms are summarised. */
export type EventSummary = 'hazard-ratio' | 'risk-ratio' | 'rate' | 'percent';

/** A kind, or why the row cannot be evaluated. */
export type ReadKind =
  { readonly ok: true; readonly kind: EndpointKind } | { readonly ok: false; readonly reason: string };

/** Of a change in per cent of what was there at the start, as `plainUnit` spells them. */
const RELATIVE_UNITS: ReadonlySet<string> = new Set([
  '%',
  'percent',
  '%ofbaseline',
  '%change',
  '%-point',
  '%point',
  'percentagepoint',
]);

/** Of the difference of what is counted in per cent. */
const POINTS: ReadonlySet<string> = new Set(['%-point', '%point', 'percentagepoint']);

const SLOPE_UNITS: ReadonlySet<string> = new Set(['/year', '/a', '/yr', '/y'].map((year) => `ml/min/1.73m2${year}`));

const SLOWER_LOSS = '%slowerlos';

/** Reads what an endpoint asks for. */
export function readEndpoint({ endpoint, unit, measure, unreadable }: TrialEndpoint): ReadKind {
  if (unreadable !== undefined) return { ok: false, reason: unreadable };
  const name = spelledAsVocabulary(endpoint);
  if (name === 'egfr_slope') return readSlope(unit, measure);
  const change = /^(.+?)_change(_relative)?$/.exec(name);
  if (change !== null) return readChange(change[1] ?? '', change[2] !== undefined, unit, measure);
  if (name === 'glycaemic_failure' && summaryOf(measure, unit) === 'rate') {
    return { ok: true, kind: { kind: 'glycaemic-failure' } };
  }
  return readEvent(eventNamed(name), measure, unit);
}

function readSlope(unit: string, measure: TrialEndpoint['measure']): ReadKind {
  const isRelative = measure === 'percent_change';
  const isMean = measure === 'mean_difference' || measure === 'arm_means';
  const plain = plainUnit(unit);
  const isRead = isRelative ? plain === SLOWER_LOSS : isMean && SLOPE_UNITS.has(plain);
  if (!isRead) return notUnderstood('egfr_slope', measure, unit);
  return { ok: true, kind: { kind: 'slope', isRelative } };
}

/** Unit of the ratio of geometric means of what was reached to what was there at the start. */
const GEOMETRIC: ReadonlySet<string> = new Set(['ratioofgeometricmean', 'geometricmeanratio']);

function readChange(name: string, isNamedRelative: boolean, unit: string, measure: TrialEndpoint['measure']): ReadKind {
  const id = variableNamed(name);
  const known = VARIABLES.find((variable) => variable.id === id);
  if (known === undefined) return { ok: false, reason: `${name} is no variable of the system` };
  const variable = known.id as VariableId;
  const plain = plainUnit(unit);
  const change = (isRelative: boolean, factor: number): ReadKind => ({
    ok: true,
    kind: { kind: 'change', variable, isRelative, factor },
  });
  if (measure === 'risk_ratio' && isSkewed(variable) && GEOMETRIC.has(plain)) {
    return { ok: true, kind: { kind: 'change', variable, isRelative: true, factor: 1, isLogarithmic: true } };
  }
  if (measure === 'rate' || isRatioMeasure(measure)) return notUnderstood(`${name}_change`, measure, unit);
  // A difference in per cent of what is not counted in per cent can only be relative.
  const isInPercent = RELATIVE_UNITS.has(plain) && (known.unit !== '%' || plain === '%ofbaseline');
  if (isNamedRelative || measure === 'percent_change' || isInPercent) {
    const isOfPoints = !isNamedRelative && known.unit === '%' && POINTS.has(plain);
    return RELATIVE_UNITS.has(plain) && !isOfPoints
      ? change(true, 1)
      : notUnderstood(`${name}_change in per cent`, measure, unit);
  }
  if (known.unit === '%' && POINTS.has(plain)) return change(false, 1);
  const conversion = conversionOf(variable, unit);
  return conversion === undefined
    ? notUnderstood(`${name}_change`, measure, unit)
    : change(false, conversion.slope === 1 ? 1 : 1 / conversion.slope);
}

function notUnderstood(endpoint: string, measure: TrialEndpoint['measure'], unit: string): ReadKind {
  return { ok: false, reason: `${endpoint} as ${measure} in ${unit} is not understood` };
}

const DERIVED_IDS: ReadonlySet<string> = new Set(DERIVED.map(({ id }) => id));

function readEvent(endpoint: string, measure: TrialEndpoint['measure'], unit: string): ReadKind {
  const parts = compositeOf(endpoint) ?? (DERIVED_IDS.has(endpoint) ? [{ derived: endpoint }] : undefined);
  if (parts === undefined) return { ok: false, reason: `${endpoint} is no endpoint that the system defines` };
  const summary = summaryOf(measure, unit);
  if (summary === undefined) return notUnderstood(endpoint, measure, unit);
  return { ok: true, kind: { kind: 'event', parts, summary } };
}

/** Units of ratios, of cumulative incidence and of rates, as `plainUnit` spells them. An odds ratio is none of these. */
const RATIO_UNITS: ReadonlySet<string> = new Set([
  'ratio',
  '1',
  'hazardratio',
  'riskratio',
  'relativerisk',
  'rateratio',
]);
const PERCENT_UNITS: ReadonlySet<string> = new Set(
  ['', 'ofpeople', 'ofpatient', 'ofparticipant'].flatMap((who) => [`%${who}`, `percent${who}`]),
);
const RATE_UNITS: ReadonlySet<string> = new Set(
  ['person-year', 'patient-year', 'personyear', 'patientyear'].flatMap((years) =>
    ['', 'event', 'events', 'people', '1'].map((counted) => `${counted}/100${years}`),
  ),
);

function summaryOf(measure: TrialEndpoint['measure'], unit: string): EventSummary | undefined {
  const plain = plainUnit(unit);
  switch (measure) {
    case 'hazard_ratio':
      return RATIO_UNITS.has(plain) ? 'hazard-ratio' : undefined;
    case 'risk_ratio':
      return RATIO_UNITS.has(plain) ? 'risk-ratio' : undefined;
    case 'rate':
      return PERCENT_UNITS.has(plain) ? 'percent' : RATE_UNITS.has(plain) ? 'rate' : undefined;
    case 'mean_difference':
    case 'arm_means':
    case 'percent_change':
      return undefined;
  }
}
