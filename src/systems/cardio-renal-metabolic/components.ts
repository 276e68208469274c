import { PARAMETER_ROWS } from './parameter-rows.ts';
import { CLASSES, EFFECT_UNITS } from './parameter-units.ts';
import type { DrugClass, EffectName } from './parameter-units.ts';

/** Published effects of one class that share a dose curve and a time course. */
export interface Component {
  readonly drugClass: DrugClass;
  readonly effects: readonly EffectName[];
  /** Set where these effects have a dose curve of their own: the row `<class>.<effect>_ed50`. */
  readonly ownCurve?: EffectName;
}

const EFFECTS = Object.keys(EFFECT_UNITS) as readonly EffectName[];
const PUBLISHED: ReadonlySet<string> = new Set(PARAMETER_ROWS.map(({ id }) => id));

function hasOwnCurve(drugClass: DrugClass, effect: EffectName): boolean {
  return PUBLISHED.has(`${drugClass}.${effect}_ed50`);
}

/** Classes that act on one axis: whoever takes two of them has no more than the stronger one gives. */
export const AXES: readonly (readonly DrugClass[])[] = [
  ['acei', 'arb', 'arni'],
  ['dpp4i', 'glp1ra', 'gip_glp1ra'],
];

/**
 * What acts in a virtual patient: one component a class, in the order of `System.channels`, and behind them those
 * effects whose dose curve differs from that of their class.
 */
export const COMPONENTS: readonly Component[] = [
  ...CLASSES.map((drugClass) => ({
    drugClass,
    effects: EFFECTS.filter((effect) => PUBLISHED.has(`${drugClass}.${effect}`) && !hasOwnCurve(drugClass, effect)),
  })),
  ...CLASSES.flatMap((drugClass) =>
    EFFECTS.filter((effect) => hasOwnCurve(drugClass, effect)).map((effect) => ({
      drugClass,
      effects: [effect],
      ownCurve: effect,
    })),
  ),
];
