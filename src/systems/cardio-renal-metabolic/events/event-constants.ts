import { AppError } from '../../../core/errors.ts';
import { CHANNELS } from '../schema.ts';
import { maskOf } from './conditions.ts';
import { directEffects, directNameOf, longRunShare } from './direct-effects.ts';
import type { DirectEffect, EventRow, RowsById } from './direct-effects.ts';
import { eventRowFaults } from './event-rows.ts';
import type { SingleRow } from './event-rows.ts';
import { eventIndex, EVENTS } from './event-table.ts';
import type { ClinicalEvent, EventId } from './event-table.ts';
import { FACTOR_IDS, factorOf } from './factors.ts';
import type { FactorId } from './factors.ts';
import type { DialysisStart } from './kidney-failure.ts';
import { logRatioOf, MODIFIERS } from './risk-modifiers.ts';

/** The modifiers of all events as columns, one entry a modifier and event, for the loop over hazards. */
export interface ModifierColumns {
  readonly event: Int32Array;
  /** Place of the factor among `FACTORS`. */
  readonly factor: Int32Array;
  /** Change of the logarithm of the hazard a unit of the (possibly logarithmic) factor. */
  readonly slope: Float64Array;
  readonly reference: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly mask: Int32Array;
}

/** Direct effects as columns in the order of channels; those of a channel start at `start[channel]`. */
export interface DirectColumns {
  /** [channels + 1] */
  readonly start: Int32Array;
  readonly event: Int32Array;
  readonly logRatio: Float64Array;
  readonly mask: Int32Array;
}

/** Baseline hazards in heart failure without any drug, as logarithms of a rate (/a). */
export interface HeartFailureRates {
  readonly cvDeath: number;
  readonly hospitalisation: number;
}

/** Mortality of a sex: Gompertz. `log60`: logarithm of the rate (/a) at 60 years; `slope`: its rise a year. */
export interface Mortality {
  readonly log60: number;
  readonly slope: number;
}

/** Who has gout, and how often it flares. Logarithms; of urate (mg/dL) without drugs. */
export interface GoutConstants {
  /** Logarithm of the odds of having gout at the mean urate of a sex, and that mean. */
  readonly female: { readonly logOdds: number; readonly mean: number };
  readonly male: { readonly logOdds: number; readonly mean: number };
  /** Rise of the logarithm of the first flare's rate and of the odds a mg/dL. */
  readonly firstSlope: number;
  readonly flareSlope: number;
  /** Logarithm of the rate (/a) of flares in gout at `FLARE_URATE`. */
  readonly flareRate: number;
}

/** Everything that hazards and draws take from parameter rows. */
export interface EventConstants {
  readonly modifiers: ModifierColumns;
  readonly direct: DirectColumns;
  /** Logarithm of the background rate (/a) by event; −∞ where no row gives one. */
  readonly background: readonly number[];
  /** Conditions without which an event cannot strike, by event. */
  readonly susceptible: readonly number[];
  readonly mortality: { readonly female: Mortality; readonly male: Mortality };
  /** Logarithms of the share of mortality of a person without the modifiers' risks. */
  readonly cvOtherShare: number;
  readonly nonCvShare: number;
  readonly reducedEf: HeartFailureRates;
  readonly preservedEf: HeartFailureRates;
  readonly caseFatality: { readonly mi: number; readonly stroke: number };
  readonly suddenShare: number;
  /** By which risk follows behind levels; unit: a. */
  readonly lags: { readonly ldl: number; readonly pastHba1c: number; readonly urate: number };
  readonly gout: GoutConstants;
  readonly dialysis: DialysisStart;
  /** Events without a baseline: they never strike. */
  readonly silent: readonly EventId[];
}

/** The drugs that patients with a reduced ejection fraction took when the rates were seen. */
const TAKEN = ['acei', 'bb', 'mra'] as const;

/** Events whose baseline is an equation; the others have a row `background.<event>`. */
const BY_EQUATION: ReadonlySet<EventId> = new Set([
  'mi',
  'stroke',
  'hf_hospitalisation',
  'cv_death_other',
  'death_non_cv',
  'kidney_failure',
]);

/**
 * Builds the constants of all events from the union of the parameter rows.
 *
 * Takes the rows named here, every `background.<event>` (/a) and every `<class>.<event>` or
 * `<class>.<event>.<condition>` (hazard ratio of the reference dose as trials reported it, unit 1); other rows are
 * read only for what a class does to risk factors.
 *
 * @throws AppError `config.invalid` naming every missing and unknown id, foreign unit and impossible value at once.
 */
export function eventConstantsFrom(rows: readonly EventRow[]): EventConstants {
  const faults = eventRowFaults(rows);
  if (faults.length > 0) throw new AppError('config.invalid', faults);
  const byId: RowsById = new Map(rows.map((row) => [row.id, row]));
  const single = (id: SingleRow): number => byId.get(id)?.value ?? 0;
  const direct = rows.flatMap((row) => {
    const name = directNameOf(row.id);
    return name === undefined ? [] : directEffects(row, name, byId);
  });
  const background = EVENTS.map(({ id }) => Math.log(byId.get(`background.${id}`)?.value ?? 0));
  const cvShare = single('mortality.cv_share');
  return {
    modifiers: modifierColumns(byId),
    direct: directColumns(direct),
    background,
    susceptible: EVENTS.map(({ where }: ClinicalEvent) => maskOf(where === undefined ? [] : [where])),
    mortality: {
      female: { log60: Math.log(single('mortality.female_60')), slope: single('mortality.female_slope') },
      male: { log60: Math.log(single('mortality.male_60')), slope: single('mortality.male_slope') },
    },
    cvOtherShare: Math.log((cvShare * single('mortality.cv_other_share')) / single('mortality.cv_average_risk')),
    nonCvShare: Math.log((1 - cvShare) / single('mortality.non_cv_average_risk')),
    reducedEf: untreated(single, direct),
    preservedEf: {
      cvDeath: Math.log(single('cv_death_other.rate_preserved_ef')),
      hospitalisation: Math.log(single('hf_hospitalisation.rate_preserved_ef')),
    },
    caseFatality: { mi: single('mi.case_fatality'), stroke: single('stroke.case_fatality') },
    suddenShare: single('cv_death_other.sudden_share'),
    lags: { ldl: single('mi.ldl_lag'), pastHba1c: single('mi.hba1c_lag'), urate: single('gout.flare_lag') },
    gout: goutConstants(single),
    dialysis: {
      mean: single('kidney_failure.dialysis_gfr'),
      sd: single('kidney_failure.dialysis_gfr_sd'),
      fall: single('kidney_failure.dialysis_gfr_fall'),
    },
    silent: EVENTS.map(({ id }) => id).filter((id, index) => !BY_EQUATION.has(id) && background[index] === -Infinity),
  };
}

/** With a normal urate the mean of e^(slope · urate) over a sex exceeds that at its mean by slope²·sd²/2. */
function goutConstants(single: (id: SingleRow) => number): GoutConstants {
  const firstSlope = Math.log(single('gout_flare.per_urate'));
  const excess = (firstSlope * single('gout.urate_sd')) ** 2 / 2;
  const of = (sex: 'female' | 'male') => ({
    logOdds: Math.log(single(`gout.${sex}`)) - excess,
    mean: single(`urate.${sex}`),
  });
  return {
    female: of('female'),
    male: of('male'),
    firstSlope,
    flareSlope: Math.log(single('gout.flare_per_urate')),
    flareRate: Math.log(single('gout.flare_rate')),
  };
}

function modifierColumns(rows: RowsById): ModifierColumns {
  const entries = MODIFIERS.flatMap((modifier) => modifier.events.map((event) => ({ ...modifier, event })));
  const onScale = (factor: FactorId, value: number): number =>
    factorOf(factor).scale === 'logarithmic' ? Math.log(value) : value;
  return {
    event: Int32Array.from(entries, ({ event }) => eventIndex(event)),
    factor: Int32Array.from(entries, ({ factor }) => FACTOR_IDS.indexOf(factor)),
    slope: Float64Array.from(
      entries,
      ({ row, per, factor }) =>
        logRatioOf(rows.get(row) ?? { value: 1, unit: '1' }) / per / longRunShareOf(factor, rows),
    ),
    reference: Float64Array.from(entries, ({ factor, reference }) => onScale(factor, reference)),
    low: Float64Array.from(entries, ({ factor, within }) => onScale(factor, within[0])),
    high: Float64Array.from(entries, ({ factor, within }) => onScale(factor, within[1])),
    mask: Int32Array.from(entries, ({ where = [] }) => maskOf(where)),
  };
}

function longRunShareOf(factor: FactorId, rows: RowsById): number {
  const { lag } = factorOf(factor);
  return lag === undefined ? 1 : longRunShare(lag.seenOver, rows.get(lag.row)?.value ?? 1);
}

function directColumns(effects: readonly DirectEffect[]): DirectColumns {
  const sorted = [...effects].sort((a, b) => a.channel - b.channel);
  return {
    start: Int32Array.from(
      { length: CHANNELS.length + 1 },
      (_, channel) => sorted.filter((effect) => effect.channel < channel).length,
    ),
    event: Int32Array.from(sorted, ({ event }) => event),
    logRatio: Float64Array.from(sorted, ({ logRatio }) => logRatio),
    mask: Int32Array.from(sorted, ({ mask }) => mask),
  };
}

/** The rates seen on background therapy, without what that therapy does beyond the risk factors that were seen too. */
function untreated(single: (id: SingleRow) => number, direct: readonly DirectEffect[]): HeartFailureRates {
  const patient = maskOf(['heart_failure', 'reduced_ef', 'no_diabetes']);
  const without = (event: 'cv_death_other' | 'hf_hospitalisation'): number =>
    TAKEN.reduce(
      (rate, drugClass) => {
        const channel = CHANNELS.findIndex(({ id }) => id === drugClass);
        const own = direct.filter(
          (effect) =>
            effect.channel === channel && effect.event === eventIndex(event) && (patient & effect.mask) === effect.mask,
        );
        const logRatio = own.reduce((sum, effect) => sum + effect.logRatio, 0);
        return rate - single(`hf_hospitalisation.uptake_${drugClass}`) * logRatio;
      },
      Math.log(single(`${event}.rate_reduced_ef`)),
    );
  return { cvDeath: without('cv_death_other'), hospitalisation: without('hf_hospitalisation') };
}
