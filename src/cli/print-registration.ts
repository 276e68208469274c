import { registrationSheet } from '../../cds-hooks/registration-sheet.ts';
import { servicesOf } from '../../cds-hooks/services.ts';
import { readConfig } from '../adapters/env-config.ts';
import { cardioRenalMetabolic } from '../systems/cardio-renal-metabolic/system.ts';

/** Prints what an administrator types into an EHR. `args`: the base URL, where it is not the configured one. */
export function runPrintRegistration(args: readonly string[], print: (line: string) => void): number {
  const { host, port } = readConfig(process.env);
  print(registrationSheet(servicesOf(cardioRenalMetabolic), args[0] ?? `http://${host}:${port}`));
  return 0;
}
