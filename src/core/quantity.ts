declare const unitOf: unique symbol;

/** The UCUM units in which Sextant computes; anything else is converted at the edge (src/terminology/units). */
export type Unit =
  | 'mmol/L'
  | 'mg/dL'
  | 'umol/L'
  | 'mL/min/{1.73_m2}'
  | 'mm[Hg]'
  | '/min'
  | 'kg'
  | 'cm'
  | 'kg/m2'
  | '%'
  | 'mg/g'
  | 'pg/mL'
  | 'mg/d'
  | 'U/d'
  | 'mg'
  | 'h'
  | 'd'
  | 'a'
  | '1';

/** A number that carries its UCUM unit in its type, so that mg/dL never meets µmol/L by accident. */
export type Quantity<U extends Unit> = number & { readonly [unitOf]: U };

/**
 * Brands a number with its unit.
 *
 * @throws TypeError when the number is not finite.
 */
export function quantity<U extends Unit>(value: number, unit: U): Quantity<U> {
  if (!Number.isFinite(value)) throw new TypeError(`a quantity in ${unit} must be finite, not ${value}`);
  return value as Quantity<U>;
}

const READABLE: Readonly<Partial<Record<Unit, string>>> = {
  'mL/min/{1.73_m2}': 'mL/min/1.73 m²',
  'mm[Hg]': 'mmHg',
  'umol/L': 'µmol/L',
  'kg/m2': 'kg/m²',
};

/** A UCUM unit as clinicians write it. */
export function readableUnit(unit: Unit): string {
  return READABLE[unit] ?? unit;
}

/** A value beside its unit, for data that is stored or shown. */
export interface Measured {
  readonly value: number;
  readonly unit: Unit;
}
