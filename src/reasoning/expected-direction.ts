import type { CausalLink } from '../domain/evidence.ts';

type Direction = CausalLink['direction'];

/**
 * What the statement of each mechanism fact leads one to expect of its variable, by fact id.
 *
 * Taken from the wording of the facts themselves (src/knowledge/facts): a fact that is not listed expects nothing.
 */
export const EXPECTED_DIRECTION: Readonly<Record<string, Direction>> = {
  'acei.mechanism.potassium': 'raises',
  'arb.mechanism.potassium': 'raises',
  'arni.mechanism.potassium': 'raises',
  'mra.mechanism.potassium': 'raises',
  'sglt2i.mechanism.potassium': 'lowers',
  'loop.mechanism.potassium': 'lowers',
  'bb.mechanism.potassium': 'raises',
  'acei.mechanism.egfr': 'lowers',
  'arb.mechanism.egfr': 'lowers',
  'arni.mechanism.egfr': 'lowers',
  'mra.mechanism.egfr': 'lowers',
  'sglt2i.mechanism.egfr': 'lowers',
  'loop.mechanism.egfr': 'lowers',
  'bb.mechanism.egfr': 'lowers',
  'acei.mechanism.sbp': 'lowers',
  'arb.mechanism.sbp': 'lowers',
  'arni.mechanism.sbp': 'lowers',
  'mra.mechanism.sbp': 'lowers',
  'sglt2i.mechanism.sbp': 'lowers',
  'loop.mechanism.sbp': 'lowers',
  'bb.mechanism.sbp': 'lowers',
  'bb.mechanism.heart_rate': 'lowers',
  'sglt2i.mechanism.hba1c': 'lowers',
  'loop.mechanism.body_weight': 'lowers',
};
