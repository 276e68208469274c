import express, {
  type ErrorRequestHandler,
  type Express,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import { z } from 'zod';
import { isLoopbackHost } from '../../src/web/loopback.ts';
import type { PageFiles } from './bundle-page.ts';
import { answerFhir, refuse } from './fhir-api.ts';
import type { FhirStore } from './fhir-store.ts';
import { OrderFault, UnknownPatient } from './orders.ts';
import type { Session } from './session.ts';

const hookCall = z.object({ hook: z.enum(['patient-view', 'order-sign']) });
const orderEntry = z.object({
  ingredient: z.string(),
  dose: z.number().positive(),
  timesPerDay: z.int().min(1).max(4),
});
const acceptance = z.object({ card: z.string(), suggestion: z.string() });
const overriding = z.object({
  card: z.string(),
  reason: z.object({ code: z.string(), system: z.string().optional() }).optional(),
  userComment: z.string().min(1).max(1000).optional(),
});

/** What a field has to be, in words for the screen. */
const FIELD_RULES: Readonly<Record<string, string>> = {
  hook: 'the hook has to be patient-view or order-sign',
  ingredient: 'a drug has to be chosen',
  dose: 'the dose has to be a number above 0',
  timesPerDay: 'the times a day have to be a whole number from 1 to 4',
  card: 'the card has to be named',
  suggestion: 'the suggestion has to be named',
  reason: 'the reason has to carry a code',
  userComment: 'a comment has 1 to 1000 characters',
};

/** Nothing is loaded from elsewhere, and no text of a card can become a script. */
const CONTENT_POLICY = "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'";

/** The sandbox as a web application: a FHIR API, the page, and what the page calls. */
export function sandboxApp(parts: {
  readonly session: Session;
  readonly store: FhirStore;
  readonly fhirBase: string;
  readonly serviceUrl: string;
  readonly page: PageFiles;
}): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use((_, response, next) => {
    response.set({ 'content-security-policy': CONTENT_POLICY, 'x-content-type-options': 'nosniff' });
    next();
  });
  app.use(refuseForeigners);
  servePage(app, parts.page);
  serveFhir(app, parts.store, parts.fhirBase);
  serveSession(app, parts.session, parts.serviceUrl);
  app.use((_, response) => response.status(404).json({ error: 'nothing is served here' }));
  app.use(explainFault);
  return app;
}

// Another site's page may send a plain POST to this machine; its browser then names that site as the origin.
const refuseForeigners: RequestHandler = ({ method, headers }, response, next) => {
  const { host, origin } = headers;
  const isOwn = origin === undefined || origin === `http://${host ?? ''}`;
  if (isLoopbackHost(host) && (isOwn || method === 'GET' || method === 'HEAD')) next();
  else response.status(403).json({ error: 'the sandbox answers its own page alone' });
};

function servePage(app: Express, page: PageFiles): void {
  app.get('/', (_, response) => response.type('html').send(PAGE));
  app.get('/main.js', (_, response) => response.type('js').send(page.script));
  app.get('/page.css', (_, response) => response.type('css').send(page.style));
}

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sextant sandbox EHR</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/page.css">
</head>
<body>
<div id="page"></div>
<script type="module" src="/main.js"></script>
</body>
</html>
`;

function serveFhir(app: Express, store: FhirStore, fhirBase: string): void {
  app.use('/fhir', (request, response) => {
    const { status, body } =
      request.method === 'GET'
        ? answerFhir(store, fhirBase, request.url.slice(1))
        : refuse(405, 'not-supported', 'the sandbox is read over FHIR, and written through its page');
    response.status(status).type('application/fhir+json').send(JSON.stringify(body));
  });
}

function serveSession(app: Express, session: Session, serviceUrl: string): void {
  app.use(express.json());
  app.get('/api/overview', (_, response) =>
    response.json({ patients: session.patients(), drugs: session.drugs(), serviceUrl }),
  );
  app.get('/api/patients/:patient', (request, response) => response.json(session.open(request.params.patient)));
  app.post('/api/patients/:patient/hooks/:hook', async (request, response) => {
    response.json(await session.fire(request.params.patient, hookCall.parse(request.params).hook));
  });
  app.post('/api/patients/:patient/orders', (request: Request<{ patient: string }>, response: Response) =>
    response.json(session.addOrder(request.params.patient, orderEntry.parse(request.body))),
  );
  app.delete('/api/patients/:patient/orders/:type/:id', (request, response) => {
    const { patient, type, id } = request.params;
    response.json(session.removeOrder(patient, `${type}/${id}`));
  });
  app.post('/api/patients/:patient/sign', (request, response) => response.json(session.sign(request.params.patient)));
  app.post('/api/patients/:patient/accept', async (request: Request<{ patient: string }>, response: Response) => {
    const { card, suggestion } = acceptance.parse(request.body);
    response.json(await session.accept(request.params.patient, card, suggestion));
  });
  app.post('/api/override', async (request, response) => {
    const { card, reason, userComment } = overriding.parse(request.body);
    await session.override(card, {
      ...(reason === undefined
        ? {}
        : { reason: { code: reason.code, ...(reason.system === undefined ? {} : { system: reason.system }) } }),
      ...(userComment === undefined ? {} : { userComment }),
    });
    response.json({});
  });
  app.get('/hook-request/:patient', async (request, response) => {
    const { hook } = hookCall.parse({ hook: request.query.hook ?? 'order-sign' });
    const [call] = await session.compose(request.params.patient, hook);
    if (call === undefined) throw new OrderFault('no service listens to this hook');
    response.json(call.request);
  });
}

/** Says what went wrong in one sentence; never a stack. */
const explainFault: ErrorRequestHandler = (fault: unknown, _request, response, next) => {
  if (response.headersSent) {
    next(fault);
    return;
  }
  if (isCallersFault(fault)) {
    response.status(400).json({ error: 'the request cannot be read: send valid JSON' });
    return;
  }
  const message =
    fault instanceof z.ZodError ? brokenRules(fault) : fault instanceof Error ? fault.message : 'it failed';
  response.status(statusOf(fault)).json({ error: message });
};

function statusOf(fault: unknown): number {
  if (fault instanceof UnknownPatient) return 404;
  return fault instanceof OrderFault || fault instanceof z.ZodError ? 400 : 502;
}

/** The rules that a request breaks, each once. */
function brokenRules({ issues }: z.ZodError): string {
  const rules = issues.map(({ path }) => FIELD_RULES[String(path[0])] ?? 'the request needs a JSON object');
  return [...new Set(rules)].join('; ');
}

/** Express and its body reader mark with a 4xx status what they cannot read. */
function isCallersFault(fault: unknown): boolean {
  const { status } = (fault ?? {}) as { readonly status?: unknown };
  return typeof status === 'number' && status >= 400 && status < 500;
}
