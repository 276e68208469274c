import type { ArmPlan } from '../emulate/arm-plan.ts';
import { planArm } from '../emulate/arm-plan.ts';
import { readEndpoint } from '../emulate/endpoint-kind.ts';
import type { EndpointKind } from '../emulate/endpoint-kind.ts';
import { armOf } from '../trial-file.ts';
import type { TrialEndpoint, TrialFile } from '../trial-file.ts';

/** Endpoints for which a trial can be designed. */
export type DesignKind = Extract<EndpointKind, { kind: 'change' | 'slope' | 'event' }>;

/** The comparison that a trial is designed for. */
export interface PrimaryQuestion {
  readonly endpoint: TrialEndpoint;
  readonly kind: DesignKind;
  readonly arm: ArmPlan;
  readonly comparator: ArmPlan;
}

/** The question, or why no trial can be designed for it. */
export type Asked =
  { readonly ok: true; readonly question: PrimaryQuestion } | { readonly ok: false; readonly reason: string };

/** The primary comparison of a trial: the endpoint of that name, else the first of the file. */
export function primaryQuestion(trial: TrialFile, primary?: string): Asked {
  const endpoint = trial.endpoints.find((row) => primary === undefined || row.endpoint === primary);
  if (endpoint === undefined) {
    const names = trial.endpoints.map((row) => row.endpoint).join(', ');
    return { ok: false, reason: `no endpoint is called ${String(primary)}; the file has ${names}` };
  }
  const read = readEndpoint(endpoint);
  if (!read.ok) return read;
  const kind = designKind(read.kind);
  if (kind === undefined) {
    return { ok: false, reason: `${endpoint.endpoint} as ${endpoint.measure} is described, not tested, by a trial` };
  }
  const arm = planOf(trial, endpoint.arm);
  if (!arm.ok) return arm;
  const comparator = planOf(trial, endpoint.comparator);
  if (!comparator.ok) return comparator;
  return { ok: true, question: { endpoint, kind, arm: arm.plan, comparator: comparator.plan } };
}

/** Ratios are tested by the hazard ratio; rates of one arm are no test. */
function designKind(kind: EndpointKind): DesignKind | undefined {
  switch (kind.kind) {
    case 'change':
    case 'slope':
      return kind;
    case 'event':
      return kind.summary === 'hazard-ratio' || kind.summary === 'risk-ratio'
        ? { ...kind, summary: 'hazard-ratio' }
        : undefined;
    case 'glycaemic-failure':
      return undefined;
  }
}

function planOf(trial: TrialFile, id: string): ReturnType<typeof planArm> {
  const arm = armOf(trial, id);
  return arm === undefined
    ? { ok: false, reason: `a trial is designed between two arms, and ${id === '' ? 'nothing' : id} is none` }
    : planArm(arm);
}
