import { VARIABLES } from './schema.ts';

/** The ids of `System.variables`, by which clinicians, laboratories and instruments speak of them. */
const VARIABLE_IDS = [
  'potassium',
  'egfr',
  'sbp',
  'heart_rate',
  'body_weight',
  'hba1c',
  'dbp',
  'fasting_glucose',
  'ldl',
  'hdl',
  'triglycerides',
  'uacr',
  'nt_probnp',
  'lvef',
  'urate',
] as const;

/** Names one variable. */
export type VariableId = (typeof VARIABLE_IDS)[number];

/** What a clinician knows at a visit: the latest measured value of each variable, undefined where never measured. */
export type Seen = Readonly<Record<VariableId, number | undefined>>;

/** The place of each variable in tensors. */
export const VARIABLE_INDEX = Object.fromEntries(
  VARIABLE_IDS.map((id) => [id, VARIABLES.findIndex((variable) => variable.id === id)]),
) as Readonly<Record<VariableId, number>>;

/** Names the values of a row; `values`: by `System.variables`. */
export function seenBy(values: readonly (number | undefined)[]): Seen {
  const seen: Partial<Record<VariableId, number | undefined>> = {};
  for (const id of VARIABLE_IDS) seen[id] = values[VARIABLE_INDEX[id]];
  return seen as Seen;
}
