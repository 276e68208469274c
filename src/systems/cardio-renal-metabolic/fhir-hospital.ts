import { at } from '../../core/array.ts';
import type { Random } from '../../core/random.ts';
import type { ReportForm, ReportedId } from './laboratory-forms.ts';
import { REPORT_FORMS, REPORTED_IDS } from './laboratory-forms.ts';

/** How one hospital writes things down; a patient's record comes from one. */
export interface Hospital {
  readonly forms: Readonly<Record<ReportedId, ReportForm>>;
  /** Some interfaces send a unit's spelling without its UCUM code. */
  readonly codesUnits: boolean;
  /** Chance that an order is free text: a name and a sig. */
  readonly freeText: number;
}

/** How hospitals differ. Choices of design, so that a reader meets each; no claim about how many do what. */
const HABITS = { molar: 0.35, usualForm: 0.6, codesUnits: 0.75, freeText: [0.05, 0.4] } as const;

/** Draws a hospital: one code and one unit a quantity, amounts of substance or masses, with or without coded units. */
export function drawHospital(random: Random): Hospital {
  const isMolar = random.uniform() < HABITS.molar;
  const [least, most] = HABITS.freeText;
  return {
    forms: Object.fromEntries(REPORTED_IDS.map((id) => [id, drawForm(id, isMolar, random)])) as Hospital['forms'],
    codesUnits: random.uniform() < HABITS.codesUnits,
    freeText: least + (most - least) * random.uniform(),
  };
}

function drawForm(id: ReportedId, isMolar: boolean, random: Random): ReportForm {
  const own = REPORT_FORMS[id].filter((form) => (form.isMolar === true) === isMolar);
  const forms = own.length > 0 ? own : REPORT_FORMS[id];
  const isUsual = random.uniform() < HABITS.usualForm;
  return at(forms, isUsual ? 0 : Math.floor(random.uniform() * forms.length));
}

/** Spellings that interfaces without UCUM send; rows of src/terminology/unit-spellings. */
const SPELT: Readonly<Record<string, string>> = {
  'mmol/L': 'mmol/l',
  'meq/L': 'mEq/L',
  'mg/dL': 'mg/dl',
  'umol/L': 'µmol/l',
  'mm[Hg]': 'mmHg',
  '/min': 'bpm',
  '[lb_av]': 'lbs',
  'mmol/mol': 'mmol/mol Hb',
  'mg/g': 'mg/g creat',
  'mg/mmol': 'mg/mmol creat',
  'pg/mL': 'pg/ml',
  'pmol/L': 'pmol/l',
};

const UCUM = 'http://unitsofmeasure.org';

/** A FHIR Quantity as the hospital sends it. */
export function quantityAs({ codesUnits }: Pick<Hospital, 'codesUnits'>, value: number, unit: string): object {
  return codesUnits ? { value, unit, system: UCUM, code: unit } : { value, unit: SPELT[unit] ?? unit };
}
