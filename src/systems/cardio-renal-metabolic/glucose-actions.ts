import { CLASSES } from './parameter-units.ts';
import type { DrugClass } from './parameter-units.ts';
import type { Action } from './actions.ts';
import type { Parameters } from './parameters.ts';
import {
  balancedGlucose,
  capacityFor,
  glucoseOfHba1c,
  hba1cOfGlucose,
  NO_PUSH,
  roomAt,
  sensitivityOfWeight,
} from './physiology/glycaemia.ts';
import type { GlucoseBalance, GlucoseOfHba1c, GlucosePush } from './physiology/glycaemia.ts';

/** Through which part of the glucose balance a class lowers HbA1c, and how much of it a published %-point takes. */
export interface GlucoseAction {
  readonly action: GlucoseRoute;
  readonly perPoint: number;
}

/** The action of every class. */
export type GlucoseActions = Readonly<Record<DrugClass, GlucoseAction>>;

type GlucoseRoute = Extract<Action, 'appearance' | 'sensitivity' | 'secretion' | 'glucosuria' | 'injected'>;

/**
 * Where each class acts: metformin on the output of the liver, acarbose on what meals bring, sulfonylureas and incretins on secretion,
 * thiazolidinediones on sensitivity, SGLT2 inhibitors on the kidney (DeFronzo 2009, doi 10.2337/db09-9028). A class
 * that is not named and yet moves HbA1c (a beta blocker, a thiazide, exercise) does so through sensitivity.
 */
const ROUTES: Readonly<Partial<Record<DrugClass, GlucoseRoute>>> = {
  biguanide: 'appearance',
  agi: 'appearance',
  sulfonylurea: 'secretion',
  dpp4i: 'secretion',
  glp1ra: 'secretion',
  gip_glp1ra: 'secretion',
  insulin: 'injected',
  sglt2i: 'glucosuria',
};

/** HbA1c (%) of the people in whom an effect was measured, where its row does not say: the middle of trials in type 2 diabetes. */
const TRIAL_HBA1C = 8;

/** Bisections after which an action is known to a billionth of its range. */
const HALVINGS = 40;

/**
 * Classes whose published effect on HbA1c comes mostly from people who took metformin already. The older ones were
 * measured alone; so, as far as their sources tell, were exercise and diet (pooled from 1980 on, no background named)
 * and drugs that people without diabetes take for something else.
 */
const ADDED_TO_METFORMIN: ReadonlySet<DrugClass> = new Set([
  'sulfonylurea',
  'dpp4i',
  'glp1ra',
  'gip_glp1ra',
  'insulin',
  'sglt2i',
]);

/**
 * Solves how strongly each class must act in the glucose balance so that its published fall of HbA1c comes out in the
 * people in whom it was measured, with or without metformin: published numbers in, causes out.
 */
export function glucoseActions(parameters: Parameters): GlucoseActions {
  const metformin = glucoseActionOf(parameters, 'biguanide', NO_PUSH);
  const output = metformin.perPoint * (parameters['biguanide.hba1c']?.value ?? 0);
  const onMetformin = { ...NO_PUSH, output };
  return Object.fromEntries(
    CLASSES.map((drugClass) => [
      drugClass,
      glucoseActionOf(parameters, drugClass, ADDED_TO_METFORMIN.has(drugClass) ? onMetformin : NO_PUSH),
    ]),
  ) as unknown as GlucoseActions;
}

function glucoseActionOf(parameters: Parameters, drugClass: DrugClass, background: GlucosePush): GlucoseAction {
  const action = ROUTES[drugClass] ?? 'sensitivity';
  const row = parameters[`${drugClass}.hba1c`];
  if (row === undefined || row.value === 0) return { action, perPoint: 0 };
  const before = row.at?.hba1c ?? TRIAL_HBA1C;
  const weight = (parameters[`${drugClass}.body_weight`]?.value ?? 0) / 100;
  const trial = { before, weight, action, background };
  const strength = solve((tried) => hba1cUnder(parameters, trial, tried) - (before + row.value), action);
  return { action, perPoint: strength / row.value };
}

interface Trial {
  /** HbA1c before the class, under the background; unit: %. */
  readonly before: number;
  /** Change of weight, as a share. */
  readonly weight: number;
  readonly action: GlucoseRoute;
  readonly background: GlucosePush;
}

function hba1cUnder(parameters: Parameters, { before, weight, action, background }: Trial, tried: number): number {
  const scale = hba1cScale(parameters);
  const rest = glucoseOfHba1c(scale, before);
  const ofWeight = sensitivityOfWeight(weight, parameters['insulin.weight_sensitivity'].value / 100);
  const push = pushed({ ...background, sensitivity: ofWeight }, action, tried);
  const balance = balanceUnder(parameters, before, background);
  return hba1cOfGlucose(scale, balancedGlucose(balance, push, rest, false));
}

/** The balance of the average person who comes to rest at an HbA1c (%) under a push of the output alone. */
function balanceUnder(parameters: Parameters, hba1c: number, { output }: GlucosePush): GlucoseBalance {
  const rest = balanceAt(parameters, hba1c);
  const glucose = glucoseOfHba1c(hba1cScale(parameters), hba1c);
  const under = { ...rest, output: rest.output * (1 + output * roomAt(glucose)) };
  return { ...rest, capacity: capacityFor(glucose, under) };
}

/** The glucose balance of the average person who rests at an HbA1c (%) without drugs. */
export function balanceAt(parameters: Parameters, hba1c: number): GlucoseBalance {
  const balance = {
    output: parameters['glucose.hepatic_output'].value,
    clearance: parameters['glucose.effectiveness'].value,
    sensitivity: parameters['insulin.sensitivity'].value,
    halfStimulation: parameters['glucose.half_stimulation'].value,
  };
  return { ...balance, capacity: capacityFor(glucoseOfHba1c(hba1cScale(parameters), hba1c), balance) };
}

/** How HbA1c and mean glucose hang together. */
export function hba1cScale(parameters: Parameters): GlucoseOfHba1c {
  return {
    slope: parameters['glucose.hba1c_slope'].value,
    intercept: parameters['glucose.hba1c_intercept'].value,
  };
}

function pushed(push: GlucosePush, action: GlucoseRoute, strength: number): GlucosePush {
  switch (action) {
    case 'appearance':
      return { ...push, output: (1 + push.output) * (1 + strength) - 1 };
    case 'sensitivity':
      return { ...push, sensitivity: (1 + push.sensitivity) * (1 + strength) - 1 };
    case 'secretion':
      return { ...push, capacity: strength };
    case 'glucosuria':
      return { ...push, spilled: strength };
    case 'injected':
      return { ...push, injected: strength };
  }
}

/** The strength at which HbA1c meets the published one. More output raises it, more of anything else lowers it. */
function solve(excess: (strength: number) => number, action: GlucoseRoute): number {
  let [low, high] = action === 'appearance' ? [-0.9, 0.9] : [-0.9, 60];
  const rises = action === 'appearance';
  for (let halving = 0; halving < HALVINGS; halving += 1) {
    const middle = (low + high) / 2;
    if (excess(middle) > 0 === rises) high = middle;
    else low = middle;
  }
  return (low + high) / 2;
}
