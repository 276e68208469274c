import type { ReactElement } from 'react';
import type { PatientLine } from '../session.ts';

/** Today's patients; those with an order to sign say so. */
export function PatientList(props: {
  readonly patients: readonly PatientLine[];
  readonly selected: string | undefined;
  readonly select: (id: string) => void;
}): ReactElement {
  return (
    <nav className="patients" aria-label="Patients">
      <h2>
        Patients <span className="count">{props.patients.length}</span>
      </h2>
      <ul>
        {props.patients.map((patient) => (
          <li key={patient.id}>
            <button
              type="button"
              aria-current={patient.id === props.selected ? 'true' : undefined}
              onClick={() => {
                props.select(patient.id);
              }}
            >
              <span className="name">{patient.name}</span>
              <span className="who">{whoIs(patient)}</span>
              <span className="story">{patient.story}</span>
              {patient.draftCount === 0 ? null : <span className="badge">to sign</span>}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Age and sex as a clinician writes them: "72 y, female". */
export function whoIs({ age, sex }: Pick<PatientLine, 'age' | 'sex'>): string {
  return [age === undefined ? 'age unknown' : `${age} y`, sex].join(', ');
}
