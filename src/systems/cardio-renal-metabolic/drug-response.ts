import { A, ACTION_COUNT } from './actions.ts';
import type { Action } from './actions.ts';
import { COMPONENTS } from './components.ts';
import type { Component } from './components.ts';
import { ownValue } from './draws.ts';
import type { Scores } from './draws.ts';
import type { GlucoseActions } from './glucose-actions.ts';
import type { DrugClass, EffectName, ParameterId } from './parameter-units.ts';
import type { Parameters } from './parameters.ts';
import { doseCurve } from './physiology/dose.ts';
import type { DoseCurve } from './physiology/dose.ts';
import { massTimeConstant } from './physiology/energy.ts';
import { pressureRatio } from './physiology/pressure.ts';

/** One person's response to everything that acts, by `COMPONENTS`. */
export interface Responses {
  /** Shape [components, actions], row-major: the effect of the reference dose in the long run. */
  readonly actions: Float64Array;
  readonly curves: readonly DoseCurve[];
  /** Time constants; unit: d. */
  readonly onset: Float64Array;
}

// Weir 2010 (row acei.potassium, with potassium.egfr_amplification): blockers of the renin–angiotensin–aldosterone
// axis raise potassium more as the kidney fails; row bb.potassium asks not to amplify.
const RAAS: ReadonlySet<DrugClass> = new Set(['acei', 'arb', 'arni', 'mra']);

/** Programmes that a person either follows or not: no dose curve. */
const SWITCHED: DoseCurve = doseCurve(0, 1);

/** The person whose response is asked for. */
export interface Responder {
  readonly parameters: Parameters;
  readonly scores: Scores;
  readonly type2Diabetes: boolean;
  readonly reducedEjectionFraction: boolean;
  /** Without any drug; unit: mg/dL. */
  readonly urate: number;
  readonly glucose: GlucoseActions;
}

/** One person's response to each component. */
export function drugResponses(responder: Responder): Responses {
  const actions = new Float64Array(COMPONENTS.length * ACTION_COUNT);
  COMPONENTS.forEach((component, index) => {
    for (const effect of component.effects) {
      addActions(responder, component.drugClass, effect, actions.subarray(index * ACTION_COUNT));
    }
  });
  return {
    actions,
    curves: COMPONENTS.map((component) => curveOf(responder, component)),
    onset: Float64Array.from(COMPONENTS, (component) => onsetOf(responder, component)),
  };
}

function curveOf({ parameters, scores }: Responder, { drugClass, ownCurve }: Component): DoseCurve {
  const id: ParameterId = ownCurve === undefined ? `${drugClass}.ed50` : `${drugClass}.${ownCurve}_ed50`;
  if (parameters[id] === undefined) return SWITCHED;
  return doseCurve(ownValue(parameters, scores, id), parameters[`${drugClass}.hill`]?.value ?? 1);
}

/** How long a person's body mass takes to follow a new energy balance. Unit: d. */
export function massTimeOf(parameters: Parameters, scores: Scores): number {
  return massTimeConstant({
    density: ownValue(parameters, scores, 'energy.density'),
    expenditureSlope: ownValue(parameters, scores, 'energy.expenditure_slope'),
    appetiteFeedback: ownValue(parameters, scores, 'energy.appetite_feedback'),
  });
}

/** Unit: d. A class without the row has no effect to set in (a test holds that), and 1 keeps the division defined. */
function onsetOf({ parameters, scores }: Responder, { drugClass, settlesWithMass }: Component): number {
  if (settlesWithMass) return massTimeOf(parameters, scores);
  return parameters[`${drugClass}.onset`] === undefined ? 1 : ownValue(parameters, scores, `${drugClass}.onset`);
}

function addActions(responder: Responder, drugClass: DrugClass, effect: EffectName, row: Float64Array): void {
  const id = `${drugClass}.${effect}` as const;
  if (responder.parameters[id] === undefined) return;
  const own = ownValue(responder.parameters, responder.scores, id);
  for (const [action, value] of ACTIONS_OF[effect](own, responder, drugClass)) row[A[action]] = value;
}

type ToActions = (own: number, responder: Responder, drugClass: DrugClass) => readonly (readonly [Action, number])[];

/**
 * What a person's own value of a published effect does, and how strongly. Rows are total effects, so weight carries
 * pressure and lipids along only under `ACTS_THROUGH_WEIGHT`.
 */
const ACTIONS_OF: Readonly<Record<EffectName, ToActions>> = {
  hba1c: (own, { glucose }, drugClass) => [[glucose[drugClass].action, glucose[drugClass].perPoint * own]],
  body_weight: (own, responder, drugClass) => {
    const share = (own / 100) * weightFactor(responder, drugClass);
    return [
      ['mass', share],
      ['carryingMass', ACTS_THROUGH_WEIGHT.has(drugClass) ? share : 0],
    ];
  },
  fluid: (own) => [['fluid', own]],
  sbp: (own, responder, drugClass) => [['pressure', pressureAction(responder, drugClass, own)]],
  heart_rate: (own) => [['heartRate', own]],
  ldl: (own) => [['ldl', own / 100]],
  hdl: (own) => [['hdl', own / 100]],
  triglycerides: (own) => [['triglycerides', own / 100]],
  uacr: (own, { parameters }, drugClass) => [
    ['uacr', own / 100],
    ['slopeUacr', parameters[`${drugClass}.slope`] === undefined ? own / 100 : 0],
  ],
  nt_probnp: (own) => [['ntProbnp', own / 100]],
  urate: (own, responder, drugClass) => [['urate', (own / 100) * urateFactor(responder, drugClass)]],
  lvef: (own, { reducedEjectionFraction }) => [['lvef', reducedEjectionFraction ? own : 0]],
  potassium: (own, _, drugClass) => [[RAAS.has(drugClass) ? 'potassiumOfRaas' : 'potassium', own]],
  egfr: (own) => [['gfr', own / 100]],
  slope: (own) => [['slope', own / 100]],
};

/**
 * Classes without rows of pressure and lipids, which change with the weight that they take off (rows sbp.per_weight,
 * ldl.per_weight and those beside it, whose meta-analyses hold diets and drugs). What a drug against obesity does to them
 * besides stands in `Intervention.unmodelled`.
 */
const ACTS_THROUGH_WEIGHT: ReadonlySet<DrugClass> = new Set(['weight_loss', 'antiobesity']);

/** Trials of incretins weighed people with diabetes; without it the same drug takes off more (row weight.diabetes_factor). */
function weightFactor({ parameters, type2Diabetes }: Responder, drugClass: DrugClass): number {
  return !type2Diabetes && WEIGHED_IN_DIABETES.has(drugClass) ? 1 / parameters['weight.diabetes_factor'].value : 1;
}

const WEIGHED_IN_DIABETES: ReadonlySet<DrugClass> = new Set(['glp1ra', 'gip_glp1ra']);

/** By what share a fall in pressure shortens the distance from the floor. */
function pressureAction({ parameters }: Responder, drugClass: DrugClass, own: number): number {
  const baseline = parameters[`${drugClass}.sbp`]?.at?.sbp ?? TRIAL_PRESSURE;
  return pressureRatio(own, baseline, parameters['pressure.trial_floor'].value) - 1;
}

/** Pre-treatment systolic pressure (mm[Hg]) of Law 2003's trials, for rows whose source names none. */
const TRIAL_PRESSURE = 154;

/** A xanthine oxidase inhibitor lowers only what lies above the resistant part of urate (row xoi.resistant_urate). */
function urateFactor({ parameters, urate }: Responder, drugClass: DrugClass): number {
  const baseline = parameters[`${drugClass}.urate`]?.at?.urate;
  if (drugClass !== 'xoi' || baseline === undefined) return 1;
  const resistant = parameters['xoi.resistant_urate'].value;
  return Math.max(0, 1 - resistant / urate) / (1 - resistant / baseline);
}
