import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomUUID } from 'node:crypto';
import type { Clock } from '../../src/ports/clock.ts';
import { sandboxApp } from './app.ts';
import { bundlePage } from './bundle-page.ts';
import { openCdsClient } from './cds-client.ts';
import { CLINICIAN, type ClinicPatient } from './clinic.ts';
import { openFhirStore } from './fhir-store.ts';
import type { OrderableDrug } from './orders.ts';
import { openSession } from './session.ts';

/** How the sandbox is set up. */
export interface SandboxConfig {
  /** 0 takes any free port. */
  readonly port: number;
  /** Base of the CDS service, for example "http://127.0.0.1:4004". */
  readonly serviceUrl: string;
  readonly clinic: readonly ClinicPatient[];
  readonly drugs: readonly OrderableDrug[];
  readonly clock: Clock;
}

/** A running sandbox. */
export interface Sandbox {
  /** For example "http://127.0.0.1:4005". */
  readonly url: string;
  close(): Promise<void>;
}

/** No other machine can reach the sandbox: it knows no users. */
const LOOPBACK = '127.0.0.1';

/** Starts the sandbox EHR. Rejects when its port is taken. */
export async function startSandbox({ port, serviceUrl, clinic, drugs, clock }: SandboxConfig): Promise<Sandbox> {
  const page = await bundlePage();
  const server = createServer();
  await listen(server, port);
  const url = `http://${LOOPBACK}:${(server.address() as AddressInfo).port}`;
  const fhirBase = `${url}/fhir`;
  const store = openFhirStore([CLINICIAN, ...clinic.flatMap(({ resources }) => resources)]);
  const client = openCdsClient({ serviceUrl, fhirBase, store, newId: randomUUID });
  const session = openSession({ clinic, store, drugs, client, clock, newId: randomUUID });
  const app = sandboxApp({ session, store, fhirBase, serviceUrl, page });
  server.on('request', (request, response) => {
    app(request, response);
  });
  return { url, close: () => close(server) };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, LOOPBACK, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}
