import { describe, expect, it } from 'vitest';
import { addDays, daysBetween, instant, parseMoment, toIso } from '../../../src/core/time.ts';

const span = (text: string): readonly string[] => {
  const moment = parseMoment(text);
  return moment === undefined ? [] : [toIso(moment.earliest), toIso(moment.latest), moment.precision];
};

describe('parseMoment', () => {
  it('keeps the whole span that a partial date leaves open', () => {
    expect(span('2024')).toEqual(['2024-01-01T00:00:00.000Z', '2024-12-31T23:59:59.999Z', 'year']);
    expect(span('2024-02')).toEqual(['2024-02-01T00:00:00.000Z', '2024-02-29T23:59:59.999Z', 'month']);
    expect(span('2023-12-31')).toEqual(['2023-12-31T00:00:00.000Z', '2023-12-31T23:59:59.999Z', 'day']);
  });

  it('honours the offset of a time', () => {
    expect(span('2134-06-06T04:40:25-04:00')).toEqual([
      '2134-06-06T08:40:25.000Z',
      '2134-06-06T08:40:25.000Z',
      'second',
    ]);
  });

  it('reads a time without an offset as UTC, wherever the machine stands', () => {
    expect(span('2024-05-01T10:00:00')[0]).toBe('2024-05-01T10:00:00.000Z');
  });

  it.each([
    '',
    'yesterday',
    '2023-02-29',
    '2023-13',
    '2024-05-01T25:00:00Z',
    '20240501',
    '2024-5-1',
    '2024-02-30T10:00:00Z',
    '2023-02-29T10:00:00+02:00',
    '2024-04-31T23:59:59',
  ])('refuses %j', (text) => {
    expect(parseMoment(text)).toBeUndefined();
  });
});

describe('days', () => {
  it('are exact across a leap day', () => {
    const start = instant(Date.UTC(2024, 1, 28));
    expect(toIso(addDays(start, 2))).toBe('2024-03-01T00:00:00.000Z');
    expect(daysBetween(start, addDays(start, 366))).toBe(366);
    expect(daysBetween(addDays(start, 1), start)).toBe(-1);
  });

  it('of no finite instant do not exist', () => {
    expect(() => instant(Number.NaN)).toThrow(TypeError);
  });
});
