import { pathToFileURL } from 'node:url';
import { AppError, ERRORS } from '../core/errors.ts';

/** A command: gets its arguments and somewhere to print; what it returns, if a number, is the exit code. */
type Run = (args: readonly string[], print: (line: string) => void) => unknown;

interface Command {
  readonly summary: string;
  /** Loads the command when it is asked for, so that each starts quickly. */
  readonly load: () => Promise<Run>;
}

const COMMANDS: Readonly<Record<string, Command>> = {
  serve: {
    summary: 'run the CDS Hooks service (loopback only)',
    load: async () => (await import('./serve.ts')).runServe,
  },
  registration: {
    summary: 'print what an administrator types into an EHR',
    load: async () => (await import('./print-registration.ts')).runPrintRegistration,
  },
  'verify-ledger': {
    summary: 'check the whole ledger [hash of an earlier head]',
    load: async () => (await import('./verify-ledger.ts')).runVerifyLedger,
  },
  ledger: {
    summary: 'list, show or unseal entries',
    load: async () => (await import('./show-ledger.ts')).runShowLedger,
  },
  replay: {
    summary: 'render an answer again and repeat its inference <entry id>',
    load: async () => (await import('./replay.ts')).runReplay,
  },
  latency: {
    summary: 'measure how long a hook takes',
    load: async () => (await import('../benchmarks/latency.ts')).runLatency,
  },
  coverage: {
    summary: 'map a folder of FHIR bundles and say what was refused <folder>',
    load: async () => (await import('./coverage.ts')).runCoverage,
  },
  'medication-truth': {
    summary: 'grade the inferred regimen against what was given <folder>',
    load: async () => (await import('../benchmarks/medication-truth.ts')).runMedicationTruth,
  },
  'forecast-real': {
    summary: 'grade both models on real people <folder>',
    load: async () => (await import('../benchmarks/forecast-real.ts')).runForecastReal,
  },
  'forecast-virtual': {
    summary: 'grade both models on virtual patients',
    load: async () => (await import('../benchmarks/forecast-virtual.ts')).runForecastVirtual,
  },
  'train-data': {
    summary: 'write the cohort files that training reads',
    load: async () => (await import('./train-data.ts')).writeTrainData,
  },
  'write-schema': {
    summary: 'write models/<system>/schema.json',
    load: async () => (await import('./write-schema.ts')).runWriteSchema,
  },
};

/**
 * Runs one command of the command line and returns its exit code: 2 when there is no such command, 1 when it failed in a
 * foreseen way, which is then printed with its remedy.
 */
export async function runSextant(args: readonly string[], print: (line: string) => void): Promise<number> {
  const [name = '', ...rest] = args;
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) {
    Object.entries(COMMANDS).forEach(([command, { summary }]) => {
      print(`${command.padEnd(18)}${summary}`);
    });
    return 2;
  }
  try {
    const run = await command.load();
    const result = await run(rest, print);
    return typeof result === 'number' ? result : 0;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    print(`${error.code}: ${error.message} ${ERRORS[error.code].fix}`);
    return 1;
  }
}

const isMain = process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href;
if (isMain) {
  process.exitCode = await runSextant(process.argv.slice(2), (line) => {
    process.stdout.write(`${line}\n`);
  });
}
