import type { ReactElement } from 'react';
import type { ChartLine } from '../chart.ts';
import type { OpenChart } from '../session.ts';
import type { Trend } from '../trends.ts';
import { whoIs } from './patient-list.tsx';
import { titled, TrendLine } from './trend-line.tsx';

/** The values that this clinic watches most; the others follow as a table. */
const WATCHED = ['potassium', 'egfr', 'sbp'];

/** The patient's past: who, why here, trends, problems, medicines, allergies. */
export function ChartPanel({ open: { chart, story } }: { readonly open: OpenChart }): ReactElement {
  const watched = WATCHED.flatMap((id) => chart.trends.filter((trend) => trend.id === id));
  const others = chart.trends.filter(({ id }) => !WATCHED.includes(id));
  return (
    <section className="chart" aria-label="Chart">
      <header className="patient">
        <h1>{chart.patient.name}</h1>
        <p>
          {whoIs(chart.patient)} · born {chart.patient.birthDate} · <code>{chart.patient.id}</code>
        </p>
        <p className="allergies">
          <strong>Allergies:</strong>{' '}
          {chart.allergies.length === 0 ? 'none recorded' : chart.allergies.map(lineText).join('; ')}
        </p>
        <p className="story">{story}</p>
      </header>
      <div className="trends">
        {watched.map((trend) => (
          <TrendLine key={trend.id} trend={trend} />
        ))}
      </div>
      <div className="lists">
        <Lines title="Medications" lines={chart.medications} empty="No active medication" />
        <Lines title="Problems" lines={chart.problems} empty="No problem recorded" />
        {others.length === 0 ? null : <LatestValues trends={others} />}
      </div>
    </section>
  );
}

function lineText({ text, note }: ChartLine): string {
  return note === '' ? text : `${text} (${note})`;
}

function Lines(props: {
  readonly title: string;
  readonly lines: readonly ChartLine[];
  readonly empty: string;
}): ReactElement {
  return (
    <section className="panel">
      <h2>{props.title}</h2>
      {props.lines.length === 0 ? <p className="none">{props.empty}</p> : null}
      <ul>
        {props.lines.map((line) => (
          <li key={line.id}>
            <span>{line.text}</span>
            <span className="note">{line.note}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function LatestValues({ trends }: { readonly trends: readonly Trend[] }): ReactElement {
  return (
    <section className="panel">
      <h2>Other values</h2>
      <table>
        <tbody>
          {trends.map(({ id, name, unit, decimals, points }) => (
            <tr key={id}>
              <th scope="row">{titled(name)}</th>
              <td className="number">{points.at(-1)?.value.toFixed(decimals)}</td>
              <td className="unit">{unit}</td>
              <td className="note">{points.at(-1)?.at.slice(0, 10)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
