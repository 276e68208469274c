/** Sums over the people of one arm: their outcomes y and a covariate x known before treatment. */
export interface ArmSums {
  n: number;
  x: number;
  y: number;
  xx: number;
  xy: number;
  yy: number;
}

/** A test statistic with its degrees of freedom. */
export interface TestStatistic {
  readonly t: number;
  readonly freedom: number;
}

/** Sums of nobody. */
export function emptySums(): ArmSums {
  return { n: 0, x: 0, y: 0, xx: 0, xy: 0, yy: 0 };
}

/** Adds one person to the sums of an arm. */
export function addPerson(sums: ArmSums, x: number, y: number): void {
  sums.n += 1;
  sums.x += x;
  sums.y += y;
  sums.xx += x * x;
  sums.xy += x * y;
  sums.yy += y * y;
}

/** Student's two-sample t of the outcome, active minus control, with one variance for both arms; x is not looked at. */
export function compareMeans(active: ArmSums, control: ArmSums): TestStatistic {
  const freedom = active.n + control.n - 2;
  const rest = withinArms(active, control, 'yy') / freedom;
  const difference = active.y / active.n - control.y / control.n;
  return { t: difference / Math.sqrt(rest * (1 / active.n + 1 / control.n)), freedom };
}

/**
 * The t of treatment in an analysis of covariance with one covariate: outcome on arm and x, one slope for both arms
 * (Fisher's; as in Senn 2007, Statistical Issues in Drug Development, chapter 7).
 */
export function compareAdjusted(active: ArmSums, control: ArmSums): TestStatistic {
  const freedom = active.n + control.n - 3;
  const [xx, xy, yy] = [
    withinArms(active, control, 'xx'),
    withinArms(active, control, 'xy'),
    withinArms(active, control, 'yy'),
  ];
  const slope = xx > 0 ? xy / xx : 0;
  const imbalance = active.x / active.n - control.x / control.n;
  const difference = active.y / active.n - control.y / control.n - slope * imbalance;
  const rest = Math.max(0, yy - slope * xy) / freedom;
  const shares = 1 / active.n + 1 / control.n + (xx > 0 ? imbalance ** 2 / xx : 0);
  return { t: difference / Math.sqrt(rest * shares), freedom };
}

/** A sum of squares or products about the means of the arms, both arms together. */
function withinArms(active: ArmSums, control: ArmSums, of: 'xx' | 'xy' | 'yy'): number {
  const about = (sums: ArmSums): number => {
    const [first, second] = [of === 'yy' ? sums.y : sums.x, of === 'xx' ? sums.x : sums.y];
    return sums[of] - (first * second) / sums.n;
  };
  return about(active) + about(control);
}
