import type { Part } from '../../systems/cardio-renal-metabolic/events/composites.ts';
import { compositeOf } from '../../systems/cardio-renal-metabolic/events/composites.ts';
import { DERIVED } from '../../systems/cardio-renal-metabolic/events/event-table.ts';
import { VARIABLES } from '../../systems/cardio-renal-metabolic/schema.ts';
import type { VariableId } from '../../systems/cardio-renal-metabolic/seen.ts';
import type { TrialEndpoint } from '../trial-file.ts';

/** What has to be computed for an endpoint of a trial. */
export type EndpointKind =
  | { readonly kind: 'change'; readonly variable: VariableId; readonly isRelative: boolean; readonly factor: number }
  | { readonly kind: 'slope'; readonly isRelative: boolean }
  | { readonly kind: 'event'; readonly parts: readonly Part[]; readonly summary: EventSummary }
  | { readonly kind: 'glycaemic-failure' };

/** How the events of arms are summarised. */
export type EventSummary = 'hazard-ratio' | 'risk-ratio' | 'rate' | 'percent';

/** A kind, or why the row cannot be evaluated. */
export type ReadKind =
  { readonly ok: true; readonly kind: EndpointKind } | { readonly ok: false; readonly reason: string };

/** Names of trial files that differ from those of the system. */
const VARIABLE_NAMES: Readonly<Record<string, VariableId>> = { ldl_c: 'ldl', hdl_c: 'hdl' };

/** 1 mmol/L in mg/dL: glucose (molar mass 180.16 g/mol, PubChem CID 5793), cholesterol (386.65, CID 5997), triglycerides (885.4, CID 5497163). */
const MG_PER_MMOL: Readonly<Partial<Record<VariableId, number>>> = {
  fasting_glucose: 18.016,
  ldl: 38.67,
  hdl: 38.67,
  triglycerides: 88.57,
};

/** Reads what an endpoint asks for. */
export function readEndpoint({ endpoint, unit, measure }: TrialEndpoint): ReadKind {
  if (endpoint === 'egfr_slope') return { ok: true, kind: { kind: 'slope', isRelative: measure === 'percent_change' } };
  const change = /^(.+?)_change(_relative)?$/.exec(endpoint);
  if (change !== null)
    return readChange(change[1] ?? '', change[2] !== undefined || measure === 'percent_change', unit);
  if (endpoint === 'glycaemic_failure' && measure === 'rate') return { ok: true, kind: { kind: 'glycaemic-failure' } };
  return readEvent(endpoint, measure, unit);
}

function readChange(name: string, isRelative: boolean, unit: string): ReadKind {
  const id = VARIABLE_NAMES[name] ?? name;
  const variable = VARIABLES.find((known) => known.id === id)?.id as VariableId | undefined;
  if (variable === undefined) return { ok: false, reason: `${name} is no variable of the system` };
  const factor = isRelative || unit !== 'mmol/L' ? 1 : 1 / (MG_PER_MMOL[variable] ?? 1);
  return { ok: true, kind: { kind: 'change', variable, isRelative, factor } };
}

const DERIVED_IDS: ReadonlySet<string> = new Set(DERIVED.map(({ id }) => id));

function readEvent(endpoint: string, measure: TrialEndpoint['measure'], unit: string): ReadKind {
  const parts = compositeOf(endpoint) ?? (DERIVED_IDS.has(endpoint) ? [{ derived: endpoint }] : undefined);
  if (parts === undefined) return { ok: false, reason: `${endpoint} is no endpoint that the system defines` };
  const summary = summaryOf(measure, unit);
  if (summary === undefined) return { ok: false, reason: `${endpoint} as ${measure} in ${unit} is not understood` };
  return { ok: true, kind: { kind: 'event', parts, summary } };
}

function summaryOf(measure: TrialEndpoint['measure'], unit: string): EventSummary | undefined {
  switch (measure) {
    case 'hazard_ratio':
      return 'hazard-ratio';
    case 'risk_ratio':
      return 'risk-ratio';
    case 'rate':
      return unit.startsWith('%') ? 'percent' : unit.includes('100 person-years') ? 'rate' : undefined;
    case 'mean_difference':
    case 'arm_means':
    case 'percent_change':
      return undefined;
  }
}
