import { at } from '../../core/array.ts';
import { seededRandom } from '../../core/random.ts';
import type { World } from '../../systems/cardio-renal-metabolic/worlds.ts';
import type { ArmPlan } from '../emulate/arm-plan.ts';
import { liveThrough, visitDays } from '../emulate/course.ts';
import type { Course } from '../emulate/course.ts';
import { drawnPotency } from '../emulate/drawn-potency.ts';
import { planFor } from '../emulate/emulate-trial.ts';
import { drawTrialCohort } from '../emulate/trial-cohort.ts';
import type { TrialCohort, TrialPerson } from '../emulate/trial-cohort.ts';
import type { TrialFile } from '../trial-file.ts';
import type { PrimaryQuestion } from './primary-question.ts';

/** One virtual person who lived through both arms. */
export interface LivedPerson {
  readonly person: TrialPerson;
  readonly active: Course;
  readonly control: Course;
}

/** A cohort that lived through both arms, or why there is none. */
export type LivedArms =
  | { readonly ok: true; readonly people: readonly LivedPerson[]; readonly cohort: TrialCohort }
  | { readonly ok: false; readonly reason: string };

/**
 * Draws a trial's cohort as `emulateTrial` does and lets everybody live through both arms of the primary comparison.
 *
 * `months`: at which the courses are looked at, besides every month.
 */
export function liveBothArms(
  world: World,
  trial: TrialFile,
  { kind, arm, comparator }: PrimaryQuestion,
  { people, seed, months }: { readonly people: number; readonly seed: string; readonly months: readonly number[] },
): LivedArms {
  const drawn = drawTrialCohort(world, trial, people, `${seed}/${trial.id}`);
  if (!drawn.ok) return drawn;
  const visits = visitDays(months);
  const constants = kind.kind === 'event' ? world.events : undefined;
  // In a draw of the parameters what a dose is worth is drawn too, as `emulateTrial` does.
  const potency = world.name === 'none' ? (plan: ArmPlan): ArmPlan => plan : drawnPotency(world.name);
  const [active, control] = [arm, comparator].map(potency).map((plan, index) => {
    const places = placesOf(drawn.cohort.people.length, `${seed}/${trial.id}/alternatives-${index}`);
    return drawn.cohort.people.map((person, place) =>
      liveThrough(person, planFor(plan, at(places, place)), visits, constants),
    );
  });
  return {
    ok: true,
    cohort: drawn.cohort,
    people: drawn.cohort.people.map((person, place) => ({
      person,
      active: at(active ?? [], place),
      control: at(control ?? [], place),
    })),
  };
}

function placesOf(people: number, seed: string): readonly number[] {
  const lot = seededRandom(seed);
  return Array.from({ length: people }, () => lot.uniform());
}
