import { startCdsHooksServer } from '../../cds-hooks/server.ts';
import type { ClinicPatient } from '../../deploy/sandbox/clinic.ts';
import type { OrderableDrug } from '../../deploy/sandbox/orders.ts';
import { startSandbox } from '../../deploy/sandbox/server.ts';
import type { Config } from '../adapters/env-config.ts';
import { systemClock } from '../adapters/system-clock.ts';
import { AppError } from '../core/errors.ts';
import { drawClinic } from '../systems/cardio-renal-metabolic/demo-clinic.ts';
import { STORIES } from '../systems/cardio-renal-metabolic/demo-stories.ts';
import { cardioRenalMetabolic } from '../systems/cardio-renal-metabolic/system.ts';
import { isForecastClass } from '../systems/doses.ts';
import { drugRow } from '../terminology/drugs.ts';

/** The service and the sandbox EHR beside each other, both answering. */
export interface RunningDemo {
  readonly serviceUrl: string;
  readonly sandboxUrl: string;
  readonly clinic: readonly ClinicPatient[];
  close(): Promise<void>;
}

/** The demo's patients are the same on every machine; only their dates move with the day. */
const SEED = 'sextant-demo';

/**
 * Starts the CDS Hooks service, and the sandbox EHR with its virtual patients.
 *
 * @throws AppError `config.invalid` naming the port that is taken.
 */
export async function startDemo(config: Config, sandboxPort: number): Promise<RunningDemo> {
  const clinic = drawClinic({ seed: SEED, count: STORIES.length, asOf: systemClock.now() });
  const service = await startCdsHooksServer(config);
  try {
    const sandbox = await openSandbox(sandboxPort, service.url, clinic);
    return {
      serviceUrl: service.url,
      sandboxUrl: sandbox.url,
      clinic,
      close: async () => {
        await sandbox.close();
        await service.close();
      },
    };
  } catch (error) {
    await service.close();
    throw error;
  }
}

async function openSandbox(
  port: number,
  serviceUrl: string,
  clinic: readonly ClinicPatient[],
): ReturnType<typeof startSandbox> {
  try {
    return await startSandbox({ port, serviceUrl, clinic, drugs: orderableDrugs(), clock: systemClock });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw cause;
    throw new AppError('config.invalid', [`SEXTANT_SANDBOX_PORT: port ${port} is taken by another program.`], {
      cause,
    });
  }
}

/** The drugs on the market whose orders cards forecast, as single doses. */
function orderableDrugs(): readonly OrderableDrug[] {
  const { interventions, channels } = cardioRenalMetabolic;
  const forecast = interventions.filter(
    ({ channel, isOffMarket }) => isOffMarket !== true && isForecastClass(cardioRenalMetabolic, channel),
  );
  return forecast.map(({ ingredient, channel, ladder, dosesPerDay }) => {
    const rxcui = drugRow(ingredient)?.rxcui ?? undefined;
    return {
      ingredient,
      ...(rxcui === undefined ? {} : { rxcui }),
      drugClass: channels.find(({ id }) => id === channel)?.name ?? channel,
      doses: ladder.map((dailyDose) => dailyDose / dosesPerDay),
      timesPerDay: dosesPerDay,
    };
  });
}
