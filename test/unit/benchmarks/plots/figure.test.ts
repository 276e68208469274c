import { describe, expect, it } from 'vitest';
import { drawFigure } from '../../../../src/benchmarks/plots/figure.ts';
import type { Curve, Figure } from '../../../../src/benchmarks/plots/figure.ts';

const CURVE: Curve = { x: [0, 1], y: [4, 5], colour: '#0072b2', stroke: 'line' };

function aFigure(curves: readonly Curve[], title = 'potassium'): Figure {
  return {
    title: 'A figure',
    columns: 1,
    size: { width: 100, height: 100 },
    legend: [{ label: 'with', colour: '#0072b2', stroke: 'line' }],
    panels: [{ title, x: { label: 'weeks', range: [0, 1] }, y: { label: 'mmol/L', range: [4, 5] }, curves }],
  };
}

describe('drawFigure', () => {
  it('draws a curve from corner to corner of its axes', () => {
    expect(drawFigure(aFigure([CURVE]))).toContain('d="M52 178L152 78"');
  });

  it('writes both axes with their units, and the legend', () => {
    const svg = drawFigure(aFigure([CURVE]));
    expect(['>weeks<', '>mmol/L<', '>with<', '>4.4<'].every((words) => svg.includes(words))).toBe(true);
  });

  it('gives the same bytes twice', () => {
    expect(drawFigure(aFigure([CURVE]))).toBe(drawFigure(aFigure([CURVE])));
  });

  it('lets no word break the document', () => {
    expect(drawFigure(aFigure([CURVE], 'a < b & c'))).toContain('a &lt; b &amp; c');
  });

  it('moves the names of curves that end together apart', () => {
    const svg = drawFigure(
      aFigure([
        { ...CURVE, label: 'one' },
        { ...CURVE, label: 'two' },
      ]),
    );
    const tops = ['one', 'two'].map((name) => new RegExp(`y="([\\d.]+)"[^>]*>${name}<`).exec(svg)?.[1]);
    expect(Math.abs(Number(tops[0]) - Number(tops[1]))).toBeGreaterThanOrEqual(9);
  });

  it('draws an empty panel without a single NaN', () => {
    expect(drawFigure(aFigure([]))).not.toContain('NaN');
  });
});
