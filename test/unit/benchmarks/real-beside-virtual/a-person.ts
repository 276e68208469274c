import type { Person, Reading } from '../../../../src/benchmarks/real-beside-virtual/person.ts';

/** An invented person whose values of one quantity stand on days 0, 1, 2 … unless days are given. */
export function aPerson(
  quantity: string,
  values: readonly number[],
  more: Partial<Person> & { readonly days?: readonly number[] } = {},
): Person {
  const { days, ...person } = more;
  const readings: readonly Reading[] = values.map((value, index) => ({ day: days?.[index] ?? index, value }));
  return { id: 'p', age: 65, female: true, traits: {}, readings: new Map([[quantity, readings]]), ...person };
}
