import { at } from '../../../core/array.ts';
import { conditionsOf } from './conditions.ts';
import type { EventConstants, Mortality } from './event-constants.ts';
import { eventIndex, EVENTS } from './event-table.ts';
import { FACTOR_IDS, factorOf } from './factors.ts';
import { logFlareHazard } from './gout.ts';
import { logKidneyFailureHazard } from './kidney-failure.ts';
import { logPreventHazard } from './prevent.ts';
import type { RiskFactors } from './risk-factors.ts';

const MI = eventIndex('mi');
const STROKE = eventIndex('stroke');
const HF_HOSPITALISATION = eventIndex('hf_hospitalisation');
const CV_DEATH_OTHER = eventIndex('cv_death_other');
const DEATH_NON_CV = eventIndex('death_non_cv');
const KIDNEY_FAILURE = eventIndex('kidney_failure');
const GOUT_FLARE = eventIndex('gout_flare');

const READ = FACTOR_IDS.map(factorOf);

/** Values of the factors of the patient in hand: overwritten by every call, so that a call allocates nothing. */
const VALUES = new Float64Array(READ.length);

/** No event is more certain than this within a year: a guard against factors that no patient has. Unit: /a. */
const GREATEST = 50;

/** A class acts no more than this many times its reference dose. */
const GREATEST_ACTION = 2;

/**
 * Hazards of all events in a year, by the order of `EVENTS`, written into `out` ([EVENTS], /a).
 *
 * Baseline (PREVENT, the Kidney Failure Risk Equation, life table, trial and registry rates in heart failure, background
 * rows) × exp(Σ slope · (factor − reference)) × Π (hazard ratio of a class) ^ (its action).
 */
export function hazardsOf(constants: EventConstants, factors: RiskFactors, out: Float64Array): void {
  const conditions = conditionsOf(factors);
  writeBaselines(constants, factors, out);
  addModifiers(constants, factors, conditions, out);
  addDirectEffects(constants, factors, conditions, out);
  for (let event = 0; event < EVENTS.length; event += 1) {
    const needed = at(constants.susceptible, event);
    out[event] = (conditions & needed) === needed ? Math.min(Math.exp(at(out, event)), GREATEST) : 0;
  }
}

function writeBaselines(constants: EventConstants, factors: RiskFactors, out: Float64Array): void {
  for (let event = 0; event < EVENTS.length; event += 1) out[event] = at(constants.background, event);
  const mortality = logMortality(factors.female ? constants.mortality.female : constants.mortality.male, factors.age);
  out[MI] = logPreventHazard('coronary', factors);
  out[STROKE] = logPreventHazard('stroke', factors);
  out[DEATH_NON_CV] = mortality + constants.nonCvShare;
  out[KIDNEY_FAILURE] = logKidneyFailureHazard(factors, constants.dialysis);
  out[GOUT_FLARE] = logFlareHazard(at(constants.background, GOUT_FLARE), constants.gout, factors);
  if (factors.heartFailure) {
    const rates = factors.reducedEjectionFraction ? constants.reducedEf : constants.preservedEf;
    out[CV_DEATH_OTHER] = rates.cvDeath;
    out[HF_HOSPITALISATION] = rates.hospitalisation;
  } else {
    out[CV_DEATH_OTHER] = mortality + constants.cvOtherShare;
    out[HF_HOSPITALISATION] = logPreventHazard('heartFailure', factors);
  }
}

/** Gompertz: the logarithm of mortality rises evenly with age. */
function logMortality({ log60, slope }: Mortality, age: number): number {
  return log60 + slope * (age - 60);
}

function addModifiers(constants: EventConstants, factors: RiskFactors, conditions: number, out: Float64Array): void {
  for (let index = 0; index < READ.length; index += 1) {
    const { read, scale } = at(READ, index);
    VALUES[index] = scale === 'logarithmic' ? Math.log(read(factors)) : read(factors);
  }
  const { event, factor, slope, reference, low, high, mask } = constants.modifiers;
  for (let entry = 0; entry < event.length; entry += 1) {
    const needed = mask[entry] ?? 0;
    if ((conditions & needed) !== needed) continue;
    const value = Math.min(high[entry] ?? 0, Math.max(low[entry] ?? 0, VALUES[factor[entry] ?? 0] ?? 0));
    addTo(out, event[entry] ?? 0, (slope[entry] ?? 0) * (value - (reference[entry] ?? 0)));
  }
}

function addDirectEffects(
  constants: EventConstants,
  factors: RiskFactors,
  conditions: number,
  out: Float64Array,
): void {
  const { start, event, logRatio, mask } = constants.direct;
  for (let channel = 0; channel + 1 < start.length; channel += 1) {
    const action = Math.min(factors.effects[channel] ?? 0, GREATEST_ACTION);
    if (action <= 0) continue;
    for (let entry = start[channel] ?? 0; entry < (start[channel + 1] ?? 0); entry += 1) {
      const needed = mask[entry] ?? 0;
      if ((conditions & needed) === needed) addTo(out, event[entry] ?? 0, (logRatio[entry] ?? 0) * action);
    }
  }
}

function addTo(out: Float64Array, index: number, logarithm: number): void {
  out[index] = (out[index] ?? 0) + logarithm;
}
