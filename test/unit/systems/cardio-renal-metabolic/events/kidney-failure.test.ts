import { describe, expect, it } from 'vitest';
import {
  kidneyFailureRisk,
  logKidneyFailureHazard,
} from '../../../../../src/systems/cardio-renal-metabolic/events/kidney-failure.ts';
import { CONSTANTS } from './builders.ts';

describe('the Kidney Failure Risk Equation', () => {
  // Worked examples of the Python package kfre (README): per cent for the first person, shares for the others.
  it.each([
    [2, 0.4466],
    [5, 0.8989],
  ] as const)('gives the %i-year risk of the first worked example of kfre to its printed precision', (years, risk) => {
    const woman = { age: 57.28, female: true, egfr: 15, uacr: 1762.00184 };
    expect(kidneyFailureRisk(woman, { years, region: 'elsewhere' })).toBeCloseTo(risk, 4);
  });

  it.each([
    [{ age: 65, female: false, egfr: 19, uacr: 30 }, 0.063123, 0.223128],
    [{ age: 70, female: true, egfr: 50, uacr: 35 }, 0.00155, 0.005987],
    [{ age: 60, female: true, egfr: 45, uacr: 25 }, 0.002893, 0.011156],
    [{ age: 75, female: false, egfr: 22, uacr: 40 }, 0.041757, 0.152247],
    [{ age: 80, female: true, egfr: 30, uacr: 50 }, 0.013457, 0.051111],
  ])('gives the risks of person %j in the table of kfre', (person, two, five) => {
    expect(kidneyFailureRisk(person, { years: 2, region: 'elsewhere' })).toBeCloseTo(two, 6);
    expect(kidneyFailureRisk(person, { years: 5, region: 'elsewhere' })).toBeCloseTo(five, 6);
  });

  it('is a higher risk in North America', () => {
    const person = { age: 60, female: true, egfr: 25, uacr: 300 };
    const north = kidneyFailureRisk(person, { years: 2, region: 'northAmerica' });
    expect(north).toBeGreaterThan(kidneyFailureRisk(person, { years: 2, region: 'elsewhere' }));
  });
});

const DIALYSIS = CONSTANTS.dialysis;

describe('logKidneyFailureHazard', () => {
  it('adds up to the two-year risk', () => {
    const person = { age: 60, female: false, egfr: 25, uacr: 300 };
    const risk = 1 - Math.exp(-2 * Math.exp(logKidneyFailureHazard(person, DIALYSIS)));
    expect(risk).toBeCloseTo(kidneyFailureRisk(person, { years: 2, region: 'northAmerica' }), 12);
  });

  it('is nearly nothing with healthy kidneys', () => {
    expect(Math.exp(logKidneyFailureHazard({ age: 60, female: true, egfr: 95, uacr: 8 }, DIALYSIS))).toBeLessThan(1e-4);
  });

  it('is almost certain within months where nobody lives without dialysis, and rises all the way there', () => {
    const rates = [20, 15, 12, 10, 8, 6, 4, 2].map((egfr) =>
      Math.exp(logKidneyFailureHazard({ age: 75, female: true, egfr, uacr: 5 }, DIALYSIS)),
    );
    rates.slice(1).forEach((rate, index) => {
      expect(rate).toBeGreaterThan(rates[index] ?? Infinity);
    });
    expect(rates[4]).toBeGreaterThan(1);
    expect(rates[6]).toBeGreaterThan(5);
    expect(rates[0]).toBeLessThan(0.05);
  });
});
