import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { compareChanges, compareIntervals, compareLevels } from './compare-people.ts';
import type { Change, Contest, Interval, Sides, SpreadRatio } from './compare-people.ts';
import type { Person } from './person.ts';
import { QUANTITIES, type ComparedQuantity } from './quantities.ts';
import { SETTINGS, SOURCES, type Setting, type SourceId } from './settings.ts';
import { drawVirtualPeople, type VirtualCohort } from './virtual-people.ts';
import type { Distribution } from './weighted.ts';
import type { GapId } from './within-person.ts';

/** Where a figure belongs. */
interface Place {
  readonly setting: string;
  readonly quantity: string;
}

export type LevelFigure = Place & Sides<Distribution> & { readonly spreadRatio: SpreadRatio };
export type ChangeFigure = Place & { readonly gap: GapId } & Sides<Change> & { readonly spreadRatio: SpreadRatio };
export type IntervalFigure = Place & Sides<Interval>;

/** All that was measured on both sides. */
export interface Comparison {
  readonly levels: readonly LevelFigure[];
  readonly changes: readonly ChangeFigure[];
  readonly intervals: readonly IntervalFigure[];
  /** Sets that the folder does not hold. */
  readonly absent: readonly SourceId[];
}

/** How many virtual people are drawn of each cohort, and from which chance. */
export interface Draw {
  readonly people: number;
  readonly seed: string;
}

/** Reads every set that the folder holds, draws the virtual people, and compares them setting by setting. */
export async function compareSettings(data: string, draw: Draw): Promise<Comparison> {
  const present = new Map<SourceId, readonly Person[]>();
  const absent: SourceId[] = [];
  for (const source of Object.keys(SOURCES) as readonly SourceId[]) {
    if (existsSync(join(data, source))) present.set(source, await gathered(SOURCES[source].read(data)));
    else absent.push(source);
  }
  const virtual = new Map<VirtualCohort, readonly Person[]>();
  const figures = SETTINGS.flatMap((setting) => {
    const real = present.get(setting.source);
    if (real === undefined) return [];
    const { cohort } = setting.virtual;
    const drawn = virtual.get(cohort) ?? [...drawVirtualPeople(cohort, draw)];
    virtual.set(cohort, drawn);
    return [compareSetting(setting, { real, virtual: drawn, seed: draw.seed })];
  });
  return {
    levels: figures.flatMap(({ levels }) => levels),
    changes: figures.flatMap(({ changes }) => changes),
    intervals: figures.flatMap(({ intervals }) => intervals),
    absent,
  };
}

async function gathered(people: AsyncGenerator<Person>): Promise<readonly Person[]> {
  const all: Person[] = [];
  for await (const person of people) all.push(person);
  return all;
}

/** Compares the people of one setting, quantity by quantity. */
export function compareSetting(
  setting: Setting,
  {
    real,
    virtual,
    seed,
  }: { readonly real: readonly Person[]; readonly virtual: readonly Person[]; readonly seed: string },
): Omit<Comparison, 'absent'> {
  const contest: Contest = {
    real: real.filter(({ phase }) => phase === setting.phase),
    virtual: virtual.filter(({ phase }) => phase === setting.virtual.phase),
    matched: setting.matched,
    seed: `${seed}/${setting.id}`,
  };
  const quantities = QUANTITIES.filter(({ id }) => setting.quantities?.includes(id) ?? true);
  return {
    levels: quantities.flatMap((quantity) => placed(setting, quantity, compareLevels(contest, quantity))),
    changes: quantities.flatMap((quantity) =>
      setting.gaps.flatMap((gap) =>
        placed(setting, quantity, compareChanges(contest, quantity, gap)).map((figure) => ({ ...figure, gap })),
      ),
    ),
    intervals: setting.intervals
      ? quantities.flatMap((quantity) => placed(setting, quantity, compareIntervals(contest, quantity)))
      : [],
  };
}

function placed<T extends object>(
  { id: setting }: Setting,
  { id: quantity }: ComparedQuantity,
  figure: T | undefined,
): readonly (Place & T)[] {
  return figure === undefined ? [] : [{ setting, quantity, ...figure }];
}
