import type { Case } from './case.ts';
import { EXCLUSIVE, INDICATIONS } from './indications.ts';
import type { Indication } from './indications.ts';
import { CLASSES, CLASS_INDEX } from './parameter-units.ts';
import type { DrugClass } from './parameter-units.ts';
import { isAvailable } from './prescription.ts';
import { RESTRAINTS } from './restraints.ts';
import type { Restraint } from './restraints.ts';
import { LASTING, SUITED } from './suited.ts';

const PROGRAMMES: ReadonlySet<DrugClass> = new Set([
  'lifestyle',
  'weight_loss',
  'exercise',
  'dash',
  'sodium_restriction',
  'smoking_cessation',
]);

/** All that prescribers know of a channel: why it is given, what speaks against it, and what it excludes. */
export interface ChannelRules {
  readonly indications: readonly Indication[];
  readonly restraints: readonly Restraint[];
  readonly excludes: readonly number[];
  readonly isProgramme: boolean;
  /** In whom it may be tried without a guideline; left out: in anybody. */
  readonly suits?: (patient: Case) => boolean;
  /** In whom it stays once it has worked. */
  readonly lasts?: (patient: Case) => boolean;
}

/** The rules of every channel of which anything can be prescribed. */
export const RULES: ReadonlyMap<number, ChannelRules> = new Map(
  CLASSES.filter((drugClass) => isAvailable(CLASS_INDEX[drugClass])).map((drugClass) => [
    CLASS_INDEX[drugClass],
    rulesOf(drugClass),
  ]),
);

function rulesOf(drugClass: DrugClass): ChannelRules {
  const [suits, lasts] = [SUITED[drugClass], LASTING[drugClass]];
  return {
    indications: INDICATIONS.filter((row) => row.drugClass === drugClass),
    restraints: RESTRAINTS.filter(({ classes }) => classes.includes(drugClass)),
    excludes: EXCLUSIVE.filter((group) => group.includes(drugClass)).flatMap((group) =>
      group.filter((other) => other !== drugClass).map((other) => CLASS_INDEX[other]),
    ),
    isProgramme: PROGRAMMES.has(drugClass),
    ...(suits !== undefined && { suits }),
    ...(lasts !== undefined && { lasts }),
  };
}
