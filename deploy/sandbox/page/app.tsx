import { useEffect, useState, type ReactElement } from 'react';
import { api, type Overview } from './api.ts';
import { faultSentence } from './fault-sentence.ts';
import { PatientList } from './patient-list.tsx';
import { Workspace } from './workspace.tsx';

/** The whole page: who is here, and the chart that is open. The address names the patient, so that it can be shared. */
export function App(): ReactElement {
  const [overview, setOverview] = useState<Overview>();
  const [fault, setFault] = useState<string>();
  const [selected, setSelected] = useState(() => addressed('patient'));

  useEffect(() => {
    api.overview().then(setOverview, (cause: unknown) => {
      setFault(faultSentence(cause));
    });
  }, []);
  useEffect(() => {
    const follow = (): void => {
      setSelected(addressed('patient'));
    };
    window.addEventListener('popstate', follow);
    return () => {
      window.removeEventListener('popstate', follow);
    };
  }, []);

  const patients = overview?.patients ?? [];
  // Somebody else's chart never stands in for the one that the address names.
  const patient = selected === undefined ? patients[0]?.id : patients.find(({ id }) => id === selected)?.id;
  const isUnknown = overview !== undefined && selected !== undefined && patient === undefined;
  const problem = isUnknown ? `No such patient: ${selected}` : fault;
  const select = (id: string): void => {
    window.history.pushState(null, '', `?patient=${encodeURIComponent(id)}`);
    setSelected(id);
  };
  return (
    <>
      <header className="banner">
        <p className="brand">
          <Mark /> Sandbox EHR
        </p>
        <p className="notice">Virtual patients. Not a medical device.</p>
        <p className="service">
          CDS service <code>{overview?.serviceUrl ?? '…'}</code>
        </p>
      </header>
      {problem === undefined ? null : (
        <p className="fault" role="alert">
          {problem}
        </p>
      )}
      <div className="columns">
        <PatientList patients={patients} selected={patient} select={select} />
        {overview === undefined || patient === undefined ? null : (
          <Workspace
            key={patient}
            patient={patient}
            drugs={overview.drugs}
            fireAtOnce={addressed('fire') === 'order-sign'}
          />
        )}
      </div>
    </>
  );
}

function addressed(name: string): string | undefined {
  const value = new URLSearchParams(window.location.search).get(name) ?? '';
  return value === '' ? undefined : value;
}

function Mark(): ReactElement {
  return (
    <svg className="mark" viewBox="0 0 24 24" aria-hidden="true">
      <path d="M3 18 A 12 12 0 0 1 21 18" fill="none" stroke="currentColor" strokeWidth="2.4" strokeLinecap="round" />
      <path d="M12 4 L16.6 17" fill="none" stroke="currentColor" strokeWidth="2.4" strokeLinecap="round" />
      <circle cx="12" cy="4" r="2.2" fill="currentColor" />
    </svg>
  );
}
