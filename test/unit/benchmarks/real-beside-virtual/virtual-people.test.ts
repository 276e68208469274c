import { describe, expect, test } from 'vitest';
import { drawVirtualPeople } from '../../../../src/benchmarks/real-beside-virtual/virtual-people.ts';

const draw = { people: 60, seed: 'unit' };

describe('virtual people of a comparison', () => {
  const people = [...drawVirtualPeople('all clinics', draw)];

  test('the same seed gives the same people', () => {
    expect([...drawVirtualPeople('all clinics', draw)]).toEqual(people);
  });

  test('those whose start is drawn evenly are missing', () => {
    const count = new Set(people.map(({ id }) => id)).size;
    expect(count).toBeGreaterThan(30);
    expect(count).toBeLessThan(60);
  });

  test('nobody is at home and on a ward, and who is at home follows the protocol', () => {
    const idsOf = (phase: string) => people.filter((person) => person.phase === phase).map(({ id }) => id);
    expect(idsOf('home').filter((id) => idsOf('ward').includes(id))).toEqual([]);
    expect(idsOf('protocol')).toEqual(idsOf('home'));
    expect(idsOf('ward').length).toBeGreaterThan(0);
  });

  test('the readings of a ward lie within a stay of a fortnight', () => {
    for (const { readings } of people.filter(({ phase }) => phase === 'ward')) {
      const days = [...readings.values()].flatMap((own) => own.map(({ day }) => day));
      expect(Math.max(...days) - Math.min(...days)).toBeLessThanOrEqual(15);
    }
  });

  test('a protocol measures everything on its days', () => {
    const person = people.find(({ phase }) => phase === 'protocol');
    expect(person?.readings.get('potassium')?.map(({ day }) => day)).toEqual([
      0, 7, 14, 28, 42, 56, 84, 112, 140, 168, 182,
    ]);
    expect(person?.readings.get('creatinine')).toHaveLength(11);
  });

  test('general adults have less diabetes than the clinics together', () => {
    const share = (all: readonly (typeof people)[number][]) =>
      all.filter(({ traits }) => traits.type_2_diabetes === true).length / all.length;
    expect(share([...drawVirtualPeople('general adults', draw)])).toBeLessThan(share(people));
  });
});
