import { pathToFileURL } from 'node:url';
import { foreseenFailure } from './foreseen.ts';

/** A command: gets its arguments and somewhere to print; what it returns, if a number, is the exit code. */
type Run = (args: readonly string[], print: (line: string) => void) => unknown;

interface Command {
  readonly summary: string;
  /** Its arguments, as a usage line writes them; absent where it takes none. */
  readonly takes?: string;
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
    summary: 'check the whole ledger',
    takes: '[hash of an earlier head]',
    load: async () => (await import('./verify-ledger.ts')).runVerifyLedger,
  },
  ledger: {
    summary: 'list, show or unseal entries',
    load: async () => (await import('./show-ledger.ts')).runShowLedger,
  },
  replay: {
    summary: 'render an answer again and repeat its inference',
    takes: '<entry id>',
    load: async () => (await import('./replay.ts')).runReplay,
  },
  latency: {
    summary: 'measure how long a hook takes',
    load: async () => (await import('../benchmarks/latency.ts')).runLatency,
  },
  coverage: {
    summary: 'map a folder of FHIR bundles and say what was refused',
    takes: '<folder>',
    load: async () => (await import('./coverage.ts')).runCoverage,
  },
  'medication-truth': {
    summary: 'grade the inferred regimen against what was given',
    takes: '<folder>',
    load: async () => (await import('../benchmarks/medication-truth.ts')).runMedicationTruth,
  },
  'forecast-real': {
    summary: 'grade both models on real people',
    takes: '<folder> [--most N] [--samples N]',
    load: async () => (await import('../benchmarks/forecast-real.ts')).runForecastReal,
  },
  'forecast-virtual': {
    summary: 'grade both models on virtual patients',
    load: async () => (await import('../benchmarks/forecast-virtual.ts')).runForecastVirtual,
  },
  'real-beside-virtual': {
    summary: 'put real people beside virtual ones and name the differences',
    takes: '<folder> [--people N] [--seed S] [--models DIR]',
    load: async () =>
      (await import('../benchmarks/real-beside-virtual/run-real-beside-virtual.ts')).runRealBesideVirtual,
  },
  trial: {
    summary: 'run trials in silico beside what they reported',
    takes:
      '<file|folder> [--people N] [--draws K] [--draw-people N] [--seed S] [--model mechanistic|particles|learned] [--models DIR] [--frozen] [--out-of-fold] [--cohort] [--json] [--plot FILE.svg]',
    load: async () => (await import('./trial.ts')).runTrial,
  },
  referee: {
    summary: 'grade predictions of trials, rivals beside them',
    takes:
      '<file|folder|table.csv> [--predictions FILE] [--class-out FILE] [--others TRIALS] [--own-list] [--seed S] [--json] [--out FILE]',
    load: async () => (await import('../benchmarks/trials-referee.ts')).runTrialsReferee,
  },
  calibrate: {
    summary: 'refit the free parameters to trials, checked by folds',
    takes: '<folder> [--people N] [--draws K] [--draw-people N] [--seed S] [--out FILE] [--write]',
    load: async () => (await import('../benchmarks/trials-calibrate.ts')).runCalibrate,
  },
  'cited-trials': {
    summary: 'list every trial that a parameter cites',
    takes: '[folder of the sources]',
    load: async () => (await import('../benchmarks/trials-cited.ts')).runCitedTrials,
  },
  'dose-week': {
    summary: 'grade dose × week arms',
    takes:
      '<folder> [--people N] [--draws K] [--seed S] [--others FOLDER] [--trials DIR] [--models DIR] [--json] [--plot FILE.svg]',
    load: async () => (await import('../benchmarks/trials-dose-week.ts')).runDoseWeek,
  },
  design: {
    summary: 'design a trial: expected cohort, effect, sample size, and the study as FHIR (docs/trial-design.md)',
    takes:
      '<trial file> [--primary ENDPOINT] [--panel FOLDER | --virtual-panel N] [--recent-days D] [--screened-per-month S] [--consent SHARE] [--recruited-per-month R] [--power P] [--alpha A] [--dropout SHARE] [--sd X] [--people N] [--draws K] [--draw-people N] [--trials T] [--seed S] [--json] [--out FOLDER]',
    load: async () => (await import('./design.ts')).runDesign,
  },
  gym: {
    summary: 'let an agent treat virtual patients: lines of JSON in and out (docs/gym.md)',
    load: async () => (await import('./gym.ts')).runGym,
  },
  plots: {
    summary: 'draw the pages of plots of every mechanism',
    takes: '[folder]',
    load: async () => (await import('./plots.ts')).runPlots,
  },
  'simulator-speed': {
    summary: 'measure how many patient-steps a second the virtual patients make, and where the time goes',
    load: async () => (await import('../benchmarks/simulator-speed.ts')).runSimulatorSpeed,
  },
  'train-data': {
    summary: 'write the cohort files that training reads',
    takes: '--people N --out DIR [--seed S] [--world WORLD] [--horizon DAYS,DAYS,…]',
    load: async () => (await import('./train-data.ts')).writeTrainData,
  },
  'write-schema': {
    summary: 'write models/<system>/schema.json',
    load: async () => (await import('./write-schema.ts')).runWriteSchema,
  },
};

/**
 * Runs one command of the command line and returns its exit code: 2 when there is no such command or argument, 1 when it
 * failed in another foreseen way; either is printed with its remedy.
 */
export async function runSextant(args: readonly string[], print: (line: string) => void): Promise<number> {
  const [name = '', ...rest] = args;
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) {
    Object.entries(COMMANDS).forEach(([command, { summary }]) => {
      print(`${command.padEnd(20)}${summary}`);
    });
    return 2;
  }
  try {
    const run = await command.load();
    const result = await run(rest, print);
    return typeof result === 'number' ? result : 0;
  } catch (error) {
    const failure = foreseenFailure(error);
    if (failure === undefined) throw error;
    print(failure.line);
    if (failure.code === 2) print(`usage: ${[name, command.takes ?? ''].join(' ').trim()}`);
    return failure.code;
  }
}

const isMain = process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href;
if (isMain) {
  process.exitCode = await runSextant(process.argv.slice(2), (line) => {
    process.stdout.write(`${line}\n`);
  });
}
