import { isPlausible } from './quantities.ts';

/** One measured value. `day`: on the person's own axis, whole or broken; unit: d. */
export interface Reading {
  readonly day: number;
  readonly value: number;
}

/** What part of a life the readings of a person are from, where a set or a virtual life has several. */
export type Phase = 'intensive care' | 'ward' | 'home' | 'protocol' | 'record';

/** A person, real or virtual, as a comparison sees one. */
export interface Person {
  readonly id: string;
  readonly phase?: Phase;
  /** Unit: a; absent where the set does not tell. */
  readonly age?: number;
  readonly female?: boolean;
  /** What else the set tells: the ids of the system's traits. */
  readonly traits: Readonly<Record<string, boolean>>;
  /** By quantity, in the order of time. */
  readonly readings: ReadonlyMap<string, readonly Reading[]>;
}

/** Gathers the readings of one person while a file is read. */
export interface ReadingsOf {
  /** Takes a value unless no living adult could show it. */
  readonly add: (quantity: string, reading: Reading) => void;
  /** What was gathered, in the order of time. */
  readonly inOrder: () => ReadonlyMap<string, readonly Reading[]>;
}

/** Begins to gather readings. */
export function gatherReadings(): ReadingsOf {
  const gathered = new Map<string, Reading[]>();
  return {
    add: (quantity, reading) => {
      if (!isPlausible(quantity, reading.value)) return;
      const own = gathered.get(quantity);
      if (own === undefined) gathered.set(quantity, [reading]);
      else own.push(reading);
    },
    inOrder: () =>
      new Map([...gathered].map(([quantity, own]) => [quantity, own.toSorted((a, b) => a.day - b.day)] as const)),
  };
}
