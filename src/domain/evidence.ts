/** Where a fact was found. */
export interface Source {
  readonly citation: string;
  readonly pmid: string | null;
  readonly doi: string | null;
  readonly url?: string | null;
  readonly where: string;
  readonly year?: number | null;
}

/** One fact in our own words. A recalled one drives no card until it has been read. */
export interface Fact {
  readonly id: string;
  readonly kind: string;
  readonly statement: string;
  readonly value: number | null;
  readonly unit: string | null;
  readonly basis: 'read' | 'recalled';
  readonly strength: string;
  readonly population: string;
  readonly source: Source;
}

/** One link of the reason why a forecast says what it says. */
export interface CausalLink {
  readonly channel: string;
  readonly variable: string;
  readonly direction: 'raises' | 'lowers' | 'leaves';
  /** What the mechanism leads one to expect; where it is the opposite of `direction`, the card says so. */
  readonly expected?: 'raises' | 'lowers' | 'leaves';
  /** The model's own effect against "no change" at the last day of the horizon, in the variable's unit. */
  readonly effect: number;
  readonly day: number;
  readonly fact?: Fact;
}
