import type { Random } from '../../core/random.ts';
import { drawCorrelatedScores } from './correlations.ts';
import type { Scores } from './draws.ts';
import { individualFrom, personFrom, setpointsFrom } from './individual.ts';
import type { Individual, Person, Setpoints } from './individual.ts';
import { liveFor } from './live-for.ts';
import type { LivedVisit, VirtualPatient } from './life.ts';
import { instrumentsOf, measureTruth } from './measurement.ts';
import { measurementNoise, restingNoise, stepNoise } from './noise.ts';
import type { RequiredParameter } from './parameter-units.ts';
import type { Parameter, Parameters } from './parameters.ts';
import { NOTHING, channelIndex, dosesOfPrescription, withDrug } from './prescription.ts';
import type { Prescription } from './prescription.ts';
import { VARIABLES } from './schema.ts';
import type { VariableId } from './seen.ts';
import { cardioRenalMetabolic as system } from './system.ts';
import { interventionOf } from '../doses.ts';
import { restingState, truthOf } from './virtual-patient.ts';

/** A stretch of life under constant drugs; daily doses by ingredient, in the unit of its row. */
export interface Phase {
  readonly drugs: Readonly<Record<string, number>>;
  /** Days after the start of the phase on which the clinic sees the person, ascending; the last one ends it. */
  readonly visits: readonly number[];
}

/** Whom a story needs: what is given is fixed, the rest is drawn. */
export interface Cast {
  readonly person: Partial<Person>;
  readonly setpoints: Partial<Setpoints>;
  readonly phases: readonly Phase[];
  /** Which variables the clinic measures at every visit. */
  readonly measures: readonly VariableId[];
  /** Which ones it measures at the first visit of each phase alone. */
  readonly measuresOnce?: readonly VariableId[];
}

/** A prescription of these daily doses by ingredient. @throws TypeError when a dose is on no ladder. */
export function prescriptionOf(drugs: Readonly<Record<string, number>>): Prescription {
  return Object.entries(drugs).reduce<Prescription>((prescription, [ingredient, dose]) => {
    const intervention = interventionOf(system, ingredient);
    const rung = intervention?.ladder.indexOf(dose) ?? -1;
    if (intervention === undefined || rung < 0) throw new TypeError(`no ladder holds ${ingredient} ${dose} a day`);
    return withDrug(prescription, channelIndex(intervention.channel), { intervention, rung });
  }, NOTHING);
}

/** A visit of the script: when, under what, and what is measured. */
interface Appointment {
  readonly day: number;
  readonly prescription: Prescription;
  readonly measured: ReadonlySet<string>;
}

/** Lets one person of a cast live through its phases; every number in the record comes out of the virtual patient. */
export function liveScript(parameters: Parameters, cast: Cast, random: Random): VirtualPatient {
  const individual = individualOf(parameters, cast, random);
  const instruments = instrumentsOf(parameters);
  const appointments = appointmentsOf(cast);
  const first = appointments[0]?.prescription ?? NOTHING;
  let state = restingState(individual, dosesOfPrescription(first), restingNoise(random));
  let today = 0;
  const visits = appointments.map(({ day, prescription, measured }): LivedVisit => {
    const doses = dosesOfPrescription(prescription);
    state = liveFor(individual, state, { doses, days: day - today, noise: () => stepNoise(random) });
    today = day;
    const truth = truthOf(individual, state);
    const shown = measureTruth(instruments, individual.person, truth, measurementNoise(random));
    const values = shown.map((value, index) => (measured.has(VARIABLES[index]?.id ?? '') ? value : undefined));
    return { day, truth, values, prescription };
  });
  return {
    individual,
    ill: individual,
    setting: 'outpatient',
    chronicKidneyDisease: individual.setpoints.gfr < 60,
    visits,
    today,
    prescription: visits.at(-1)?.prescription ?? first,
    state,
  };
}

function appointmentsOf({ phases, measures, measuresOnce = [] }: Cast): readonly Appointment[] {
  let begins = 0;
  return phases.flatMap(({ drugs, visits }) => {
    const start = begins;
    begins += visits.at(-1) ?? 0;
    const prescription = prescriptionOf(drugs);
    return visits.map((visit, index) => ({
      day: start + visit,
      prescription,
      measured: new Set(index === 0 ? [...measures, ...measuresOnce] : measures),
    }));
  });
}

function individualOf(parameters: Parameters, cast: Cast, random: Random): Individual {
  const drawn = drawCorrelatedScores(random.split('person'));
  const scores = { ...drawn, ...scoresOfCast(parameters, cast) };
  const person = { ...personFrom(parameters, scores), ...cast.person };
  const setpoints = { ...setpointsFrom(parameters, scores, person), ...cast.setpoints };
  return individualFrom(parameters, scores, { person, setpoints });
}

/** Setpoints on which others rest: albuminuria on GFR, diastolic pressure on systolic. */
const LEADING = { gfr: 'egfr.baseline', sbp: 'sbp.untreated' } as const satisfies Partial<
  Record<keyof Setpoints, RequiredParameter>
>;

/** Where a cast's fixed setpoints stand in the spread between people, so that what rests on them fits them. */
function scoresOfCast(parameters: Parameters, { setpoints }: Cast): Partial<Scores> {
  return Object.fromEntries(
    (['gfr', 'sbp'] as const).flatMap((name) => {
      const value = setpoints[name];
      return value === undefined ? [] : [[LEADING[name], scoreOf(parameters[LEADING[name]], value)]];
    }),
  );
}

function scoreOf({ value, spread }: Parameter, own: number): number {
  switch (spread.distribution) {
    case 'none':
      return 0;
    case 'normal':
      return (own - value) / spread.sd;
    case 'lognormal':
      return Math.log(own / value) / spread.sd;
  }
}
