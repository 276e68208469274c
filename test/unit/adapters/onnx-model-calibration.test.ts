import { describe, expect, test } from 'vitest';
import { parseCalibration, spreadFactor, widenSamples } from '../../../src/adapters/model-calibration.ts';
import { AppError } from '../../../src/core/errors.ts';
import { cardioRenalMetabolic } from '../../../src/systems/cardio-renal-metabolic/system.ts';

const [potassium, egfr] = cardioRenalMetabolic.variables.slice(0, 2) as [
  (typeof cardioRenalMetabolic.variables)[number],
  (typeof cardioRenalMetabolic.variables)[number],
];
const CALIBRATION = { upToDays: [7, Number.POSITIVE_INFINITY], spread: { potassium: [2, 1], egfr: [1, 3] } };

function bytesOf(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}

function file(change: object = {}): Uint8Array {
  const spread = { potassium: [2, 1], egfr: [1, 3] };
  return bytesOf({ interval: 0.9, upToDays: [7, null], spread, ...change });
}

describe('calibration.json', () => {
  test('its last bin is open', () => {
    expect(parseCalibration(file(), [potassium, egfr])).toEqual(CALIBRATION);
  });

  test.each([
    ['lacks a variable', file({ spread: { potassium: [2, 1] } })],
    ['lacks a bin', file({ spread: { potassium: [2, 1], egfr: [1] } })],
    ['has a factor of zero', file({ spread: { potassium: [0, 1], egfr: [1, 1] } })],
    ['is not JSON', new TextEncoder().encode('{')],
  ])('a file that %s makes the model unavailable', (_, bytes) => {
    expect(() => parseCalibration(bytes, [potassium, egfr])).toThrow(AppError);
  });
});

describe('the factor of a horizon bin', () => {
  test.each([
    [1, 2],
    [7, 2],
    [7.01, 1],
    [300, 1],
  ])('potassium on day %d is widened by %d', (day, factor) => {
    expect(spreadFactor(CALIBRATION, 'potassium', day)).toBe(factor);
  });

  test('an unknown variable is a bug of the caller', () => {
    expect(() => spreadFactor(CALIBRATION, 'chloride', 1)).toThrow(RangeError);
  });
});

describe('widened futures', () => {
  test('a factor of two doubles the distance from the median and leaves the median', () => {
    const samples = Float32Array.from([4, 5, 6]);
    widenSamples(samples, CALIBRATION, { days: [1], variables: [potassium] });
    expect([...samples]).toEqual([3, 5, 7]);
  });

  test('a factor of one changes nothing but rounding', () => {
    const samples = Float32Array.from([4.1, 5.2, 6.3]);
    widenSamples(samples, CALIBRATION, { days: [30], variables: [potassium] });
    expect(samples[2]).toBeCloseTo(6.3, 5);
  });

  test('a logarithmic variable is widened by ratios and stays positive', () => {
    const samples = Float32Array.from([30, 60, 120]);
    widenSamples(samples, CALIBRATION, { days: [30], variables: [egfr] });
    expect(samples[0]).toBeCloseTo(7.5, 3);
    expect(samples[1]).toBeCloseTo(60, 3);
    expect(samples[2]).toBeCloseTo(180, 3);
  });

  test('no future leaves what a living adult can show', () => {
    const samples = Float32Array.from([2, 5, 9]);
    widenSamples(samples, CALIBRATION, { days: [1], variables: [potassium] });
    expect([...samples]).toEqual([1.5, 5, 10]);
  });

  test('each variable and day has its own median', () => {
    const samples = Float32Array.from([4, 50, 5, 60, 6, 70]);
    widenSamples(samples, CALIBRATION, { days: [1], variables: [potassium, egfr] });
    expect(samples[2]).toBe(5);
    expect(samples[3]).toBeCloseTo(60, 4);
    expect(samples[4]).toBe(7);
  });
});
