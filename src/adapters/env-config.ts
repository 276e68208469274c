import { z } from 'zod';
import { AppError } from '../core/errors.ts';

/** Everything that an operator may set; read once, checked, frozen. */
export interface Config {
  readonly port: number;
  /** A loopback address: until clients are authenticated, nobody else may call. */
  readonly host: string;
  /** Holds the ledger and its key. */
  readonly dataFolder: string;
  readonly modelsFolder: string;
  readonly worldModel: 'learned' | 'mechanistic';
  /** Origins of browser clients that may call (interop SEC-16). */
  readonly corsOrigins: readonly string[];
  /** Unit: bytes. */
  readonly bodyLimit: number;
  /** After this an answer leaves without the forecasts that are not ready. Unit: ms. */
  readonly deadline: number;
  /** Cards of one answer at most (interop CARD-16). */
  readonly maximumCards: number;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

const LOOPBACK = ['127.0.0.1', '::1', 'localhost'];
const BYTES_A_MEBIBYTE = 1024 * 1024;

const Settings = z.object({
  SEXTANT_PORT: z.coerce.number().int().min(0).max(65_535).default(4004),
  SEXTANT_HOST: z
    .string()
    .default('127.0.0.1')
    .refine((host) => LOOPBACK.includes(host), {
      error: `must be one of ${LOOPBACK.join(', ')}: clients are not authenticated yet, so Sextant serves this machine alone`,
    }),
  SEXTANT_DATA_FOLDER: z.string().min(1).default('.data'),
  SEXTANT_MODELS_FOLDER: z.string().min(1).default('models'),
  SEXTANT_WORLD_MODEL: z.enum(['learned', 'mechanistic']).default('learned'),
  SEXTANT_CORS_ORIGINS: z
    .string()
    .default('')
    .transform((text) => text.split(',').flatMap((origin) => (origin.trim() === '' ? [] : [origin.trim()])))
    .refine((origins) => origins.every(isOrigin), {
      error: 'must be a comma-separated list of origins such as http://localhost:8080, without paths or wildcards',
    }),
  SEXTANT_BODY_LIMIT_MIB: z.coerce.number().min(1).max(64).default(16),
  // Below the 5 s after which clients may give up (Da Vinci CRD 2.2.1; CDS Hooks itself asks for 500 ms).
  SEXTANT_DEADLINE_MS: z.coerce.number().int().min(50).max(60_000).default(4000),
  SEXTANT_MAXIMUM_CARDS: z.coerce.number().int().min(1).max(20).default(6),
  SEXTANT_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

/**
 * Reads the configuration from environment variables.
 *
 * @throws AppError `config.invalid` naming every setting that is wrong.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const parsed = Settings.safeParse(environment);
  if (!parsed.success) throw new AppError('config.invalid', parsed.error.issues.map(problemLine));
  const settings = parsed.data;
  return Object.freeze({
    port: settings.SEXTANT_PORT,
    host: settings.SEXTANT_HOST,
    dataFolder: settings.SEXTANT_DATA_FOLDER,
    modelsFolder: settings.SEXTANT_MODELS_FOLDER,
    worldModel: settings.SEXTANT_WORLD_MODEL,
    corsOrigins: settings.SEXTANT_CORS_ORIGINS,
    bodyLimit: settings.SEXTANT_BODY_LIMIT_MIB * BYTES_A_MEBIBYTE,
    deadline: settings.SEXTANT_DEADLINE_MS,
    maximumCards: settings.SEXTANT_MAXIMUM_CARDS,
    logLevel: settings.SEXTANT_LOG_LEVEL,
  });
}

function problemLine(issue: z.core.$ZodIssue): string {
  return `${issue.path.join('.')}: ${issue.message}.`;
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text;
}
