/** How effect grows with dose, in fractions of the reference dose. */
export interface DoseCurve {
  readonly hill: number;
  /** The dose with half the maximal effect, raised to `hill`. */
  readonly half: number;
}

/** A dose curve from the dose with half the maximal effect and its steepness. */
export function doseCurve(ed50: number, hill: number): DoseCurve {
  return { hill, half: Math.pow(ed50, hill) };
}

/**
 * The steady effect of a dose as a multiple of the effect of the reference dose: the sigmoid Emax model (Holford and
 * Sheiner 1981, doi 10.2165/00003088-198106060-00002), normalised so that 1 gives 1.
 */
export function doseEffect(dose: number, { hill, half }: DoseCurve): number {
  if (dose <= 0) return 0;
  const power = hill === 1 ? dose : Math.pow(dose, hill);
  return (power * (1 + half)) / (power + half);
}
