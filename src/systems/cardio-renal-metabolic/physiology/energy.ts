/**
 * How long body mass takes to follow a new energy balance: energy stored a kilogram over what expenditure (Hall 2011,
 * doi 10.1016/S0140-6736(11)60812-X) and appetite (Polidori 2016, doi 10.1002/oby.21653) give back a kilogram and day.
 *
 * `density` in kcal/kg, the others in kcal/kg a day. Unit: d.
 */
export function massTimeConstant(energy: {
  readonly density: number;
  readonly expenditureSlope: number;
  readonly appetiteFeedback: number;
}): number {
  return energy.density / (energy.expenditureSlope + energy.appetiteFeedback);
}
