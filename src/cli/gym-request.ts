import { z } from 'zod';
import { interventionOf } from '../systems/doses.ts';
import type { Action } from '../systems/cardio-renal-metabolic/environment/action.ts';
import { OBJECTIVE_NAMES } from '../systems/cardio-renal-metabolic/environment/objectives.ts';
import { OUTCOME_IDS } from '../systems/cardio-renal-metabolic/environment/outcomes.ts';
import { channelIndex } from '../systems/cardio-renal-metabolic/prescription.ts';
import { cardioRenalMetabolic as system } from '../systems/cardio-renal-metabolic/system.ts';
import { isWorldName } from '../systems/cardio-renal-metabolic/worlds.ts';

/** What is ordered: daily doses by ingredient, in the unit of its row, or fractions of the reference dose by channel. */
const Orders = z.union([
  z.strictObject({ regimen: z.record(z.string(), z.number()) }),
  z.strictObject({ doses: z.record(z.string(), z.number()) }),
]);

const Objective = z.union([
  z.enum(OBJECTIVE_NAMES as [string, ...string[]]).transform((name) => name as (typeof OBJECTIVE_NAMES)[number]),
  z.partialRecord(z.enum(OUTCOME_IDS as [(typeof OUTCOME_IDS)[number]]), z.number()),
]);

/** A century: nobody lives longer, and a step is cut into weeks. Unit: d. */
const LONGEST_HORIZON = 36_525;

const Options = z.strictObject({
  world: z.string().refine(isWorldName, 'names no world: "describe" lists them').optional(),
  objective: Objective.optional(),
  horizon: z.number().positive().max(LONGEST_HORIZON).optional(),
  observe: z.enum(['clinic', 'everything']).optional(),
  before: Orders.optional(),
});

const EpisodeId = z.number().int().positive();

/** One line that the environment understands. */
export const GymRequest = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('describe') }),
  z.strictObject({
    do: z.literal('reset'),
    seed: z.union([z.string(), z.number()]).transform(String),
    options: Options.default({}),
  }),
  z.strictObject({ do: z.literal('step'), episode: EpisodeId, order: Orders, days: z.number().positive() }),
  z.strictObject({
    do: z.literal('branch'),
    episode: EpisodeId,
    orders: z.array(Orders).min(1),
    days: z.number().positive(),
  }),
  z.strictObject({ do: z.literal('close'), episode: EpisodeId.optional() }),
]);

export type GymRequest = z.infer<typeof GymRequest>;
export type GymOrders = z.infer<typeof Orders>;
export type GymOptions = z.infer<typeof Options>;

/** What is ordered as an action of the environment. @throws TypeError when it names an unknown ingredient or channel. */
export function actionOf(orders: GymOrders): Action {
  if ('doses' in orders) {
    const doses = system.channels.map(() => 0);
    for (const [channel, dose] of Object.entries(orders.doses)) doses[channelIndex(channel)] = dose;
    return doses;
  }
  const drugs = Object.entries(orders.regimen).map(([ingredient, value]) => {
    const row = interventionOf(system, ingredient);
    if (row === undefined) throw new TypeError(`the system does not know ${ingredient}: "describe" lists the drugs`);
    return { ingredient, dailyDose: { value, unit: row.unit } };
  });
  return { id: 'ordered', drugs };
}
