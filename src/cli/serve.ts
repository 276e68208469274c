import { startCdsHooksServer } from '../../cds-hooks/server.ts';
import { readConfig } from '../adapters/env-config.ts';

/** Runs the CDS Hooks service until it is told to stop (SIGINT, SIGTERM), letting running answers finish. */
export async function runServe(_args: readonly string[], print: (line: string) => void): Promise<number> {
  const server = await startCdsHooksServer(readConfig(process.env));
  print(`CDS Hooks service on ${server.url}/cds-services, for this machine alone: clients are not authenticated yet.`);
  await new Promise((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  await server.close();
  return 0;
}
