import { randomUUID } from 'node:crypto';
import express, { type Express, type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import type { Logger } from 'pino';
import { AppError } from '../src/core/errors.ts';
import { corsHeaders } from '../src/web/cors.ts';
import { isLoopbackHost } from '../src/web/loopback.ts';
import { problemOf } from '../src/web/problems.ts';
import { readJson } from '../src/web/read-json.ts';
import { answerHook, type AnswerParts } from './answer.ts';
import { recordFeedback } from './feedback.ts';
import { parseRequest } from './parse-request.ts';
import { registrationSheet } from './registration-sheet.ts';
import { discoveryOf, type Service } from './services.ts';

/** What the CDS Hooks service is made of. */
export interface AppParts extends AnswerParts {
  readonly services: readonly Service[];
  readonly log: Logger;
  readonly corsOrigins: readonly string[];
  /** Unit: bytes. */
  readonly bodyLimit: number;
}

/** What the log may say of a request beside its route and status. */
interface Locals {
  requestId: string;
  said: Record<string, unknown>;
}

type AppResponse = Response<unknown, Locals>;

/** Creates the CDS Hooks service as an express app that listens nowhere. */
export function createCdsHooksApp(parts: AppParts): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.use(begin(parts), refuseForeignHosts);
  const body = readBody(parts.bodyLimit);

  app
    .route('/cds-services')
    .get((_request, response) => void response.json(discoveryOf(parts.services)))
    .all(refuseMethod('GET'));
  app
    .route('/registration')
    .get((request, response) => {
      response.type('text/markdown').send(registrationSheet(parts.services, `http://${request.headers.host ?? ''}`));
    })
    .all(refuseMethod('GET'));
  app
    .route('/cds-services/:id')
    .post(...body, (request, response: AppResponse) => answer(parts, request, response))
    .all(refuseMethod('POST'));
  app
    .route('/cds-services/:id/feedback')
    .post(...body, (request, response: AppResponse) => {
      acceptFeedback(parts, request, response);
    })
    .all(refuseMethod('POST'));
  app.use(() => {
    throw new AppError('route.unknown');
  });
  app.use(fail(parts.log));
  return app;
}

async function answer(parts: AppParts, request: Request, response: AppResponse): Promise<void> {
  const service = serviceOf(parts, request.params.id);
  const call = parseRequest(service, request.body);
  const { text, entryId, isRepetition, failures } = await answerHook(service, call, parts);
  failures.forEach((err) => {
    parts.log.error({ requestId: response.locals.requestId, err }, 'a forecast was withheld');
  });
  response.locals.said = { service: service.id, entryId, isRepetition };
  response.type('application/json').send(text);
}

function acceptFeedback(parts: AppParts, request: Request, response: AppResponse): void {
  const service = serviceOf(parts, request.params.id);
  response.locals.said = { service: service.id, ...recordFeedback(service, request.body, parts) };
  response.status(200).end();
}

function serviceOf(parts: AppParts, id: unknown): Service {
  const service = parts.services.find((row) => row.id === id);
  if (service === undefined) throw new AppError('service.unknown');
  return service;
}

function begin({ log, corsOrigins }: AppParts) {
  return (request: Request, response: AppResponse, next: NextFunction): void => {
    const started = performance.now();
    response.locals.requestId = randomUUID();
    response.locals.said = {};
    response.set(corsHeaders(request.headers.origin, corsOrigins));
    response.set({
      'X-Request-Id': response.locals.requestId,
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    });
    response.on('finish', () => {
      const { requestId, said } = response.locals;
      const milliseconds = Math.round(performance.now() - started);
      log.info(
        {
          requestId,
          method: request.method,
          route: routeOf(request),
          status: response.statusCode,
          milliseconds,
          ...said,
        },
        'answered',
      );
    });
    if (request.method === 'OPTIONS') response.status(204).end();
    else next();
  };
}

/** The pattern and not the path, which could hold anything. */
function routeOf(request: Request): string {
  const route = request.route as { readonly path?: unknown } | undefined;
  return typeof route?.path === 'string' ? route.path : 'none';
}

const refuseForeignHosts: RequestHandler = (request, _response, next) => {
  if (!isLoopbackHost(request.headers.host))
    throw new AppError('request.malformed', ['Host: must be a loopback name.']);
  next();
};

function readBody(limit: number): readonly RequestHandler[] {
  return [
    (request, _response, next) => {
      if (request.is(['application/json', 'application/fhir+json']) === false) throw new AppError('request.media-type');
      next();
    },
    express.raw({ type: () => true, limit }),
    (request, _response, next) => {
      const bytes: unknown = request.body;
      if (!(bytes instanceof Uint8Array)) throw new AppError('request.malformed', ['body: is missing.']);
      request.body = readJson(bytes);
      next();
    },
  ];
}

function refuseMethod(allowed: string): RequestHandler {
  return (_request, response) => {
    response.set('Allow', `${allowed}, OPTIONS`);
    throw new AppError('request.method');
  };
}

function fail(log: Logger) {
  // Express tells error handlers by their four parameters.
  return (error: unknown, _request: Request, response: AppResponse, next: NextFunction): void => {
    const { requestId } = response.locals;
    const problem = problemOf(error, requestId);
    if (problem.status >= 500) log.error({ requestId, err: error }, problem.code);
    response.locals.said = { code: problem.code };
    if (response.headersSent) {
      next(error);
      return;
    }
    response.status(problem.status).type('application/fhir+json').send(JSON.stringify(problem.body));
  };
}
