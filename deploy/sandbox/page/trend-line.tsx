import type { ReactElement } from 'react';
import type { Trend, TrendLimit } from '../trends.ts';

const WIDTH = 220;
const HEIGHT = 64;
const MARGIN = 6;

/** A value's course as a small line with its limits; the figures beside it say the same to a screen reader. */
export function TrendLine({ trend }: { readonly trend: Trend }): ReactElement {
  const { name, unit, decimals, points } = trend;
  const latest = points.at(-1);
  const earlier = points.at(-2);
  const crossed = latest === undefined ? undefined : trend.limits.find((limit) => isBeyond(limit, latest.value));
  return (
    <figure className={crossed === undefined ? 'trend' : 'trend beyond'}>
      <figcaption>
        <span className="label">{titled(name)}</span>
        <span className="value">
          {latest?.value.toFixed(decimals)} <small>{unit}</small>
        </span>
        <span className="note">
          {latest?.at.slice(0, 10)}
          {earlier === undefined ? '' : ` · before ${earlier.value.toFixed(decimals)}`}
        </span>
        {trend.origin === undefined ? null : <span className="note">{trend.origin}</span>}
        {crossed === undefined ? null : <span className="crossed">{crossed.label}</span>}
      </figcaption>
      <Drawing trend={trend} />
    </figure>
  );
}

/** A name at the start of a line: "Potassium", but "eGFR". */
export function titled(name: string): string {
  return /^[a-z]{2}/.test(name) ? name.charAt(0).toUpperCase() + name.slice(1) : name;
}

function isBeyond({ side, value }: TrendLimit, measured: number): boolean {
  return side === 'above' ? measured > value : measured < value;
}

function Drawing({ trend: { points, limits } }: { readonly trend: Trend }): ReactElement {
  const values = points.map(({ value }) => value);
  const near = limits.filter(({ value }) => isNear(value, values));
  const y = scale([...values, ...near.map(({ value }) => value), ...leastSpan(values)], [HEIGHT - MARGIN, MARGIN]);
  const x = scale(
    points.map(({ at }) => Date.parse(at)),
    [MARGIN, WIDTH - MARGIN],
  );
  const places = points.map(({ at, value }) => [x(Date.parse(at)), y(value)] as const);
  const last = places.at(-1);
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      {near.map(({ label, value }) => (
        <line key={label} className="limit" x1={0} x2={WIDTH} y1={y(value)} y2={y(value)} />
      ))}
      <polyline points={places.map((place) => place.join(',')).join(' ')} />
      {places.map(([cx, cy], index) => (
        <circle key={index} cx={cx} cy={cy} r={1.8} />
      ))}
      {last === undefined ? null : <circle className="latest" cx={last[0]} cy={last[1]} r={3.6} />}
    </svg>
  );
}

/** The vertical axis spans at least a fifth of the value, so that noise does not look like a fall. */
function leastSpan(values: readonly number[]): readonly number[] {
  const middle = (Math.min(...values) + Math.max(...values)) / 2;
  return [middle * 0.9, middle * 1.1];
}

/** A limit is drawn when it lies close enough not to flatten the line: within one span of the values. */
function isNear(limit: number, values: readonly number[]): boolean {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const reach = Math.max(high - low, Math.abs(high) * 0.15);
  return limit > low - reach && limit < high + reach;
}

function scale(values: readonly number[], [from, to]: readonly [number, number]): (value: number) => number {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return (value) => (high === low ? (from + to) / 2 : from + ((value - low) / (high - low)) * (to - from));
}
