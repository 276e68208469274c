import { at } from '../../core/array.ts';
import { seededRandom } from '../../core/random.ts';
import type { Random } from '../../core/random.ts';
import { FREE_PARAMETERS } from '../../systems/cardio-renal-metabolic/free-parameters.ts';
import type { ArmPlan, DrugCourse } from './arm-plan.ts';

/**
 * Standard deviation of the logarithm of a reference dose: how far equipotent doses may be off. No source gives an interval;
 * published tables of equivalent doses differ by up to 1.7 times (rosuvastatin, whose row says so), half of that in
 * logarithms is a statement of design.
 */
const POTENCY_ERROR = 0.25;

/** Classes whose dose curve is a free parameter: how far along it a dose stands is drawn with the curve. */
const DRAWN_BY_CURVE: ReadonlySet<string> = new Set(
  FREE_PARAMETERS.flatMap(({ rows }) => rows.filter((id) => id.endsWith('.ed50')).map((id) => id.replace('.ed50', ''))),
);

/**
 * The plans of a draw from what is open about doses, the same in every arm: each ingredient's doses count for more or less
 * than its reference dose says, and where an arm does not state its dose it may be any usual one. `draw`: its name.
 */
export function drawnPotency(draw: string): (plan: ArmPlan) => ArmPlan {
  const random = seededRandom(`potency/${draw}`);
  const known = new Map<ArmPlan, ArmPlan>();
  const scaled = (course: DrugCourse): DrugCourse => {
    const factor = factorOf(course, random.split(course.intervention.ingredient));
    return { ...course, steps: course.steps.map(({ day, dose }) => ({ day, dose: dose * factor })) };
  };
  return (plan) => {
    const drawn = known.get(plan) ?? {
      alternatives: plan.alternatives.map((alternative) => ({
        ...alternative,
        plan: { ...alternative.plan, courses: alternative.plan.courses.map(scaled) },
      })),
    };
    known.set(plan, drawn);
    return drawn;
  };
}

function factorOf({ intervention, steps, isDoseStated, isToEffect }: DrugCourse, random: Random): number {
  const { channel, ladder } = intervention;
  const potency = DRAWN_BY_CURVE.has(channel) ? 1 : Math.exp(POTENCY_ERROR * random.normal());
  const final = steps.at(-1)?.dose ?? 0;
  if (isDoseStated || isToEffect || ladder.length === 0 || final === 0) return potency;
  return (potency * at(ladder, Math.floor(random.uniform() * ladder.length))) / final;
}
