import { assessApplicability } from '../belief/applicability.ts';
import { historyOf } from '../belief/history.ts';
import { runRecordCoverage, type Assessment } from '../benchmarks/record-coverage.ts';
import type { PatientRecord } from '../domain/record.ts';
import { cardioRenalMetabolic } from '../systems/cardio-renal-metabolic/system.ts';

/** Maps every bundle of a folder, and says how many patients got a belief or an abstention, and why. */
export function runCoverage(args: readonly string[], print: (line: string) => void): Promise<number> {
  return runRecordCoverage(args, print, assess);
}

function assess(record: PatientRecord): Assessment {
  const history = historyOf(cardioRenalMetabolic, record);
  const { answer, reasons } = assessApplicability(cardioRenalMetabolic, record, history);
  const isSilent = history === undefined || answer === 'outside';
  const grave = reasons.filter(({ severity }) => severity === 'outside' || !isSilent);
  return { answer: isSilent ? 'abstention' : 'belief', codes: grave.map(({ code }) => code) };
}
