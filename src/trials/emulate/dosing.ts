import { at } from '../../core/array.ts';
import type { Individual } from '../../systems/cardio-renal-metabolic/individual.ts';
import { CLASS_INDEX } from '../../systems/cardio-renal-metabolic/parameter-units.ts';
import type { DrugClass } from '../../systems/cardio-renal-metabolic/parameter-units.ts';
import { VARIABLES } from '../../systems/cardio-renal-metabolic/schema.ts';
import { VARIABLE_INDEX } from '../../systems/cardio-renal-metabolic/seen.ts';
import { levelsAt, restingState } from '../../systems/cardio-renal-metabolic/virtual-patient.ts';
import type { DrugCourse, PersonPlan } from './arm-plan.ts';
import type { TrialPerson } from './trial-cohort.ts';

/** Doses by `System.channels`, as fractions of the reference dose. */
export type Doses = readonly number[];

/** What someone in a trial takes over time: a schedule, and what visits add to it where the plan titrates to a target. */
export interface Dosing {
  /** Days on which the schedule changes a dose. */
  readonly days: readonly number[];
  /** Looks at what a visit shows and raises what is titrated to a target; `levels`: by `System.variables`. */
  readonly visit: (levels: readonly number[]) => void;
  readonly dosesFrom: (day: number) => Doses;
}

/** Fasting glucose (mg/dL) up to which insulin is raised: the fasting target of the ADA Standards of Care, section 6, doi 10.2337/dc24-S006. */
const FASTING_TARGET = 130;

/** Steps in which drugs are added until systolic pressure is on target: classes in the usual order, first at half of the reference dose. */
const PRESSURE_STEPS: readonly (readonly [DrugClass, number])[] = [
  ['thiazide', 0.5],
  ['acei', 0.5],
  ['ccb', 1],
  ['thiazide', 1],
  ['acei', 1],
  ['ccb', 2],
  ['mra', 1],
  ['bb', 0.5],
  ['bb', 1],
];

/** The classes that such arms may give. */
export const PRESSURE_DRUGS: readonly DrugClass[] = [...new Set(PRESSURE_STEPS.map(([drugClass]) => drugClass))];

/** The classes whose doses together lower pressure by what an arm asks, in equal fractions of the reference dose. */
const PRESSURE_CLASSES: readonly DrugClass[] = ['thiazide', 'acei', 'ccb'];

/** How one person of an arm is dosed. Background goes on; what the arm gives comes on top. */
export function dosingOf(person: TrialPerson, plan: PersonPlan): Dosing {
  const scheduled = plan.courses.filter(({ isToEffect }) => !isToEffect);
  const climbs = [
    ...plan.courses.filter(({ isToEffect }) => isToEffect).map(glucoseClimb),
    ...(plan.pressureTarget === undefined ? [] : [pressureClimb(plan.pressureTarget)]),
  ];
  const fixed = plan.pressureFall === undefined ? person.doses : withFall(person, plan.pressureFall);
  return {
    days: scheduled.flatMap(({ steps }) => steps.map(({ day }) => day)),
    visit: (levels) => {
      climbs.forEach(({ visit }) => {
        visit(levels);
      });
    },
    dosesFrom: (day) => {
      const doses = [...fixed];
      const add = (channel: string, dose: number): void => {
        const index = CLASS_INDEX[channel as DrugClass];
        doses[index] = at(doses, index) + dose;
      };
      for (const { intervention, steps } of scheduled) {
        add(intervention.channel, doseOn(steps, day) / intervention.referenceDose);
      }
      for (const { taken } of climbs) for (const [channel, dose] of taken()) add(channel, dose);
      return doses;
    },
  };
}

/** Drugs that each visit may raise. */
interface Climb {
  readonly visit: (levels: readonly number[]) => void;
  /** Channels with fractions of the reference dose. */
  readonly taken: () => readonly (readonly [string, number])[];
}

function doseOn(steps: DrugCourse['steps'], day: number): number {
  return steps.findLast((step) => step.day <= day)?.dose ?? 0;
}

/** A drug that goes up its ladder at each visit until fasting glucose is on target. */
function glucoseClimb({ intervention, steps }: DrugCourse): Climb {
  const start = steps[0]?.dose ?? 0;
  const ladder = [start, ...intervention.ladder.filter((dose) => dose > start)];
  let rung = -1;
  return {
    visit: (levels) => {
      const isAbove = at(levels, VARIABLE_INDEX.fasting_glucose) > FASTING_TARGET;
      rung = rung < 0 ? 0 : Math.min(ladder.length - 1, rung + Number(isAbove));
    },
    taken: () => [[intervention.channel, at(ladder, Math.max(0, rung)) / intervention.referenceDose]],
  };
}

/** Adds a step of blood pressure drugs at each visit that finds systolic pressure above the target. */
function pressureClimb(target: number): Climb {
  let steps = 0;
  return {
    visit: (levels) => {
      if (at(levels, VARIABLE_INDEX.sbp) > target) steps = Math.min(PRESSURE_STEPS.length, steps + 1);
    },
    taken: () => [...new Map(PRESSURE_STEPS.slice(0, steps))],
  };
}

const NO_NOISE: readonly number[] = VARIABLES.map(() => 0);

/** Halvings of the dose that lowers pressure by so much, and the highest fraction of the reference dose tried. */
const HALVINGS = 20;
const HIGHEST = 4;

/** The background with as much of the pressure classes, in equal fractions, as lowers systolic pressure by `fall` mm[Hg]. */
function withFall({ individual, doses, levels }: TrialPerson, fall: number): Doses {
  const before = at(levels, VARIABLE_INDEX.sbp);
  let [low, high] = [0, HIGHEST];
  for (let round = 0; round < HALVINGS; round += 1) {
    const middle = (low + high) / 2;
    if (before - pressureUnder(individual, mixed(doses, middle)) < fall) low = middle;
    else high = middle;
  }
  return mixed(doses, high);
}

function mixed(doses: Doses, fraction: number): Doses {
  const own = new Set(PRESSURE_CLASSES.map((drugClass) => CLASS_INDEX[drugClass]));
  return doses.map((dose, channel) => (own.has(channel) ? dose + fraction : dose));
}

function pressureUnder(individual: Individual, doses: Doses): number {
  return at(levelsAt(individual, restingState(individual, doses, NO_NOISE)), VARIABLE_INDEX.sbp);
}
