import { PARAMETER_ROWS } from './parameter-rows.ts';
import { CLASSES, EFFECT_UNITS } from './parameter-units.ts';
import type { DrugClass, EffectName } from './parameter-units.ts';

/** Published effects of one class that share a dose curve and a time course. */
export interface Component {
  readonly drugClass: DrugClass;
  readonly effects: readonly EffectName[];
  /** Set where these effects have a dose curve of their own: the row `<class>.<effect>_ed50`. */
  readonly ownCurve?: EffectName;
  /** Whether these effects take as long as body mass does, instead of the onset of the class. */
  readonly settlesWithMass: boolean;
}

const EFFECTS = Object.keys(EFFECT_UNITS) as readonly EffectName[];
const PUBLISHED: ReadonlySet<string> = new Set(PARAMETER_ROWS.map(({ id }) => id));

function hasOwnCurve(drugClass: DrugClass, effect: EffectName): boolean {
  return PUBLISHED.has(`${drugClass}.${effect}_ed50`);
}

/**
 * Published effects that keep their size and take their time from body mass: at 1.05 mm[Hg]/kg (row sbp.per_weight) the
 * weight that these classes take off explains more than the whole published fall of pressure, which grows with the length
 * of treatment and with the fall of BMI (source of glp1ra.sbp).
 */
const WITH_MASS: Readonly<Partial<Record<DrugClass, readonly EffectName[]>>> = {
  glp1ra: ['sbp', 'ldl', 'hdl', 'triglycerides'],
  gip_glp1ra: ['sbp', 'ldl', 'hdl', 'triglycerides'],
};

function settlesWithMass(drugClass: DrugClass, effect: EffectName): boolean {
  return WITH_MASS[drugClass]?.includes(effect) ?? false;
}

function withClassCurve(drugClass: DrugClass, isWithMass: boolean): Component {
  const effects = EFFECTS.filter(
    (effect) =>
      PUBLISHED.has(`${drugClass}.${effect}`) &&
      !hasOwnCurve(drugClass, effect) &&
      settlesWithMass(drugClass, effect) === isWithMass,
  );
  return { drugClass, effects, settlesWithMass: isWithMass };
}

/** Classes that act on one axis: whoever takes two of them has no more than the stronger one gives. */
export const AXES: readonly (readonly DrugClass[])[] = [
  ['acei', 'arb', 'arni'],
  ['dpp4i', 'glp1ra', 'gip_glp1ra'],
];

/**
 * What acts in a virtual patient: one component a class, in the order of `System.channels`, and behind them those
 * effects whose time course or dose curve differs from that of their class.
 */
export const COMPONENTS: readonly Component[] = [
  ...CLASSES.map((drugClass) => withClassCurve(drugClass, false)),
  ...CLASSES.map((drugClass) => withClassCurve(drugClass, true)).filter(({ effects }) => effects.length > 0),
  ...CLASSES.flatMap((drugClass) =>
    EFFECTS.filter((effect) => hasOwnCurve(drugClass, effect)).map((effect) => ({
      drugClass,
      effects: [effect],
      ownCurve: effect,
      settlesWithMass: settlesWithMass(drugClass, effect),
    })),
  ),
];
