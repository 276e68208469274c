import { at } from '../../core/array.ts';
import type { Random } from '../../core/random.ts';
import type { DosedDrug } from '../../domain/intervention.ts';
import type { Intervention } from '../../domain/system.ts';
import { interventionOfCode, usualDoseOf } from './treatment-codes.ts';

/** Which of n people have something that a share of them has: exactly that share, chosen by chance. */
export function quota(n: number, share: number, random: Random): readonly boolean[] {
  const order = shuffled(n, random);
  return order.map((rank) => rank < share * n - 1e-9);
}

function shuffled(n: number, random: Random): readonly number[] {
  const order = Array.from({ length: n }, (_, index) => index);
  for (let last = n - 1; last > 0; last -= 1) {
    const other = Math.floor(random.uniform() * (last + 1));
    [order[last], order[other]] = [at(order, other), at(order, last)];
  }
  return order;
}

/** Blockers of the renin–angiotensin system, of which nobody takes two: their shares are dealt out side by side. */
const EXCLUSIVE: ReadonlySet<string> = new Set(['acei', 'arb', 'arni']);

/** What each person takes besides the study's treatment, and the codes that the system does not know. */
export interface Background {
  /** By person: usual doses. */
  readonly drugs: readonly (readonly DosedDrug[])[];
  readonly unknown: readonly string[];
}

/** Deals out background treatment by its shares: drugs independently of each other, at usual doses. */
export function dealBackground(shares: Readonly<Record<string, number>>, n: number, random: Random): Background {
  const known: { readonly drug: DosedDrug; readonly channel: string; readonly share: number }[] = [];
  const unknown: string[] = [];
  for (const [code, share] of Object.entries(shares)) {
    const intervention = interventionOfCode(code);
    if (intervention === undefined) unknown.push(code);
    else if (share > 0) known.push({ drug: usual(intervention), channel: intervention.channel, share });
  }
  const takers = known.map(({ drug, channel, share }) => {
    if (!EXCLUSIVE.has(channel)) return quota(n, share, random.split(drug.ingredient));
    return sideBySide(known, drug, n, random.split('renin-angiotensin'));
  });
  const drugs = Array.from({ length: n }, (_, person) =>
    known.flatMap(({ drug }, index) => (takers[index]?.[person] === true ? [drug] : [])),
  );
  return { drugs, unknown };
}

function usual(intervention: Intervention): DosedDrug {
  return {
    ingredient: intervention.ingredient,
    dailyDose: { value: usualDoseOf(intervention), unit: intervention.unit },
  };
}

function sideBySide(
  known: readonly { readonly drug: DosedDrug; readonly channel: string; readonly share: number }[],
  drug: DosedDrug,
  n: number,
  random: Random,
): readonly boolean[] {
  const blockers = known.filter(({ channel }) => EXCLUSIVE.has(channel));
  const total = blockers.reduce((sum, { share }) => sum + share, 0);
  const scale = n / Math.max(1, total);
  const before = blockers.slice(
    0,
    blockers.findIndex((other) => other.drug === drug),
  );
  const from = before.reduce((sum, { share }) => sum + share, 0) * scale;
  const own = blockers.find((other) => other.drug === drug)?.share ?? 0;
  return shuffled(n, random).map((rank) => rank >= from - 1e-9 && rank < from + own * scale - 1e-9);
}
