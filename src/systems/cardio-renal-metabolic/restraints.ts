import { isHigh, isLow } from './case.ts';
import type { Case } from './case.ts';
import type { Seen } from './seen.ts';
import type { DrugClass } from './parameter-units.ts';
import { POLICY_LIMITS as LIMITS } from './policy-limits.ts';

/** What speaks against classes now: hold back (neither start nor raise), lower the dose, or stop. */
export interface Restraint {
  readonly classes: readonly DrugClass[];
  /** `values`: for holding back the latest, for acting today's. */
  readonly when: (values: Seen, patient: Case) => boolean;
  readonly then: 'hold' | 'lower' | 'stop';
}

const RAAS: readonly DrugClass[] = ['acei', 'arb', 'arni'];
const RAISING_POTASSIUM: readonly DrugClass[] = [...RAAS, 'mra'];
const LOSING_POTASSIUM: readonly DrugClass[] = ['loop', 'thiazide'];
const LOWERING_PRESSURE: readonly DrugClass[] = [...RAISING_POTASSIUM, 'loop', 'bb', 'ccb', 'thiazide', 'sgc'];

/** The limits as clinicians act on them; the limits' sources stand with `POLICY_LIMITS`. */
export const RESTRAINTS: readonly Restraint[] = [
  { classes: RAISING_POTASSIUM, when: (values) => isAbove(values.potassium, LIMITS.potassiumCaution), then: 'hold' },
  { classes: RAISING_POTASSIUM, when: (values) => isAbove(values.potassium, LIMITS.potassiumReduce), then: 'lower' },
  { classes: RAISING_POTASSIUM, when: (values) => isAbove(values.potassium, LIMITS.potassiumStop), then: 'stop' },
  { classes: LOSING_POTASSIUM, when: (values) => isLow(values.potassium, LIMITS.potassiumLow), then: 'hold' },
  { classes: LOSING_POTASSIUM, when: (values) => isLow(values.potassium, LIMITS.potassiumVeryLow), then: 'lower' },
  { classes: RAAS, when: (values) => isLow(values.egfr, LIMITS.egfrRaas), then: 'hold' },
  { classes: ['mra'], when: (values) => isLow(values.egfr, LIMITS.egfrMra), then: 'hold' },
  { classes: ['mra'], when: (values) => isLow(values.egfr, LIMITS.egfrMraStop), then: 'stop' },
  { classes: ['sglt2i'], when: (values) => isLow(values.egfr, LIMITS.egfrSglt2), then: 'hold' },
  { classes: ['biguanide'], when: (values) => isLow(values.egfr, LIMITS.egfrMetforminReduce), then: 'hold' },
  { classes: ['biguanide'], when: (values) => isLow(values.egfr, LIMITS.egfrMetformin), then: 'stop' },
  { classes: [...LOWERING_PRESSURE, 'sglt2i'], when: (values) => isLow(values.sbp, LIMITS.sbpLow), then: 'hold' },
  { classes: LOWERING_PRESSURE, when: (values) => isLow(values.sbp, LIMITS.sbpLow), then: 'lower' },
  { classes: ['arni', 'sgc'], when: (values) => isLow(values.sbp, LIMITS.sbpArni), then: 'hold' },
  { classes: ['bb'], when: (values) => isLow(values.heart_rate, LIMITS.heartRateLow), then: 'lower' },
  { classes: ['uricosuric'], when: (values) => isLow(values.egfr, LIMITS.egfrUricosuric), then: 'hold' },
  { classes: ['tzd'], when: (_, { person }) => person.heartFailure, then: 'stop' },
  {
    classes: ['insulin', 'sulfonylurea'],
    when: (values) => isLow(values.hba1c, LIMITS.hba1cTight),
    then: 'lower',
  },
];

function isAbove(value: number | undefined, limit: { readonly value: number }): boolean {
  return isHigh(value, limit) && value !== limit.value;
}
