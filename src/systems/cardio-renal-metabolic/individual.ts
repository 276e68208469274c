import { DAYS_A_YEAR } from '../../core/time.ts';
import { egfrAtKink } from '../ckd-epi.ts';
import { normalProbability } from '../integrate.ts';
import type { Fluctuation } from '../integrate.ts';
import { drugResponses, massTimeOf } from './drug-response.ts';
import type { Responses } from './drug-response.ts';
import { ownValue } from './draws.ts';
import type { Scores } from './draws.ts';
import { balanceAt, glucoseActions, hba1cScale } from './glucose-actions.ts';
import type { GlucoseActions } from './glucose-actions.ts';
import { PARAMETER_ROWS } from './parameter-rows.ts';
import type { ParameterId } from './parameter-units.ts';
import type { Parameters } from './parameters.ts';
import { capacityFor, glucoseOfHba1c } from './physiology/glycaemia.ts';
import type { GlucoseBalance, GlucoseOfHba1c } from './physiology/glycaemia.ts';
import { AS_DESCRIBED } from './structure.ts';
import type { Structure } from './structure.ts';

/** Who a virtual patient is, apart from the course of anything. */
export interface Person {
  /** At the start, when no day of the course has passed (`ageOf` is the age now); unit: a. */
  readonly age: number;
  readonly female: boolean;
  /** Unit: cm. */
  readonly height: number;
  readonly heartFailure: boolean;
  readonly reducedEjectionFraction: boolean;
  readonly type2Diabetes: boolean;
  /** Years since the diagnosis of diabetes at the start, 0 without it; unit: a. */
  readonly diabetesYears: number;
  /** Prior myocardial infarction, stroke or peripheral artery disease. */
  readonly ascvd: boolean;
  readonly smoker: boolean;
  /** Reduced-function alleles of SLCO1B1 (c.521T>C). */
  readonly slco1b1: 0 | 1 | 2;
}

/** Where a person's variables rest without any of the drugs, at the start. */
export interface Setpoints {
  /** At an eGFR of 60; unit: mmol/L. */
  readonly potassium: number;
  /** Unit: mL/min/{1.73_m2}. */
  readonly gfr: number;
  /** Unit: mm[Hg]. */
  readonly sbp: number;
  /** Unit: mm[Hg]. */
  readonly dbp: number;
  /** Unit: /min. */
  readonly heartRate: number;
  /** Unit: kg. */
  readonly weight: number;
  /** Unit: %. */
  readonly hba1c: number;
  /** Unit: mg/dL. */
  readonly ldl: number;
  readonly hdl: number;
  readonly triglycerides: number;
  /** Unit: mg/g. */
  readonly uacr: number;
  /** Unit: pg/mL. */
  readonly ntProbnp: number;
  /** Unit: %. */
  readonly lvef: number;
  /** Unit: mg/dL. */
  readonly urate: number;
}

/** One virtual patient's constants: everything in which persons differ. */
export interface Individual {
  readonly person: Person;
  readonly setpoints: Setpoints;
  readonly responses: Responses;
  /** Drug taken as a fraction of what the average patient of a trial takes. */
  readonly adherence: number;
  readonly potassium: {
    /** Rise a mL/min/{1.73_m2} lower eGFR; unit: mmol/L. */
    readonly risePerGfr: number;
    /** Relative growth of a RAAS drug's effect a mL/min/{1.73_m2} below 60. */
    readonly amplificationPerGfr: number;
    /** Rise when GFR falls acutely to the e-th part; unit: mmol/L. */
    readonly acuteRise: number;
    /** Unit: d. */
    readonly relaxation: number;
  };
  readonly kidney: {
    /** Structural loss of GFR; unit: mL/min/{1.73_m2} a day. */
    readonly declinePerDay: number;
    /** What of it a doubling of albuminuria adds in kidney disease; unit: mL/min/{1.73_m2} a day. */
    readonly declinePerDoubling: number;
    /** Unit: d. */
    readonly uacrRelaxation: number;
  };
  readonly glucose: {
    /** At rest, without drugs. */
    readonly balance: GlucoseBalance;
    readonly scale: GlucoseOfHba1c;
    /** Of HbA1c; unit: d. */
    readonly relaxation: number;
    /** Relative loss of insulin secretion a day. */
    readonly betaCellLoss: number;
    /** Relative rise of insulin sensitivity a percent of weight lost. */
    readonly sensitivityPerPercent: number;
    /** Share of the SGLT2 inhibitor's effect lost a mL/min/{1.73_m2} below 60. */
    readonly lossPerGfr: number;
    /** Fasting over mean glucose. */
    readonly fastingShare: number;
  };
  readonly mass: {
    /** Unit: d. */
    readonly time: number;
    /** With which the effort put into a programme fades; unit: d. */
    readonly effortTime: number;
    /** Gained with age; unit: kg a day. */
    readonly ageing: number;
  };
  readonly pressure: {
    /** Unit: mm[Hg]. */
    readonly floor: number;
    /** Unit: mm[Hg]/kg. */
    readonly perWeight: number;
    /** Unit: mm[Hg] a day. */
    readonly ageing: number;
    /** Fall of diastolic over fall of systolic pressure. */
    readonly diastolicShare: number;
    /** By how much diastolic pressure fluctuates with systolic; what is left over is its own. */
    readonly diastolicFluctuation: number;
  };
  /** Time constants (unit: d) and change a kilogram gained (unit: mg/dL/kg). */
  readonly lipids: {
    readonly ldlTime: number;
    readonly hdlTime: number;
    readonly triglyceridesTime: number;
    readonly ldlPerWeight: number;
    readonly hdlPerWeight: number;
    readonly triglyceridesPerWeight: number;
  };
  readonly heart: {
    /** Unit: d. */
    readonly lvefTime: number;
    /** Change of the logarithm of NT-proBNP a mL/min/{1.73_m2} lower GFR, and a kilogram of fluid. */
    readonly ntProbnpPerGfr: number;
    readonly ntProbnpPerFluid: number;
    /** Rise of the logarithm of NT-proBNP with age; /d. */
    readonly ntProbnpAgeing: number;
  };
  readonly urate: {
    /** Unit: d. */
    readonly time: number;
    /** Rise a mL/min/{1.73_m2} lower GFR; unit: mg/dL. */
    readonly perGfr: number;
  };
  /** Acute illness with volume loss. */
  readonly volumeEvent: {
    readonly ratePerDay: number;
    /** Fall of the logarithm of eGFR. */
    readonly logDrop: number;
    /** Unit: d. */
    readonly duration: number;
    /** Changes of systolic pressure (mm[Hg]) and fluid (kg) when it strikes. */
    readonly pressure: number;
    readonly fluid: number;
  };
  /** By `System.variables`; of `LOGARITHMIC` ones on the logarithm, of the others in the variable's unit. */
  readonly fluctuations: readonly Fluctuation[];
  readonly structure: Structure;
}

const TENS_OF_GFR = 10;
/** Kidney disease stage 3 begins below this GFR; unit: mL/min/{1.73_m2}. KDIGO 2024, doi 10.1016/j.kint.2023.10.018. */
export const CKD_GFR = 60;

/**
 * From here up GFR says nothing of kidney failure to come, below it the risk rises exponentially; unit: mL/min/{1.73_m2}.
 * Gansevoort 2011 (cohorts of the CKD Prognosis Consortium), doi 10.1038/ki.2010.531.
 */
const KEPT_GFR = 75;

/** Kidney disease is there, whatever the GFR, from this UACR on; unit: mg/g. Same source. */
const CKD_UACR = 30;

/** Albuminuria below is normal, from here to 30 high normal; unit: mg/g. KDIGO 2012, note to its categories (PMC10200071, Table 11). */
const NORMAL_UACR = 10;

/** How far above the kink of CKD-EPI a GFR may lie: there creatinine is about half of κ, which frail and pregnant people reach. */
const HIGHEST_OVER_KINK = 1.15;

/** From this age (a) on weight no longer rises: row weight.ageing was measured in the middle-aged. */
const OLD = 65;

/** Share of the drug that the average patient of a trial takes, as published. */
const TRIAL_ADHERENCE = PARAMETER_ROWS.find(({ id }) => id === 'adherence.mean')?.value ?? 1;

/** Draws who a person is. `scores` decide alone, so that the same scores give the same person. */
export function personFrom(parameters: Parameters, scores: Scores): Person {
  const own = (id: ParameterId): number => ownValue(parameters, scores, id);
  const holds = (id: 'female' | 'heart_failure' | 'hfref' | 'type_2_diabetes' | 'ascvd' | 'smoker'): boolean =>
    normalProbability(scores[id]) < parameters[id].value;
  const female = holds('female');
  const heartFailure = holds('heart_failure');
  const type2Diabetes = holds('type_2_diabetes');
  return {
    age: Math.max(18, own('age')),
    female,
    height: own(female ? 'height.female' : 'height.male'),
    heartFailure,
    reducedEjectionFraction: heartFailure && holds('hfref'),
    type2Diabetes,
    diabetesYears: type2Diabetes ? Math.max(0, own('diabetes.years')) : 0,
    ascvd: holds('ascvd'),
    smoker: holds('smoker'),
    slco1b1: allelesOf(
      normalProbability(scores['slco1b1.allele_frequency']),
      parameters['slco1b1.allele_frequency'].value,
    ),
  };
}

/** Alleles of a person by Hardy–Weinberg; `place`: where the person stands in the population, 0 to 1. */
function allelesOf(place: number, frequency: number): 0 | 1 | 2 {
  if (place < frequency * frequency) return 2;
  return place < frequency * (2 - frequency) ? 1 : 0;
}

/** Where a person's variables rest, from the person's scores. */
export function setpointsFrom(parameters: Parameters, scores: Scores, person: Person): Setpoints {
  const own = (id: ParameterId): number => ownValue(parameters, scores, id);
  const gfr = Math.min(own('egfr.baseline'), HIGHEST_OVER_KINK * egfrAtKink(person));
  const sbp = own('sbp.untreated');
  const inDiabetes = (id: ParameterId): number => (person.type2Diabetes ? own(id) : 1);
  const kidney = gfr < CKD_GFR ? 'uacr.ckd' : person.type2Diabetes ? 'uacr.diabetes' : 'uacr.normal';
  return {
    potassium: own('potassium.setpoint'),
    gfr,
    sbp,
    dbp: dbpFrom(parameters, scores, sbp),
    heartRate: own('heart_rate.untreated'),
    weight: own('bmi') * (person.height / 100) ** 2,
    hba1c: own(person.type2Diabetes ? 'hba1c.diabetes' : 'hba1c.no_diabetes'),
    ldl: own('ldl.untreated') * inDiabetes('ldl.diabetes_factor'),
    hdl: own(person.female ? 'hdl.female' : 'hdl.male') * inDiabetes('hdl.diabetes_factor'),
    triglycerides: own('triglycerides.untreated') * inDiabetes('triglycerides.diabetes_factor'),
    uacr: own(kidney),
    ntProbnp: ntProbnpFrom(parameters, scores, { person, gfr, bmi: own('bmi') }),
    lvef: own(person.reducedEjectionFraction ? 'lvef.reduced' : person.heartFailure ? 'lvef.preserved' : 'lvef.normal'),
    urate: own(person.female ? 'urate.female' : 'urate.male'),
  };
}

/** Diastolic pressure of a person at rest, which goes with systolic pressure (row dbp.correlation). Unit: mm[Hg]. */
function dbpFrom(parameters: Parameters, scores: Scores, sbp: number): number {
  const { value, spread } = parameters['dbp.untreated'];
  const systolic = parameters['sbp.untreated'];
  const correlation = parameters['dbp.correlation'].value;
  const together = (correlation * (sbp - systolic.value)) / systolic.spread.sd;
  const apart = Math.sqrt(1 - correlation ** 2) * scores['dbp.untreated'];
  return value + spread.sd * (together + apart);
}

/** NT-proBNP of a person at rest: it rises with age and falling GFR and is lower in obesity. Unit: pg/mL. */
function ntProbnpFrom(
  parameters: Parameters,
  scores: Scores,
  { person, gfr, bmi }: { readonly person: Person; readonly gfr: number; readonly bmi: number },
): number {
  const change = (id: 'nt_probnp.age_slope' | 'nt_probnp.egfr_slope' | 'nt_probnp.bmi_slope', by: number): number =>
    (1 + parameters[id].value / 100) ** by;
  const lost = (parameters['egfr.baseline'].value - gfr) / TENS_OF_GFR;
  const shape = change('nt_probnp.egfr_slope', lost) * change('nt_probnp.bmi_slope', bmi - parameters.bmi.value);
  if (person.heartFailure) {
    return ownValue(parameters, scores, person.reducedEjectionFraction ? 'nt_probnp.hfref' : 'nt_probnp.hfpef') * shape;
  }
  const older = person.age - (parameters['nt_probnp.no_heart_failure'].at?.age ?? parameters.age.value);
  return ownValue(parameters, scores, 'nt_probnp.no_heart_failure') * shape * change('nt_probnp.age_slope', older);
}

/** What the parameters fix for everybody: solved once a parameter set. */
const SOLVED = new WeakMap<Parameters, GlucoseActions>();

function actionsUnder(parameters: Parameters): GlucoseActions {
  const known = SOLVED.get(parameters) ?? glucoseActions(parameters);
  SOLVED.set(parameters, known);
  return known;
}

/** Builds a virtual patient's constants. */
export function individualFrom(
  parameters: Parameters,
  scores: Scores,
  start: { readonly person: Person; readonly setpoints: Setpoints; readonly structure?: Structure },
): Individual {
  const own = (id: ParameterId): number => ownValue(parameters, scores, id);
  const { person, setpoints, structure = AS_DESCRIBED } = start;
  return {
    person,
    setpoints,
    structure,
    responses: drugResponses({
      parameters,
      scores,
      ...person,
      urate: setpoints.urate,
      glucose: actionsUnder(parameters),
    }),
    // Effects are those of trials by intention to treat, whose patients already took no more than the published share:
    // in a world of poorer adherence the effects of trials stay those of trials, and the person takes less.
    adherence: Math.min(1, Math.max(0, own('adherence.mean'))) / TRIAL_ADHERENCE,
    potassium: {
      risePerGfr: own('potassium.egfr_slope') / TENS_OF_GFR,
      amplificationPerGfr: own('potassium.egfr_amplification') / TENS_OF_GFR,
      acuteRise: own('potassium.acute_injury') / Math.LN2,
      relaxation: own('potassium.relaxation'),
    },
    kidney: {
      declinePerDay: declineOf(parameters, own, start),
      declinePerDoubling: (diseaseOf(setpoints) * own('egfr.decline_per_uacr_doubling')) / DAYS_A_YEAR,
      uacrRelaxation: own('uacr.relaxation'),
    },
    glucose: glucoseOf(parameters, own, start),
    mass: {
      time: massTimeOf(parameters, scores),
      effortTime: own('weight.maintenance_fading') * DAYS_A_YEAR,
      ageing: person.age < OLD ? own('weight.ageing') / DAYS_A_YEAR : 0,
    },
    pressure: {
      floor: parameters['pressure.trial_floor'].value,
      perWeight: own('sbp.per_weight'),
      ageing: own('sbp.ageing') / DAYS_A_YEAR,
      diastolicShare: own('dbp.ratio'),
      diastolicFluctuation: (parameters['dbp.correlation'].value * own('dbp.within_person')) / own('sbp.within_person'),
    },
    lipids: {
      ldlTime: 1 / own('ldl.catabolic_rate'),
      hdlTime: own('hdl.relaxation'),
      triglyceridesTime: own('triglycerides.relaxation'),
      ldlPerWeight: -own('ldl.per_weight'),
      hdlPerWeight: -own('hdl.per_weight'),
      triglyceridesPerWeight: -own('triglycerides.per_weight'),
    },
    heart: {
      lvefTime: own('lvef.relaxation'),
      ntProbnpPerGfr: Math.log(1 + own('nt_probnp.egfr_slope') / 100) / TENS_OF_GFR,
      ntProbnpPerFluid: Math.log(1 + own('nt_probnp.per_fluid') / 100),
      ntProbnpAgeing: person.heartFailure ? 0 : Math.log(1 + own('nt_probnp.age_slope') / 100) / DAYS_A_YEAR,
    },
    urate: { time: own('urate.relaxation'), perGfr: own('urate.egfr_slope') / TENS_OF_GFR },
    volumeEvent: {
      ratePerDay: own('volume_event.rate') / DAYS_A_YEAR,
      logDrop: Math.log(1 - Math.min(own('volume_event.egfr_drop'), 90) / 100),
      duration: own('volume_event.duration'),
      // In heart failure acute illness is as often congestion as volume loss, and neither sign is right.
      pressure: person.heartFailure ? 0 : own('volume_event.sbp'),
      fluid: person.heartFailure ? 0 : own('volume_event.weight'),
    },
    fluctuations: fluctuationsOf(parameters, own, person.type2Diabetes),
  };
}

type Start = Pick<Individual, 'person' | 'setpoints'>;

/**
 * Structural loss of GFR: ageing alone, or that of kidney disease, which albuminuria above the usual speeds and below it
 * slows. Unit: mL/min/{1.73_m2} a day.
 */
function declineOf(parameters: Parameters, own: (id: ParameterId) => number, { person, setpoints }: Start): number {
  const doublings = Math.log2(setpoints.uacr / parameters['uacr.ckd'].value);
  const ofDisease = own('egfr.decline') + own('egfr.decline_per_uacr_doubling') * doublings;
  const ageing = own('egfr.decline_ageing');
  const loss = ageing + diseaseOf(setpoints) * Math.max(0, ofDisease - ageing);
  return (loss + (person.type2Diabetes ? own('egfr.decline_diabetes') : 0)) / DAYS_A_YEAR;
}

/**
 * How far the kidneys are diseased at the start, 0 to 1: disease sets in with a GFR that is no longer kept or with a high
 * normal albuminuria, whichever has gone further.
 */
function diseaseOf({ gfr, uacr }: Setpoints): number {
  const ofGfr = (KEPT_GFR - gfr) / (KEPT_GFR - CKD_GFR);
  const ofAlbumin = Math.log(uacr / NORMAL_UACR) / Math.log(CKD_UACR / NORMAL_UACR);
  return Math.min(1, Math.max(0, ofGfr, ofAlbumin));
}

function glucoseOf(
  parameters: Parameters,
  own: (id: ParameterId) => number,
  { person, setpoints }: Start,
): Individual['glucose'] {
  const scale = hba1cScale(parameters);
  const rest = { ...balanceAt(parameters, setpoints.hba1c), sensitivity: own('insulin.sensitivity') };
  const balance = { ...rest, capacity: capacityFor(glucoseOfHba1c(scale, setpoints.hba1c), rest) };
  return {
    balance,
    scale,
    relaxation: own('hba1c.relaxation'),
    betaCellLoss: betaCellLossOf(parameters, own, { person, setpoints }),
    sensitivityPerPercent: own('insulin.weight_sensitivity') / 100,
    lossPerGfr: own('sglt2i.hba1c_egfr_slope') / TENS_OF_GFR,
    fastingShare: own('glucose.fasting_share'),
  };
}

/** Prediabetes begins at this HbA1c (%): ADA 2024, doi 10.2337/dc24-S002. */
const PREDIABETES = 5.7;

/** Beta cells wear out in diabetes and, in most people, in prediabetes. Relative loss of secretion a day. */
function betaCellLossOf(
  parameters: Parameters,
  own: (id: ParameterId) => number,
  { person, setpoints }: Start,
): number {
  if (person.type2Diabetes) return betaCellLoss(parameters, parameters['hba1c.diabetes'].value, own('hba1c.drift'));
  if (setpoints.hba1c < PREDIABETES) return 0;
  const at = parameters['hba1c.drift_prediabetes'].at?.hba1c ?? PREDIABETES;
  return betaCellLoss(parameters, at, own('hba1c.drift_prediabetes'));
}

/**
 * The relative loss of secretion a day that lets HbA1c (%) rise as published (% a year) in the average person: what the
 * capacity for a higher glucose lacks of that for the present one.
 */
function betaCellLoss(parameters: Parameters, hba1c: number, driftPerYear: number): number {
  const before = balanceAt(parameters, hba1c).capacity;
  const after = balanceAt(parameters, hba1c + driftPerYear).capacity;
  return Math.log(before / after) / DAYS_A_YEAR;
}

function fluctuationsOf(
  parameters: Parameters,
  own: (id: ParameterId) => number,
  type2Diabetes: boolean,
): readonly Fluctuation[] {
  // Without diabetes HbA1c varies within a person as much less as it does between persons (note of hba1c.within_person).
  const calm = parameters['hba1c.no_diabetes'].spread.sd / parameters['hba1c.diabetes'].spread.sd;
  const pressureTime = own('sbp.drift_time');
  const volumeTime = own('egfr.drift_time');
  const systolic = own('sbp.within_person');
  const diastolic = own('dbp.within_person') * Math.sqrt(1 - parameters['dbp.correlation'].value ** 2);
  // Where no memory of a fluctuation is published, the one of eGFR (volume) stands in; of pressure, for the circulation.
  const relative = (id: ParameterId): Fluctuation => ({ sd: own(id) / 100, time: volumeTime });
  return [
    { sd: own('potassium.within_person'), time: own('potassium.drift_time') },
    relative('egfr.within_person'),
    { sd: systolic, time: pressureTime },
    { sd: own('heart_rate.within_person'), time: pressureTime },
    { sd: own('body_weight.within_person'), time: volumeTime },
    { sd: own('hba1c.within_person') * (type2Diabetes ? 1 : calm), time: own('hba1c.relaxation') },
    { sd: diastolic, time: pressureTime },
    relative('fasting_glucose.within_person'),
    relative('ldl.within_person'),
    relative('hdl.within_person'),
    relative('triglycerides.within_person'),
    relative('uacr.within_person'),
    relative('nt_probnp.within_person'),
    { sd: 0, time: volumeTime },
    relative('urate.within_person'),
  ];
}
