import { acute } from './acute.ts';
import { classCourses } from './class-courses.ts';
import { combinations } from './combinations.ts';
import { dependence } from './dependence.ts';
import { doseResponse } from './dose-response.ts';
import { eventRisks } from './event-risks.ts';
import { naturalHistory } from './natural-history.ts';
import type { Page } from './page.ts';
import { spread } from './spread.ts';

/** Every page, in the order of reading. */
export function mechanismPages(): readonly Page[] {
  return [
    naturalHistory(),
    classCourses(),
    doseResponse(),
    eventRisks(),
    dependence(),
    combinations(),
    spread(),
    acute(),
  ];
}
