import { pathToFileURL } from 'node:url';
import { readConfig, type Config } from '../adapters/env-config.ts';
import { AppError, ERRORS } from '../core/errors.ts';
import { runOnce } from './demo-once.ts';
import { startDemo } from './start-demo.ts';

type Print = (line: string) => void;
type Environment = Readonly<Record<string, string | undefined>>;

const SANDBOX_PORT = 4005;

/**
 * Runs the demo: `--once` fires one hook, prints the cards and ends; otherwise service and sandbox run until stopped.
 *
 * Returns the exit code; a foreseen failure is printed with its remedy.
 */
export async function runDemo(args: readonly string[], environment: Environment, print: Print): Promise<number> {
  try {
    if (args.includes('--once')) return await runOnce(quietConfig({ ...environment, SEXTANT_PORT: '0' }), print);
    return await runUntilStopped(quietConfig(environment), sandboxPortOf(environment), print);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    print(`${error.code}: ${error.message} ${ERRORS[error.code].fix}`);
    return 1;
  }
}

/** The demo talks to a human: the service's log lines appear only when something is wrong, unless asked for. */
function quietConfig(environment: Environment): Config {
  return readConfig({ SEXTANT_LOG_LEVEL: 'warn', ...environment });
}

function sandboxPortOf({ SEXTANT_SANDBOX_PORT: text }: Environment): number {
  if (text === undefined) return SANDBOX_PORT;
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new AppError('config.invalid', ['SEXTANT_SANDBOX_PORT: must be a port number.']);
}

async function runUntilStopped(config: Config, sandboxPort: number, print: Print): Promise<number> {
  print('Starting the CDS Hooks service and the sandbox EHR …');
  const demo = await startDemo(config, sandboxPort);
  const { serviceUrl, sandboxUrl, clinic } = demo;
  const patient = clinic.find(({ draft }) => draft !== undefined) ?? clinic[0];
  print('');
  print(`  Open  ${sandboxUrl}/?patient=${patient?.patientId ?? ''}`);
  print('');
  print('  A patient with an order to sign is on the screen: press "Sign order", and read the card.');
  print('  Virtual patients. Not a medical device.');
  print('');
  print(`  CDS Hooks  ${serviceUrl}/cds-services`);
  print(`  FHIR R4    ${sandboxUrl}/fhir/metadata`);
  print('  Stop with Ctrl-C.');
  await new Promise((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  await demo.close();
  return 0;
}

const isMain = process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href;
if (isMain) {
  process.exitCode = await runDemo(process.argv.slice(2), process.env, (line) => {
    process.stdout.write(`${line}\n`);
  });
}
