/** How a measured value scatters around the true one. */
export interface MeasurementError {
  /** `relative`: sd is a fraction of the true value; `absolute`: sd in the variable's unit. */
  readonly kind: 'relative' | 'absolute';
  readonly sd: number;
}

/** A true value as an instrument would report it; `noise` is standard normal. */
export function measure(truth: number, error: MeasurementError, noise: number): number {
  return error.kind === 'relative' ? truth * Math.exp(error.sd * noise) : truth + error.sd * noise;
}

/** Keeps a value within what a living adult can show. */
export function within(value: number, limits: { readonly low: number; readonly high: number }): number {
  return Math.min(limits.high, Math.max(limits.low, value));
}
