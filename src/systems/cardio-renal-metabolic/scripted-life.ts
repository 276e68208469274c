import type { Random } from '../../core/random.ts';
import { drawScores } from './draws.ts';
import { individualFrom, personFrom, setpointsFrom } from './individual.ts';
import type { Individual, Person, Setpoints } from './individual.ts';
import { liveFor } from './live-for.ts';
import type { LivedVisit, VirtualPatient } from './life.ts';
import { instrumentsOf, measureTruth } from './measurement.ts';
import { measurementNoise, restingNoise, stepNoise } from './noise.ts';
import type { Parameters } from './parameters.ts';
import { NOTHING, channelIndex, dosesOfPrescription, withDrug } from './prescription.ts';
import type { Prescription } from './prescription.ts';
import { cardioRenalMetabolic as system } from './system.ts';
import { interventionOf } from '../doses.ts';
import { restingState, truthOf } from './virtual-patient.ts';

/** A stretch of life under constant drugs; daily doses in mg/d by ingredient. */
export interface Phase {
  readonly drugs: Readonly<Record<string, number>>;
  /** Days after the start of the phase on which everything is measured, ascending; the last one ends it. */
  readonly visits: readonly number[];
}

/** Whom a story needs: what is given is fixed, the rest is drawn. */
export interface Cast {
  readonly person: Partial<Person>;
  readonly setpoints: Partial<Setpoints>;
  readonly phases: readonly Phase[];
  /** Which variables a clinic like this one measures, by `System.variables`. */
  readonly measures: readonly boolean[];
}

/** A prescription of these daily doses (mg/d). @throws TypeError when a dose is on no ladder. */
export function prescriptionOf(drugs: Readonly<Record<string, number>>): Prescription {
  return Object.entries(drugs).reduce<Prescription>((prescription, [ingredient, dose]) => {
    const intervention = interventionOf(system, ingredient);
    const rung = intervention?.ladder.indexOf(dose) ?? -1;
    if (intervention === undefined || rung < 0) throw new TypeError(`no ladder holds ${ingredient} ${dose} mg/d`);
    return withDrug(prescription, channelIndex(intervention.channel), { intervention, rung });
  }, NOTHING);
}

/** Lets one person of a cast live through its phases; every number in the record comes out of the virtual patient. */
export function liveScript(parameters: Parameters, cast: Cast, random: Random): VirtualPatient {
  const individual = individualOf(parameters, cast, random);
  const instruments = instrumentsOf(parameters);
  const first = prescriptionOf(cast.phases[0]?.drugs ?? {});
  let state = restingState(individual, dosesOfPrescription(first), restingNoise(random));
  let day = 0;
  const visits: LivedVisit[] = [];
  for (const phase of cast.phases) {
    const prescription = prescriptionOf(phase.drugs);
    const begins = day;
    for (const visit of phase.visits) {
      const days = begins + visit - day;
      const doses = dosesOfPrescription(prescription);
      state = liveFor(individual, state, { doses, days, noise: () => stepNoise(random) });
      day = begins + visit;
      const truth = truthOf(individual, state);
      const measured = measureTruth(instruments, individual.person, truth, measurementNoise(random));
      const values = measured.map((value, index) => (cast.measures[index] === true ? value : undefined));
      visits.push({ day, truth, values, prescription });
    }
  }
  return {
    individual,
    ill: individual,
    setting: 'outpatient',
    chronicKidneyDisease: individual.setpoints.gfr < 60,
    visits,
    today: day,
    prescription: visits.at(-1)?.prescription ?? first,
    state,
  };
}

function individualOf(parameters: Parameters, cast: Cast, random: Random): Individual {
  const scores = drawScores(random.split('person'));
  const person = { ...personFrom(parameters, scores), ...cast.person };
  const setpoints = { ...setpointsFrom(parameters, scores, person), ...cast.setpoints };
  return individualFrom(parameters, scores, { person, setpoints });
}
