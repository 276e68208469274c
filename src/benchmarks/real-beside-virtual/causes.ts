/** In what two sides differ. */
export type Aspect = 'median level' | 'spread of levels' | 'spread of changes' | 'interval';

/**
 * Where a difference comes from. `system`: a parameter or mechanism that a physician should judge; `people`: the real
 * ones are not those the system speaks of; `method`: measured or charted otherwise; `design`: the cohort is made to be
 * learned from.
 */
export type CauseKind = 'system' | 'people' | 'method' | 'design';

/** A likely cause, read by a person from the figures; it is an opinion and says which parameter rows it concerns. */
export interface Cause {
  readonly kind: CauseKind;
  readonly cause: string;
  readonly rows: readonly string[];
}

interface CauseRow extends Cause {
  /** Where the row applies; a filter that is not given lets every difference pass. */
  readonly settings?: readonly string[];
  readonly quantities?: readonly string[];
  readonly aspects?: readonly Aspect[];
  /** The virtual side's figure against the real one's. */
  readonly virtualIs?: 'larger' | 'smaller';
}

const INTENSIVE = ['intensive care', 'demo intensive care'];
const PRESSURES = ['sbp', 'dbp'];
const KIDNEY = ['creatinine', 'egfr'];

/** What a difference is put down to where no row speaks. */
const UNKNOWN: Cause = { kind: 'system', cause: 'no cause known', rows: [] };

/** The likely causes; the first row that fits a difference speaks. */
export const CAUSES: readonly CauseRow[] = [
  {
    aspects: ['interval'],
    settings: INTENSIVE,
    kind: 'design',
    cause: 'intensive care charts hourly; the virtual ward measures once or twice a day',
    rows: [],
  },
  {
    aspects: ['interval'],
    settings: ['demo ward'],
    kind: 'design',
    cause: 'half of the virtual stays have a rhythm of half a day; a ward draws blood each morning',
    rows: [],
  },
  {
    aspects: ['interval'],
    settings: ['population'],
    kind: 'system',
    cause:
      'neighbours of a county come to be measured once a year; the interval is that of cardiology practices, and checks after a change add visits',
    rows: ['visit.interval'],
  },
  {
    aspects: ['interval'],
    settings: ['transplant clinic'],
    kind: 'people',
    cause: 'transplant clinics keep their own rhythm',
    rows: ['visit.interval'],
  },
  {
    settings: ['transplant clinic'],
    kind: 'people',
    cause:
      'grafts are more restless than own kidneys: rejection, calcineurin inhibitors, infections; outside the intended use',
    rows: [],
  },
  {
    settings: ['sensor mornings'],
    aspects: ['spread of changes'],
    kind: 'system',
    cause:
      "the biological variation is that of healthy people; in diabetes it is larger. The sensor's error and insulin that is being adjusted are in the real figure",
    rows: ['fasting_glucose.within_person'],
  },
  {
    settings: ['sensor mornings'],
    kind: 'people',
    cause:
      'inpatients whose glucose is being brought down, hypoglycaemic nights included; a sensor reads below a laboratory at night',
    rows: ['glucose.fasting_share', 'hba1c.diabetes'],
  },
  {
    quantities: ['heart_rate'],
    aspects: ['spread of changes'],
    settings: ['trial outpatients'],
    kind: 'system',
    cause:
      'rows come from daily means of wearers and from devices against an observer; neither holds the difference between single pulses of two visits',
    rows: ['heart_rate.within_person', 'heart_rate.measurement_sd'],
  },
  {
    quantities: ['heart_rate'],
    aspects: ['spread of changes', 'spread of levels'],
    settings: INTENSIVE,
    kind: 'system',
    cause: 'as in outpatients, and acute illness does not raise the pulse of virtual people',
    rows: ['heart_rate.within_person', 'heart_rate.measurement_sd'],
  },
  {
    quantities: [...PRESSURES, 'heart_rate'],
    aspects: ['median level'],
    settings: INTENSIVE,
    kind: 'system',
    cause:
      'shock, sedation and bleeding lower pressure and raise the pulse; virtual illness widens the fluctuations and shifts no mean',
    rows: [],
  },
  {
    quantities: KIDNEY,
    aspects: ['spread of changes', 'spread of levels'],
    settings: [...INTENSIVE, 'demo ward', 'demo record'],
    virtualIs: 'smaller',
    kind: 'people',
    cause:
      'dialysis and severe acute kidney injury are in the real figures and not in the system, which knows one fall of GFR a stay',
    rows: ['volume_event.rate', 'volume_event.egfr_drop'],
  },
  {
    quantities: ['creatinine'],
    settings: ['trial outpatients'],
    aspects: ['spread of changes'],
    virtualIs: 'larger',
    kind: 'system',
    cause:
      'the fluctuation acts on GFR; where GFR lies above the bend of CKD-EPI 2021, 1 % of GFR is 4 % of creatinine, so some people get very low and restless creatinine',
    rows: ['egfr.within_person', 'egfr.baseline'],
  },
  {
    quantities: KIDNEY,
    aspects: ['median level', 'spread of levels'],
    settings: ['trial outpatients'],
    kind: 'method',
    cause:
      'creatinine of the 1990s reads higher than a standardised one, severe kidney disease was excluded, and virtual GFR spreads as in all adults',
    rows: ['egfr.baseline'],
  },
  {
    quantities: KIDNEY,
    settings: ['trial outpatients'],
    aspects: ['spread of changes'],
    virtualIs: 'smaller',
    kind: 'method',
    cause: 'creatinine is told to 0.1 mg/dL there, a tenth of it, by an assay of the 1990s',
    rows: ['egfr.within_person', 'creatinine.assay_cv'],
  },
  {
    quantities: ['potassium'],
    settings: ['trial outpatients'],
    aspects: ['median level'],
    kind: 'method',
    cause:
      'serum sent to a central laboratory reads higher than plasma measured at once, and the people are old; the general adults are those of a survey',
    rows: ['potassium.setpoint (general-adults)'],
  },
  {
    quantities: KIDNEY,
    aspects: ['median level'],
    kind: 'design',
    cause:
      "half of the cohort's clinics treat heart, kidney or diabetes; most people in a hospital have better kidneys",
    rows: ['egfr.baseline'],
  },
  {
    settings: INTENSIVE,
    kind: 'people',
    cause: 'the people of intensive care are sicker, and treated by infusion, ventilator and transfusion',
    rows: [],
  },
  {
    quantities: ['sbp'],
    aspects: ['median level', 'spread of levels'],
    settings: ['trial outpatients', 'population'],
    virtualIs: 'smaller',
    kind: 'system',
    cause:
      'general adults start from one mean at every age with a weak correlation with age, and treatment then takes the high end away',
    rows: ['sbp.untreated (general-adults)', 'age~sbp.untreated', 'sbp.ageing'],
  },
  {
    quantities: ['sbp'],
    aspects: ['spread of changes'],
    settings: ['population'],
    virtualIs: 'smaller',
    kind: 'method',
    cause:
      'real readings of any place and reason, emergencies included; over years, treatment and ageing differ more between real people',
    rows: ['sbp.within_person', 'sbp.ageing'],
  },
  {
    quantities: ['dbp'],
    aspects: ['spread of levels', 'spread of changes'],
    virtualIs: 'larger',
    kind: 'system',
    cause:
      'the rows are recalled, as shares of those of casual office pressure; pressure after five minutes of lying is calmer',
    rows: ['dbp.untreated', 'dbp.within_person', 'dbp.measurement_sd'],
  },
  {
    quantities: ['body_weight'],
    aspects: ['median level', 'spread of levels'],
    settings: ['trial outpatients'],
    kind: 'people',
    cause: 'people with Alzheimer disease are light, and virtual weight does not fall in old age',
    rows: ['bmi (general-adults)'],
  },
  {
    quantities: ['body_weight'],
    aspects: ['spread of changes'],
    virtualIs: 'smaller',
    kind: 'system',
    cause:
      'weight fluctuates from day to day only; the slow gains and losses over months of untreated people are missing',
    rows: ['body_weight.within_person', 'weight.ageing'],
  },
  {
    quantities: ['hdl'],
    aspects: ['spread of changes'],
    virtualIs: 'smaller',
    kind: 'system',
    cause:
      'biological and assay variation of weeks alone; over months diet, alcohol, illness and several laboratories are added',
    rows: ['hdl.within_person', 'hdl.assay_cv'],
  },
  {
    quantities: ['potassium'],
    settings: ['demo record'],
    kind: 'people',
    cause: 'values of acute stays months apart stand beside those of a clinic',
    rows: [],
  },
  {
    settings: ['demo record'],
    kind: 'people',
    cause: 'few people, measured because they were ill',
    rows: [],
  },
  {
    settings: ['demo ward'],
    kind: 'people',
    cause: 'few people, all of whom needed intensive care at some time',
    rows: [],
  },
];

/** The likely cause of a difference. */
export function causeOf(difference: {
  readonly setting: string;
  readonly quantity: string;
  readonly aspect: Aspect;
  readonly real: number;
  readonly virtual: number;
}): Cause {
  const virtualIs = difference.virtual > difference.real ? 'larger' : 'smaller';
  const row = CAUSES.find(
    (candidate) =>
      (candidate.settings?.includes(difference.setting) ?? true) &&
      (candidate.quantities?.includes(difference.quantity) ?? true) &&
      (candidate.aspects?.includes(difference.aspect) ?? true) &&
      (candidate.virtualIs ?? virtualIs) === virtualIs,
  );
  const { kind, cause, rows } = row ?? UNKNOWN;
  return { kind, cause, rows };
}
