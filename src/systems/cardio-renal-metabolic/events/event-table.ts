import { at } from '../../../core/array.ts';
import type { ConditionId } from './conditions.ts';
import type { RiskFactors } from './risk-factors.ts';

/**
 * What an event is: `fatal` ends a life; `first` is counted once; `recurrent` may strike again;
 * `reversible` lasts for as long as its cause and passes when the drug is stopped.
 */
export type EventKind = 'fatal' | 'first' | 'recurrent' | 'reversible';

/** One clinical event that strikes by a hazard. */
export interface ClinicalEvent {
  readonly id: string;
  readonly kind: EventKind;
  /** Ids in the vocabulary of trial files; more come from `COMPOSITES`. */
  readonly trialIds: readonly string[];
  /** In whom alone it can strike; everyone when absent. */
  readonly where?: ConditionId;
}

/**
 * Every event that strikes by a hazard, in the order of hazards, times and uniforms.
 *
 * `aki`: an acute kidney injury as hospitals and registries count it, KDIGO stage 1 and more: what the engine's volume
 * event (`Individual.volumeEvent`) does to GFR. `volume_depletion`: symptoms of it without an injury.
 */
export const EVENTS = [
  { id: 'mi', kind: 'recurrent', trialIds: ['mi', 'coronary_heart_disease'] },
  { id: 'stroke', kind: 'recurrent', trialIds: ['stroke'] },
  { id: 'hf_hospitalisation', kind: 'recurrent', trialIds: ['hf_hospitalisation', 'heart_failure'] },
  { id: 'cv_death_other', kind: 'fatal', trialIds: [] },
  { id: 'death_non_cv', kind: 'fatal', trialIds: [] },
  { id: 'kidney_failure', kind: 'first', trialIds: ['kidney_failure'] },
  { id: 'hypoglycaemia_severe', kind: 'recurrent', trialIds: ['hypoglycaemia_severe'], where: 'diabetes' },
  { id: 'hypoglycaemia_mild', kind: 'recurrent', trialIds: ['hypoglycaemia_mild_or_moderate'], where: 'diabetes' },
  { id: 'gi_intolerance', kind: 'reversible', trialIds: ['gi_intolerance'] },
  { id: 'genital_infection', kind: 'recurrent', trialIds: ['genital_infection'] },
  { id: 'ketoacidosis', kind: 'recurrent', trialIds: ['ketoacidosis'], where: 'diabetes' },
  { id: 'volume_depletion', kind: 'recurrent', trialIds: ['volume_depletion'] },
  { id: 'aki', kind: 'recurrent', trialIds: ['aki'] },
  { id: 'hyponatraemia', kind: 'reversible', trialIds: ['hyponatraemia'] },
  { id: 'cough', kind: 'reversible', trialIds: ['cough'] },
  { id: 'angioedema', kind: 'recurrent', trialIds: ['angioedema'] },
  { id: 'oedema', kind: 'reversible', trialIds: ['oedema'] },
  { id: 'bradycardia', kind: 'reversible', trialIds: ['bradycardia'] },
  { id: 'myopathy', kind: 'reversible', trialIds: ['myopathy'] },
  { id: 'alt_raised', kind: 'reversible', trialIds: ['alt_raised'] },
  { id: 'gout_flare', kind: 'recurrent', trialIds: ['gout_flare'] },
  { id: 'falls', kind: 'recurrent', trialIds: ['falls'] },
  { id: 'bleeding', kind: 'recurrent', trialIds: ['bleeding'] },
  { id: 'hospitalisation_other', kind: 'recurrent', trialIds: [] },
  { id: 'lactic_acidosis', kind: 'recurrent', trialIds: ['lactic_acidosis'], where: 'diabetes' },
  { id: 'fracture', kind: 'recurrent', trialIds: ['fracture'] },
  { id: 'muscle_symptoms', kind: 'reversible', trialIds: ['muscle_symptoms'] },
] as const satisfies readonly ClinicalEvent[];

/** Names one event. */
export type EventId = (typeof EVENTS)[number]['id'];

const INDEX: ReadonlyMap<string, number> = new Map(EVENTS.map(({ id }, index) => [id, index]));

/** Where an event stands in hazards, times and uniforms. */
export function eventIndex(id: EventId): number {
  return EVENTS.findIndex((event) => event.id === id);
}

/** Whether a name is that of an event. */
export function isEventId(id: string): id is EventId {
  return INDEX.has(id);
}

/** The event at a place in the order. */
export function eventAt(index: number): ClinicalEvent {
  return at<ClinicalEvent>(EVENTS, index);
}

/** What derived events read of a patient, as a laboratory finds it. */
export type Moment = Pick<RiskFactors, 'egfr' | 'potassium' | 'hba1c'>;

/** What a derived event compares: the patient at the start of follow-up and now. */
export interface Course {
  readonly start: Pick<RiskFactors, 'egfr' | 'type2Diabetes'>;
  readonly now: Moment;
}

/** One event that is read off the state instead of striking by a hazard. */
export interface DerivedEvent {
  readonly id: string;
  readonly holds: (course: Course) => boolean;
}

/**
 * Events that are read off the state.
 *
 * Potassium above 5.5 mmol/L: fact `potassium.mild`. HbA1c 6.5 % and above: American Diabetes Association, Standards of
 * Care, section 2 (doi 10.2337/dc24-S002). GFR below 15: KDIGO 2024 category G5 (doi 10.1016/j.kint.2023.10.018).
 * A fall of eGFR by 40, 50 and 57 % (a doubling of creatinine): Levey AS, Am J Kidney Dis 2014;64:821 (doi
 * 10.1053/j.ajkd.2014.07.030).
 */
export const DERIVED: readonly DerivedEvent[] = [
  { id: 'hyperkalaemia', holds: ({ now }) => now.potassium > 5.5 },
  { id: 'egfr_decline_40', holds: (course) => keptGfr(course) <= 0.6 },
  { id: 'egfr_decline_50', holds: (course) => keptGfr(course) <= 0.5 },
  { id: 'egfr_decline_57', holds: (course) => keptGfr(course) <= 0.43 },
  { id: 'egfr_below_15', holds: ({ now }) => now.egfr < 15 },
  { id: 'new_diabetes', holds: ({ start, now }) => !start.type2Diabetes && now.hba1c >= 6.5 },
];

function keptGfr({ start, now }: Course): number {
  return now.egfr / start.egfr;
}
