import { at, entry } from '../../core/array.ts';
import { DAYS_A_YEAR } from '../../core/time.ts';
import { egfrAtKink } from '../ckd-epi.ts';
import { fluctuate, normalProbability, relax, relaxAfter } from '../integrate.ts';
import { AXES, COMPONENTS } from './components.ts';
import { A, ACTION_COUNT, SUM_COUNT } from './actions.ts';
import type { Individual } from './individual.ts';
import { CLASS_INDEX } from './parameter-units.ts';
import type { DrugClass } from './parameter-units.ts';
import { doseEffect } from './physiology/dose.ts';
import { balancedGlucose, hba1cOfGlucose, sensitivityOfWeight } from './physiology/glycaemia.ts';
import { VARIABLES } from './schema.ts';
import { ACTIONS, EFFECTS, FLUCTUATIONS, LOGARITHMIC, S, STATE_SIZE, TARGET } from './state.ts';
import type { Follower, PatientState } from './state.ts';
import type { Structure } from './structure.ts';

export type { PatientState } from './state.ts';

/** Standard-normal numbers that one step takes: a fluctuation a variable, then whether and when a volume event strikes. */
export const STEP_NOISE = VARIABLES.length + 2;

/** Noise without fluctuation and, its last scores lying far out, without a volume event: what is foreseen of a step. */
export const QUIET_NOISE: readonly number[] = [...VARIABLES.map(() => 0), 9, 9];

/** eGFR (mL/min/{1.73_m2}) at which potassium.setpoint stands and below which effects on potassium and HbA1c change (rows' notes). */
const REFERENCE_GFR = 60;

/** A patient's kidneys do not fall below what a living adult shows (schema, eGFR). */
const LEAST_GFR = VARIABLES.find(({ id }) => id === 'egfr')?.plausible.low ?? 0;

/** An acute injury smaller than this (logarithm of GFR) no longer asks for daily steps. */
const NEGLIGIBLE_INJURY = 0.02;

/** Longest stretch (unit: d) over which a class that is still moving counts as moving evenly, and what counts as still moving. */
const MOVING_STRETCH = 7;
const MOVING = 0.02;

/** Distance of body mass from its target (kg) that still moves glucose. */
const MOVING_MASS = 0.5;

/** An effect that is this near to its long-run action (multiples of the reference dose's effect) has arrived. */
const FADED = 1e-4;

/** No drug, however much a person responds to it, takes a quantity below this share of what the others leave. */
const LEAST_RATIO = 0.02;

/** The channel of each component. */
const CHANNEL_OF = COMPONENTS.map(({ drugClass }) => CLASS_INDEX[drugClass]);

/** Programmes that people tire of: the component of each, and where the effort put into it lies. */
const PROGRAMMES = [
  { component: COMPONENTS.findIndex(({ drugClass }) => drugClass === 'lifestyle'), effort: S.lifestyleEffort },
  { component: COMPONENTS.findIndex(({ drugClass }) => drugClass === 'weight_loss'), effort: S.weightLossEffort },
] as const;

const IS_PROGRAMME = COMPONENTS.map((_, index) => PROGRAMMES.some(({ component }) => component === index));

/** The state in which a patient has settled under constant doses. `noise`: [variables]. */
export function restingState(individual: Individual, doses: readonly number[], noise: readonly number[]): PatientState {
  const state = new Float64Array(STATE_SIZE);
  state[S.structuralGfr] = individual.setpoints.gfr;
  state[S.betaCell] = 1;
  for (const { effort } of PROGRAMMES) state[effort] = 1;
  state[S.glucose] = individual.glucose.scale.slope * individual.setpoints.hba1c + individual.glucose.scale.intercept;
  aimLevels(individual, state, doses);
  state.set(LEVELS, EFFECTS);
  settle(individual, state);
  individual.fluctuations.forEach(({ sd }, index) => {
    state[FLUCTUATIONS + index] = sd * at(noise, index);
  });
  return state;
}

/** Puts everything that follows at the place where it follows to. */
function settle(individual: Individual, state: PatientState): void {
  gatherActions(individual, state);
  for (let round = 0; round < SETTLING_ROUNDS; round += 1) {
    aim(individual, state);
    for (const follower of FOLLOWERS) state[S[follower]] = entry(state, TARGET[follower]);
  }
}

/** Weight moves glucose and GFR moves potassium: after a few rounds nothing moves any more. */
const SETTLING_ROUNDS = 12;

const FOLLOWERS = Object.keys(TARGET) as readonly Follower[];

const TARGET_START = TARGET.uacr;

/**
 * Moves a patient under constant doses by a step of any length up to a month.
 *
 * `doses`: fraction of the reference dose, [channels]. `days` > 0, unit: d. `noise`: standard normal, [STEP_NOISE]; the
 * same noise for two regimens gives a counterfactual pair.
 */
export function stepPatient(
  individual: Individual,
  state: PatientState,
  doses: readonly number[],
  days: number,
  noise: readonly number[],
): PatientState {
  const next = state.slice();
  advancePatient(individual, next, doses, days, noise);
  return next;
}

/** The same in place, for those who own the state. */
export function advancePatient(
  individual: Individual,
  state: PatientState,
  doses: readonly number[],
  days: number,
  noise: readonly number[],
): void {
  advancePhysiology(individual, state, doses, days, strike(individual, days, noise));
  fluctuateAll(individual, state, days, noise);
}

/**
 * Moves a patient whose acute illness somebody else decides: `struck` is the day within the step on which it strikes,
 * undefined when it does not; the noise's own say is not asked.
 */
export function stepStruckPatient(
  individual: Individual,
  state: PatientState,
  doses: readonly number[],
  step: { readonly days: number; readonly noise: readonly number[]; readonly struck: number | undefined },
): PatientState {
  const next = state.slice();
  advancePhysiology(individual, next, doses, step.days, step.struck);
  fluctuateAll(individual, next, step.days, step.noise);
  return next;
}

function fluctuateAll(individual: Individual, state: PatientState, days: number, noise: readonly number[]): void {
  for (let index = 0; index < VARIABLES.length; index += 1) {
    const process = at(individual.fluctuations, index);
    const place = FLUCTUATIONS + index;
    if (process.sd > 0) state[place] = fluctuate(entry(state, place), process, days, at(noise, index));
  }
}

/**
 * Moves what has causes and leaves the fluctuations alone: all that the mean of many people needs.
 *
 * Each quantity relaxes exactly towards a target that moves evenly during a stretch. Stretches are cut to a week while
 * a drug is still setting in, and to a day while an acute injury bends GFR. `struck`: day within the step on which a
 * volume event strikes.
 */
export function advancePhysiology(
  individual: Individual,
  state: PatientState,
  doses: readonly number[],
  days: number,
  struck?: number,
): void {
  aimLevels(individual, state, doses);
  let passed = 0;
  while (passed < days) {
    const left = days - passed;
    const isAcute = struck !== undefined || entry(state, S.acuteInjury) < -NEGLIGIBLE_INJURY;
    const length = isAcute ? Math.min(left, 1) : left > MOVING_STRETCH && isMoving(state) ? MOVING_STRETCH : left;
    const strikesNow = struck !== undefined && struck >= passed && (struck < passed + length || length === left);
    if (strikesNow) injure(individual, state);
    flow(individual, state, length);
    passed += length;
  }
}

/** A state struck by a volume event: GFR falls at once and recovers over the event's duration. */
export function injured(individual: Individual, state: PatientState): PatientState {
  const next = state.slice();
  injure(individual, next);
  return next;
}

function injure({ volumeEvent }: Individual, state: PatientState): void {
  const before = entry(state, S.acuteInjury);
  const after = Math.min(before, volumeEvent.logDrop);
  state[S.acuteInjury] = after;
  state[S.gfr] = Math.max(LEAST_GFR, entry(state, S.gfr) * Math.exp(after - before));
}

/** GFR with the drugs' haemodynamic effects and acute injury, without fluctuation; unit: mL/min/{1.73_m2}. */
export function gfrOf(state: PatientState): number {
  return entry(state, S.gfr);
}

/**
 * What one step works on, shared between calls because nothing of it outlives one: the long-run action of the doses by
 * `COMPONENTS`, which components act at all, the targets before they move, and the strongest actions on one axis.
 */
const LEVELS = new Float64Array(COMPONENTS.length);
const ACTIVE = new Int32Array(COMPONENTS.length);
const BEFORE = new Float64Array(FOLLOWERS.length);
const STRONGEST = new Float64Array(ACTION_COUNT);
let activeCount = 0;

/** Sets the long-run action of constant doses, and lists the components that act or have not yet faded. */
function aimLevels(
  { responses, adherence, structure }: Individual,
  state: PatientState,
  doses: readonly number[],
): void {
  const taken = adherence * Math.max(0, 1 + (structure.adherenceTrend * entry(state, S.elapsed)) / DAYS_A_YEAR);
  activeCount = 0;
  for (let index = 0; index < LEVELS.length; index += 1) {
    const dose = at(doses, CHANNEL_OF[index] ?? 0);
    LEVELS[index] = dose === 0 ? 0 : doseEffect(shaped(dose, structure) * taken, at(responses.curves, index));
    if (dose === 0 && state[EFFECTS + index] === 0) continue;
    ACTIVE[activeCount] = index;
    activeCount += 1;
  }
  for (const { component, effort } of PROGRAMMES) {
    LEVELS[component] = entry(LEVELS, component) * entry(state, effort);
  }
}

function shaped(dose: number, { doseExponent }: Structure): number {
  return doseExponent === 1 ? dose : Math.pow(dose, doseExponent);
}

function isMoving(state: PatientState): boolean {
  if (Math.abs(entry(state, TARGET.mass) - entry(state, S.mass)) > MOVING_MASS) return true;
  for (let place = 0; place < activeCount; place += 1) {
    const index = ACTIVE[place] ?? 0;
    if (!isFading(index) && Math.abs(entry(LEVELS, index) - entry(state, EFFECTS + index)) > MOVING) return true;
  }
  return false;
}

/** Whether a component is a programme that has ended: what it brought is lost over years. */
function isFading(component: number): boolean {
  return IS_PROGRAMME[component] === true && LEVELS[component] === 0;
}

function flow(individual: Individual, state: PatientState, days: number): void {
  state[S.elapsed] = entry(state, S.elapsed) + days;
  const hasMoved = moveEffects(individual, state, days);
  tire(individual, state, days);
  if (hasMoved || individual.structure.interaction !== undefined) gatherActions(individual, state);
  wear(individual, state, days);
  for (let place = 0; place < BEFORE.length; place += 1) BEFORE[place] = entry(state, TARGET_START + place);
  aim(individual, state);
  follow(individual, state, days);
}

/** Moves every effect towards its long-run action, and says whether any did. */
function moveEffects({ responses, mass }: Individual, state: PatientState, days: number): boolean {
  let hasMoved = false;
  for (let place = 0; place < activeCount; place += 1) {
    const index = ACTIVE[place] ?? 0;
    const level = entry(LEVELS, index);
    const effect = entry(state, EFFECTS + index);
    if (level === effect) continue;
    const moved = relax(effect, level, days, isFading(index) ? mass.effortTime : entry(responses.onset, index));
    state[EFFECTS + index] = Math.abs(moved - level) < FADED ? level : moved;
    hasMoved = true;
  }
  return hasMoved;
}

/**
 * The effort put into a programme fades while it lasts, and afterwards people come to themselves again. How fast is known
 * only of what a programme leaves behind (row weight.maintenance_fading, in `moveEffects`); the same time stands in.
 */
function tire({ mass }: Individual, state: PatientState, days: number): void {
  for (const { component, effort } of PROGRAMMES) {
    const level = entry(LEVELS, component);
    const before = entry(state, effort);
    if (level === 0 && before === 1) continue;
    const after = relax(before, level > 0 ? 0 : 1, days, mass.effortTime);
    state[effort] = after;
    LEVELS[component] = (level * after) / before;
  }
}

/** Sums and multiplies all that acts now. */
function gatherActions(individual: Individual, state: PatientState): void {
  state.fill(0, ACTIONS, ACTIONS + SUM_COUNT);
  state.fill(1, ACTIONS + SUM_COUNT, ACTIONS + ACTION_COUNT);
  const { actions } = individual.responses;
  for (let place = 0; place < activeCount; place += 1) {
    const index = ACTIVE[place] ?? 0;
    if (AXIS_OF[index] === undefined)
      addActions(actions, index * ACTION_COUNT, state, strengthOf(individual, state, index));
  }
  for (const axis of AXES) addStrongest(axis, individual, state);
}

/** The axis of each component, if it has one: of each action only the strongest of an axis counts. */
const AXIS_OF = COMPONENTS.map(({ drugClass }) => AXES.find((axis) => axis.includes(drugClass)));

function addStrongest(axis: readonly DrugClass[], individual: Individual, state: PatientState): void {
  const { actions } = individual.responses;
  STRONGEST.fill(0);
  let isActing = false;
  for (let place = 0; place < activeCount; place += 1) {
    const index = ACTIVE[place] ?? 0;
    if (AXIS_OF[index] !== axis) continue;
    isActing = true;
    keepStrongest(actions, index * ACTION_COUNT, strengthOf(individual, state, index));
  }
  if (isActing) addActions(STRONGEST, 0, state, 1);
}

function keepStrongest(actions: Float64Array, row: number, strength: number): void {
  for (let action = 0; action < ACTION_COUNT; action += 1) {
    const effect = strength * entry(actions, row + action);
    if (Math.abs(effect) > Math.abs(entry(STRONGEST, action))) STRONGEST[action] = effect;
  }
}

function addActions(actions: Float64Array, row: number, state: PatientState, strength: number): void {
  for (let action = 0; action < SUM_COUNT; action += 1) {
    const place = ACTIONS + action;
    state[place] = entry(state, place) + strength * entry(actions, row + action);
  }
  for (let action = SUM_COUNT; action < ACTION_COUNT; action += 1) {
    const effect = entry(actions, row + action);
    if (effect === 0) continue;
    const place = ACTIONS + action;
    state[place] = entry(state, place) * Math.max(LEAST_RATIO, 1 + strength * effect);
  }
}

function strengthOf(individual: Individual, state: PatientState, component: number): number {
  return entry(state, EFFECTS + component) * weakening(individual, state, component);
}

/** What is left of a component's effect: a world may know an interaction. */
function weakening({ structure: { interaction } }: Individual, state: PatientState, component: number): number {
  if (interaction === undefined || CHANNEL_OF[component] !== CLASS_INDEX[interaction.of]) return 1;
  return entry(state, EFFECTS + CLASS_INDEX[interaction.under]) > MOVING ? interaction.factor : 1;
}

/** What wears off for good: nephrons and beta cells. Acute injury heals beside it. */
function wear({ kidney, glucose, volumeEvent }: Individual, state: PatientState, days: number): void {
  state[S.structuralGfr] = Math.max(LEAST_GFR, entry(state, S.structuralGfr) - lossOfGfr(kidney, state) * days);
  if (glucose.betaCellLoss !== 0) state[S.betaCell] = entry(state, S.betaCell) * Math.exp(-glucose.betaCellLoss * days);
  state[S.acuteInjury] = relax(entry(state, S.acuteInjury), 0, days, volumeEvent.duration);
}

/**
 * What is lost of GFR a day. Drugs slow the loss independently of each other, those without a published effect on it
 * through albuminuria. Below a GFR of 15, where dialysis begins, the loss slows with what is left.
 */
function lossOfGfr({ declinePerDay, declinePerDoubling }: Individual['kidney'], state: PatientState): number {
  const ofAlbumin = declinePerDoubling * Math.log2(entry(state, ACTIONS + A.slopeUacr));
  const left = Math.min(1, entry(state, S.structuralGfr) / FAILING_GFR);
  return Math.max(0, declinePerDay + ofAlbumin) * entry(state, ACTIONS + A.slope) * left;
}

/** Kidney failure: KDIGO 2024, doi 10.1016/j.kint.2023.10.018; unit: mL/min/{1.73_m2}. */
const FAILING_GFR = 15;

/** Sets everything that answers at once, and the targets of everything that follows. */
function aim(individual: Individual, state: PatientState): void {
  const { setpoints, heart, urate, potassium, glucose } = individual;
  const injury = entry(state, S.acuteInjury);
  const healthy = entry(state, S.structuralGfr) * entry(state, ACTIONS + A.gfr);
  const gfr = Math.max(LEAST_GFR, injury === 0 ? healthy : healthy * Math.exp(injury));
  // Published effects on potassium, urate and NT-proBNP contain what runs through haemodynamics: only what is lost for
  // good acts through the kidney, and on potassium and urate acute injury too.
  const kidney = gfr / entry(state, ACTIONS + A.gfr);
  const lost = setpoints.gfr - entry(state, S.structuralGfr);
  const fluid = entry(state, ACTIONS + A.fluid);
  state[S.gfr] = gfr;
  state[S.glucose] = glucoseUnder(individual, state);
  state[TARGET.hba1c] = hba1cOfGlucose(glucose.scale, entry(state, S.glucose));
  state[TARGET.mass] = setpoints.weight * entry(state, ACTIONS + A.mass);
  state[TARGET.carryingMass] = setpoints.weight * entry(state, ACTIONS + A.carryingMass);
  state[TARGET.uacr] = entry(state, ACTIONS + A.uacr);
  state[TARGET.potassium] = potassiumUnder(potassium, state, kidney);
  state[TARGET.ldl] = entry(state, ACTIONS + A.ldl);
  state[TARGET.hdl] = entry(state, ACTIONS + A.hdl);
  state[TARGET.triglycerides] = entry(state, ACTIONS + A.triglycerides);
  state[TARGET.ntProbnp] =
    entry(state, ACTIONS + A.ntProbnp) *
    Math.exp(
      heart.ntProbnpPerGfr * lost + heart.ntProbnpPerFluid * fluid + heart.ntProbnpAgeing * entry(state, S.elapsed),
    );
  state[TARGET.urate] =
    entry(state, ACTIONS + A.urate) * (1 + (urate.perGfr * (setpoints.gfr - kidney)) / setpoints.urate);
  state[TARGET.lvef] = entry(state, ACTIONS + A.lvef);
}

/** The drugs' effects on potassium add up, and those of RAAS blockers grow as GFR falls (rows potassium.*, mra.potassium). */
function potassiumUnder(potassium: Individual['potassium'], state: PatientState, gfr: number): number {
  const growth = 1 + potassium.amplificationPerGfr * Math.max(0, REFERENCE_GFR - gfr);
  const ofKidney = potassium.risePerGfr * (REFERENCE_GFR - entry(state, S.structuralGfr));
  const ofInjury = -potassium.acuteRise * entry(state, S.acuteInjury);
  return ofKidney + ofInjury + entry(state, ACTIONS + A.potassium) + entry(state, ACTIONS + A.potassiumOfRaas) * growth;
}

/** Mean glucose under what acts now; an SGLT2 inhibitor spills less as GFR falls (row sglt2i.hba1c_egfr_slope). Unit: mg/dL. */
function glucoseUnder({ glucose, setpoints }: Individual, state: PatientState): number {
  const { balance, lossPerGfr, sensitivityPerPercent } = glucose;
  const kept = Math.max(0, 1 - lossPerGfr * Math.max(0, REFERENCE_GFR - entry(state, S.gfr)));
  const ofWeight = sensitivityOfWeight(entry(state, S.mass) / setpoints.weight, sensitivityPerPercent);
  const push = {
    output: entry(state, ACTIONS + A.appearance) - 1,
    sensitivity: entry(state, ACTIONS + A.sensitivity) * (1 + ofWeight) - 1,
    capacity: entry(state, ACTIONS + A.secretion),
    spilled: entry(state, ACTIONS + A.glucosuria) * kept,
    injected: entry(state, ACTIONS + A.injected),
  };
  const worn = entry(state, S.betaCell);
  const now = worn === 1 ? balance : { ...balance, capacity: balance.capacity * worn };
  return balancedGlucose(now, push, entry(state, S.glucose));
}

function follow(individual: Individual, state: PatientState, days: number): void {
  const { kidney, potassium, glucose, mass, lipids, heart, urate } = individual;
  pursue(state, S.uacr, TARGET.uacr, days, kidney.uacrRelaxation);
  pursue(state, S.potassium, TARGET.potassium, days, potassium.relaxation);
  pursue(state, S.hba1c, TARGET.hba1c, days, glucose.relaxation);
  pursue(state, S.mass, TARGET.mass, days, mass.time);
  pursue(state, S.carryingMass, TARGET.carryingMass, days, mass.time);
  pursue(state, S.ldl, TARGET.ldl, days, lipids.ldlTime);
  pursue(state, S.hdl, TARGET.hdl, days, lipids.hdlTime);
  pursue(state, S.triglycerides, TARGET.triglycerides, days, lipids.triglyceridesTime);
  // No time course of NT-proBNP is published apart from its causes; the one of potassium (days) stands in.
  pursue(state, S.ntProbnp, TARGET.ntProbnp, days, potassium.relaxation);
  pursue(state, S.urate, TARGET.urate, days, urate.time);
  pursue(state, S.lvef, TARGET.lvef, days, heart.lvefTime);
}

/** Moves one follower after its target, which went from where it was before this stretch to where it is now. */
function pursue(state: PatientState, place: number, target: number, days: number, time: number): void {
  const from = entry(BEFORE, target - TARGET_START);
  const to = entry(state, target);
  const value = entry(state, place);
  if (value !== to || from !== to) state[place] = relaxAfter(value, from, to, days / time);
}

/** The day within the step on which a volume event strikes, if one does: a Poisson process seen through the noise. */
function strike(individual: Individual, days: number, noise: readonly number[]): number | undefined {
  const score = at(noise, VARIABLES.length);
  if (score > RAREST) return undefined;
  const chance = 1 - Math.exp(-individual.volumeEvent.ratePerDay * days);
  const strikes = normalProbability(score) < chance;
  return strikes ? normalProbability(at(noise, VARIABLES.length + 1)) * days : undefined;
}

/** A score that only an event which is almost certain would meet. */
const RAREST = 3;

/** The age now; unit: a. */
export function ageOf({ person }: Pick<Individual, 'person'>, state: PatientState): number {
  return person.age + entry(state, S.elapsed) / DAYS_A_YEAR;
}

/** The physiological values of a state without fluctuation or error of measurement, by `System.variables`. */
export function levelsAt(individual: Individual, state: PatientState): readonly number[] {
  const { setpoints, pressure, lipids, glucose, volumeEvent } = individual;
  const mass = entry(state, S.mass);
  const carrying = entry(state, S.carryingMass);
  const ageing = pressure.ageing * entry(state, S.elapsed);
  const systolicRest = setpoints.sbp + ageing + pressure.perWeight * carrying;
  const illness = entry(state, S.acuteInjury) / volumeEvent.logDrop;
  const systolic =
    pressure.floor +
    (systolicRest - pressure.floor) * entry(state, ACTIONS + A.pressure) +
    volumeEvent.pressure * illness;
  return [
    setpoints.potassium + entry(state, S.potassium),
    entry(state, S.gfr),
    systolic,
    setpoints.heartRate + entry(state, ACTIONS + A.heartRate),
    setpoints.weight +
      mass +
      entry(state, ACTIONS + A.fluid) +
      volumeEvent.fluid * illness +
      individual.mass.ageing * entry(state, S.elapsed),
    entry(state, S.hba1c),
    // With age systolic pressure rises and diastolic does not.
    setpoints.dbp + pressure.diastolicShare * (systolic - ageing - setpoints.sbp),
    entry(state, S.glucose) * glucose.fastingShare,
    (setpoints.ldl + lipids.ldlPerWeight * carrying) * entry(state, S.ldl),
    (setpoints.hdl + lipids.hdlPerWeight * carrying) * entry(state, S.hdl),
    (setpoints.triglycerides + lipids.triglyceridesPerWeight * carrying) * entry(state, S.triglycerides),
    setpoints.uacr * entry(state, S.uacr),
    setpoints.ntProbnp * entry(state, S.ntProbnp),
    setpoints.lvef + entry(state, S.lvef),
    setpoints.urate * entry(state, S.urate),
  ];
}

/** The physiological values of a state, without any error of measurement, by `System.variables`. */
export function truthOf(individual: Individual, state: PatientState): readonly number[] {
  return truthAround(individual, levelsAt(individual, state), state.subarray(FLUCTUATIONS, STATE_SIZE));
}

/** The same of levels and fluctuations at hand, both by `System.variables`. */
export function truthAround(
  individual: Individual,
  levels: readonly number[],
  fluctuations: Float64Array,
): readonly number[] {
  return VARIABLES.map(({ plausible }, index) => {
    const level = at(levels, index);
    const fluctuation =
      fluctuationOf(individual, fluctuations, index) * (index === EGFR ? asCreatinineShows(individual, level) : 1);
    const value = at(LOGARITHMIC, index) ? level * Math.exp(fluctuation) : level + fluctuation;
    return Math.min(plausible.high, Math.max(plausible.low, value));
  });
}

const EGFR = VARIABLES.findIndex(({ id }) => id === 'egfr');

/**
 * The fluctuation of eGFR was measured as that of creatinine. Above the kink of CKD-EPI the same change of creatinine is
 * about a quarter of the change of eGFR (exponents −0.241 and −0.302 against −1.2).
 */
function asCreatinineShows({ person }: Individual, gfr: number): number {
  return gfr > egfrAtKink(person) ? 0.25 : 1;
}

const SBP = VARIABLES.findIndex(({ id }) => id === 'sbp');
const DBP = VARIABLES.findIndex(({ id }) => id === 'dbp');

/** Diastolic pressure fluctuates with systolic, and a little by itself. */
function fluctuationOf({ pressure }: Individual, fluctuations: Float64Array, index: number): number {
  const own = entry(fluctuations, index);
  return index === DBP ? own + pressure.diastolicFluctuation * entry(fluctuations, SBP) : own;
}
