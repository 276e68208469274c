import { normalProbability } from '../integrate.ts';
import type { Fluctuation } from '../integrate.ts';
import { drugResponses } from './drug-response.ts';
import type { DrugResponse } from './drug-response.ts';
import { ownValue } from './draws.ts';
import type { Scores } from './draws.ts';
import type { ParameterId } from './parameter-units.ts';
import { publishedParameters } from './parameters.ts';
import type { Parameters } from './parameters.ts';

/** Who a virtual patient is, apart from the course of anything. */
export interface Person {
  /** Unit: a. */
  readonly age: number;
  readonly female: boolean;
  /** Unit: cm. */
  readonly height: number;
  readonly heartFailure: boolean;
  readonly reducedEjectionFraction: boolean;
  readonly type2Diabetes: boolean;
}

/** Where a person's variables rest without any of the drugs, at the start. */
export interface Setpoints {
  /** At an eGFR of 60; unit: mmol/L. */
  readonly potassium: number;
  /** Unit: mL/min/{1.73_m2}. */
  readonly gfr: number;
  /** Unit: mm[Hg]. */
  readonly sbp: number;
  /** Unit: /min. */
  readonly heartRate: number;
  /** Unit: kg. */
  readonly weight: number;
  /** Unit: %. */
  readonly hba1c: number;
}

/** One virtual patient's constants: everything in which persons differ. */
export interface Individual {
  readonly person: Person;
  readonly setpoints: Setpoints;
  /** By `System.channels`. */
  readonly responses: readonly DrugResponse[];
  /** Drug taken as a fraction of what the average patient of a trial takes. */
  readonly adherence: number;
  readonly potassium: {
    /** Rise a mL/min/{1.73_m2} lower eGFR; unit: mmol/L. */
    readonly risePerGfr: number;
    /** Relative growth of a RAAS drug's effect a mL/min/{1.73_m2} below 60. */
    readonly amplificationPerGfr: number;
    /** Unit: d. */
    readonly relaxation: number;
  };
  /** Structural loss of GFR; unit: mL/min/{1.73_m2} a day. */
  readonly declinePerDay: number;
  readonly glucose: {
    /** Unit: d. */
    readonly relaxation: number;
    /** Rise of the HbA1c target; unit: % a day. */
    readonly driftPerDay: number;
    /** Share of the SGLT2 inhibitor's effect lost a mL/min/{1.73_m2} below 60. */
    readonly lossPerGfr: number;
  };
  /** Acute illness with volume loss. `logDrop`: fall of the logarithm of eGFR; `duration` in d. */
  readonly volumeEvent: { readonly ratePerDay: number; readonly logDrop: number; readonly duration: number };
  /** By `System.variables`; of eGFR on the logarithm, of the others in the variable's unit. */
  readonly fluctuations: readonly Fluctuation[];
}

const DAYS_A_YEAR = 365.25;
const DECADE_OF_GFR = 10;

/** Draws who a person is. `scores` decide alone, so that the same scores give the same person. */
export function personFrom(parameters: Parameters, scores: Scores): Person {
  const own = (id: ParameterId): number => ownValue(parameters, scores, id);
  const holds = (id: ParameterId): boolean => normalProbability(scores[id]) < parameters[id].value;
  const female = holds('female');
  const heartFailure = holds('heart_failure');
  return {
    age: own('age'),
    female,
    height: own(female ? 'height.female' : 'height.male'),
    heartFailure,
    reducedEjectionFraction: heartFailure && holds('hfref'),
    type2Diabetes: holds('type_2_diabetes'),
  };
}

/** Where a person's variables rest, from the person's scores. */
export function setpointsFrom(parameters: Parameters, scores: Scores, person: Person): Setpoints {
  const own = (id: ParameterId): number => ownValue(parameters, scores, id);
  return {
    potassium: own('potassium.setpoint'),
    gfr: own('egfr.baseline'),
    sbp: own('sbp.untreated'),
    heartRate: own('heart_rate.untreated'),
    weight: own('bmi') * (person.height / 100) ** 2,
    hba1c: own(person.type2Diabetes ? 'hba1c.diabetes' : 'hba1c.no_diabetes'),
  };
}

/** Builds a virtual patient's constants. */
export function individualFrom(
  parameters: Parameters,
  scores: Scores,
  start: { readonly person: Person; readonly setpoints: Setpoints },
): Individual {
  const own = (id: ParameterId): number => ownValue(parameters, scores, id);
  const { type2Diabetes } = start.person;
  return {
    ...start,
    responses: drugResponses(parameters, scores, { sbp: start.setpoints.sbp, type2Diabetes }),
    // Effects are those of trials by intention to treat, whose patients already took no more than the published share:
    // in a world of poorer adherence the effects of trials stay those of trials, and the person takes less.
    adherence: Math.min(1, Math.max(0, own('adherence.mean'))) / publishedParameters()['adherence.mean'].value,
    potassium: {
      risePerGfr: own('potassium.egfr_slope') / DECADE_OF_GFR,
      amplificationPerGfr: own('potassium.egfr_amplification') / DECADE_OF_GFR,
      relaxation: own('potassium.relaxation'),
    },
    declinePerDay: (own('egfr.decline') + (type2Diabetes ? own('egfr.decline_diabetes') : 0)) / DAYS_A_YEAR,
    glucose: {
      relaxation: own('hba1c.relaxation'),
      driftPerDay: type2Diabetes ? own('hba1c.drift') / DAYS_A_YEAR : 0,
      lossPerGfr: own('sglt2i.hba1c_egfr_slope') / DECADE_OF_GFR,
    },
    volumeEvent: {
      ratePerDay: own('volume_event.rate') / DAYS_A_YEAR,
      logDrop: Math.log(1 - Math.min(own('volume_event.egfr_drop'), 90) / 100),
      duration: own('volume_event.duration'),
    },
    fluctuations: fluctuationsOf(parameters, own, type2Diabetes),
  };
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
  return [
    { sd: own('potassium.within_person'), time: own('potassium.drift_time') },
    { sd: own('egfr.within_person') / 100, time: volumeTime },
    { sd: own('sbp.within_person'), time: pressureTime },
    // No drift time of heart rate or weight is published: the one of pressure (autonomic) and of eGFR (volume) stand in.
    { sd: own('heart_rate.within_person'), time: pressureTime },
    { sd: own('body_weight.within_person'), time: volumeTime },
    { sd: own('hba1c.within_person') * (type2Diabetes ? 1 : calm), time: own('hba1c.relaxation') },
  ];
}
