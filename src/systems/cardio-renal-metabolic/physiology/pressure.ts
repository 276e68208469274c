/**
 * What is left of a pressure's distance from the floor under a fall (mm[Hg], negative) measured at a baseline pressure.
 *
 * Law 2003 (doi 10.1136/bmj.326.7404.1427) found the fall proportional to how far pressure lies above a floor (row
 * pressure.trial_floor); two drugs then leave the product of what each leaves.
 */
export function pressureRatio(fall: number, baseline: number, floor: number): number {
  return 1 + fall / (baseline - floor);
}
