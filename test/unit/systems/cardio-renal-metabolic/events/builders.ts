import { seededRandom } from '../../../../../src/core/random.ts';
import { eventConstantsFrom } from '../../../../../src/systems/cardio-renal-metabolic/events/event-constants.ts';
import type { EventConstants } from '../../../../../src/systems/cardio-renal-metabolic/events/event-constants.ts';
import { eventIndex, EVENTS } from '../../../../../src/systems/cardio-renal-metabolic/events/event-table.ts';
import type { EventId } from '../../../../../src/systems/cardio-renal-metabolic/events/event-table.ts';
import type { EventRow } from '../../../../../src/systems/cardio-renal-metabolic/events/direct-effects.ts';
import { hazardsOf } from '../../../../../src/systems/cardio-renal-metabolic/events/hazards.ts';
import type { RiskFactors } from '../../../../../src/systems/cardio-renal-metabolic/events/risk-factors.ts';
import { CHANNELS } from '../../../../../src/systems/cardio-renal-metabolic/schema.ts';
import cardiovascularSideEffects from '../../../../../src/systems/cardio-renal-metabolic/parameters/cardiovascular-side-effects.json' with { type: 'json' };
import drugEffects from '../../../../../src/systems/cardio-renal-metabolic/parameters/drug-effects.json' with { type: 'json' };
import events from '../../../../../src/systems/cardio-renal-metabolic/parameters/events.json' with { type: 'json' };
import glycaemicSideEffects from '../../../../../src/systems/cardio-renal-metabolic/parameters/glycaemic-side-effects.json' with { type: 'json' };
import lipidUrate from '../../../../../src/systems/cardio-renal-metabolic/parameters/lipid-urate.json' with { type: 'json' };

/** Rows of every file that holds events. */
export const ROWS: readonly EventRow[] = [
  ...events,
  ...drugEffects,
  ...glycaemicSideEffects,
  ...cardiovascularSideEffects,
  ...lipidUrate,
];

export const CONSTANTS: EventConstants = eventConstantsFrom(ROWS);

/** Multiples of the reference effect, in the order of channels. */
export function effects(by: Readonly<Record<string, number>> = {}): readonly number[] {
  return CHANNELS.map(({ id }) => by[id] ?? 0);
}

/** A 66-year-old man with diabetes and nothing else, unless said otherwise. */
export function riskFactors(change: Partial<RiskFactors> = {}): RiskFactors {
  return {
    age: 66,
    female: false,
    smoker: false,
    ascvd: false,
    heartFailure: false,
    reducedEjectionFraction: false,
    type2Diabetes: true,
    sbp: 134,
    ldl: 100,
    hdl: 46,
    heartRate: 72,
    hba1c: 7.6,
    pastHba1c: 7.6,
    egfr: 55,
    uacr: 30,
    bmi: 31,
    potassium: 4.5,
    ntProbnp: 150,
    lvef: 60,
    urate: 6.2,
    untreatedUrate: 6.2,
    hasFlared: false,
    slco1b1: 0,
    acuteInjury: 0,
    hfAdmissions: 0,
    effects: effects(),
    ...change,
  };
}

export const REDUCED_EF: Partial<RiskFactors> = {
  heartFailure: true,
  reducedEjectionFraction: true,
  ntProbnp: 1700,
  lvef: 31,
};

export const PRESERVED_EF: Partial<RiskFactors> = { heartFailure: true, ntProbnp: 1100, lvef: 58 };

/** One hazard of a patient; unit: /a. */
export function hazard(event: EventId, change: Partial<RiskFactors> = {}): number {
  const out = new Float64Array(EVENTS.length);
  hazardsOf(CONSTANTS, riskFactors(change), out);
  return out[eventIndex(event)] ?? NaN;
}

/** Patients drawn over the whole range of the factors. */
export function anyPatients(count: number): readonly RiskFactors[] {
  const random = seededRandom('any patients');
  const between = (low: number, high: number): number => low + (high - low) * random.uniform();
  const yes = (): boolean => random.uniform() < 0.5;
  return Array.from({ length: count }, () => {
    const heartFailure = yes();
    return riskFactors({
      age: between(18, 100),
      female: yes(),
      smoker: yes(),
      ascvd: yes(),
      heartFailure,
      reducedEjectionFraction: heartFailure && yes(),
      type2Diabetes: yes(),
      sbp: between(70, 240),
      ldl: between(5, 400),
      hdl: between(10, 120),
      heartRate: between(35, 150),
      hba1c: between(4, 16),
      pastHba1c: between(4, 16),
      egfr: between(2, 160),
      uacr: Math.exp(between(-2, 9)),
      bmi: between(14, 65),
      potassium: between(2, 8),
      ntProbnp: Math.exp(between(0, 11)),
      lvef: between(8, 80),
      urate: between(1, 16),
      untreatedUrate: between(1, 16),
      hasFlared: yes(),
      slco1b1: yes() ? 1 : 2,
      acuteInjury: -between(0, 2),
      hfAdmissions: Math.floor(between(0, 6)),
      effects: CHANNELS.map(() => (yes() ? between(0, 3) : 0)),
    });
  });
}
