/** Another way to the same end, for a patient who does not take it yet. */
export interface Alternative {
  /** The class of the drafted drug. */
  readonly instead: string;
  readonly ingredient: string;
  readonly drugClass: string;
  /** Classes of running drugs whose place it takes. */
  readonly replaces: readonly string[];
  readonly because: string;
}

/** Classes that block the renin-angiotensin system: never two of them at once. */
const RAAS = ['acei', 'arb', 'arni'] as const;

/**
 * One alternative class a drafted class, the first that fits being taken.
 *
 * Each is another first-line class of the same guideline (2022 AHA/ACC/HFSA, doi 10.1161/CIR.0000000000001063, §7.3), at
 * the lowest usual dose. Whether it suits this patient's aim is for the clinician: benefit is not modelled yet.
 */
export const ALTERNATIVES: readonly Alternative[] = [
  {
    instead: 'mra',
    ingredient: 'empagliflozin',
    drugClass: 'sglt2i',
    replaces: [],
    // The fact sglt2i.mechanism.potassium; the forecast of this candidate says what the model makes of it here.
    because: 'in trials in type 2 diabetes, SGLT2 inhibitors went with less serious hyperkalaemia (PMID 35394821)',
  },
  {
    instead: 'acei',
    ingredient: 'valsartan',
    drugClass: 'arb',
    replaces: RAAS,
    because: 'an ARB acts on the same system without the cough and angioedema of ACE inhibitors',
  },
  {
    instead: 'arb',
    ingredient: 'lisinopril',
    drugClass: 'acei',
    replaces: RAAS,
    because: 'an ACE inhibitor acts on the same system',
  },
  {
    instead: 'arni',
    ingredient: 'valsartan',
    drugClass: 'arb',
    replaces: RAAS,
    because: 'valsartan alone lowers blood pressure less than with sacubitril',
  },
  {
    instead: 'sglt2i',
    ingredient: 'spironolactone',
    drugClass: 'mra',
    replaces: [],
    because: 'a mineralocorticoid antagonist is the other class of the same guideline',
  },
];
