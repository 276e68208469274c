import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

/** One tab of a headless Chromium. */
export interface Tab {
  /** What the page complained of since it was opened: exceptions, console errors, refused loads. */
  readonly complaints: string[];
  /** The addresses that the page asked for. */
  readonly requested: string[];
  open(url: string): Promise<void>;
  resize(width: number, height: number): Promise<void>;
  /** The value of an expression in the page; promises are awaited. */
  evaluate<Value>(expression: string): Promise<Value>;
  /** Waits until an expression is true in the page. Rejects after ten seconds. */
  waitFor(expression: string): Promise<void>;
  press(key: 'Tab' | 'Enter' | ' '): Promise<void>;
  /** The visible part as PNG bytes. */
  screenshot(): Promise<Buffer>;
}

/** A browser that was started. */
export interface Browser {
  newTab(): Promise<Tab>;
  close(): Promise<void>;
}

type Json = Readonly<Record<string, unknown>>;
type Send = (method: string, params?: Json, sessionId?: string) => Promise<Json>;
type Listen = (listener: (method: string, params: Json, sessionId: unknown) => void) => void;

const SWITCHES = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-lcd-text',
  '--hide-scrollbars',
  '--remote-debugging-pipe',
];
/** How long a page may take to show something. Unit: ms. */
const PATIENCE = 10_000;
const KEYS = {
  Tab: { key: 'Tab', code: 'Tab', windowsVirtualKeyCode: 9 },
  Enter: { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13, text: '\r' },
  ' ': { key: ' ', code: 'Space', windowsVirtualKeyCode: 32, text: ' ' },
} as const;

/**
 * Starts a headless Chromium (Debian package `chromium`; another one by the variable CHROMIUM) and speaks the DevTools
 * protocol with it over pipes, so that no package is needed.
 */
export function launchChromium(): Browser {
  const folder = mkdtempSync(join(tmpdir(), 'sextant-chromium-'));
  const program = process.env.CHROMIUM ?? 'chromium';
  const child = spawn(program, [...SWITCHES, `--user-data-dir=${folder}`], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((resolve, reject) => {
    child.on('error', (cause) => {
      reject(new Error(`${program} could not be started (apt-get install chromium, or set CHROMIUM)`, { cause }));
    });
    child.on('exit', () => {
      resolve();
    });
  });
  ended.catch(() => undefined);
  const { send, listen } = speak(child.stdio[3] as Writable, child.stdio[4] as Readable, ended);
  return {
    newTab: () => openTab(send, listen),
    close: async () => {
      await Promise.race([send('Browser.close'), ended]);
      await ended;
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

interface Waiting {
  resolve(result: Json): void;
  reject(cause: Error): void;
}

/** The DevTools protocol: JSON messages that end in a zero byte; answers carry the number of their request. */
function speak(output: Writable, input: Readable, ended: Promise<void>): { send: Send; listen: Listen } {
  const waiting = new Map<number, Waiting>();
  const listeners: Parameters<Listen>[0][] = [];
  let count = 0;
  let rest = '';
  output.on('error', () => undefined);
  input.setEncoding('utf8').on('data', (chunk: string) => {
    const messages = `${rest}${chunk}`.split('\0');
    rest = messages.pop() ?? '';
    messages.forEach(receive);
  });

  function receive(text: string): void {
    const { id, result, error, method, params, sessionId } = JSON.parse(text) as Json;
    if (typeof id !== 'number') {
      for (const listener of listeners) listener(String(method), (params ?? {}) as Json, sessionId);
      return;
    }
    const request = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) request?.resolve(result as Json);
    else request?.reject(new Error(String((error as Json).message)));
  }

  const send: Send = (method, params = {}, sessionId) => {
    count += 1;
    const id = count;
    const answer = new Promise<Json>((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      ended.then(() => {
        reject(new Error('the browser has ended'));
      }, reject);
    });
    output.write(`${JSON.stringify({ id, method, params, ...(sessionId === undefined ? {} : { sessionId }) })}\0`);
    return answer;
  };
  return { send, listen: (listener) => listeners.push(listener) };
}

async function openTab(send: Send, listen: Listen): Promise<Tab> {
  const { targetId } = await send('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true });
  const ask = (method: string, params: Json = {}): Promise<Json> => send(method, params, String(sessionId));
  const complaints: string[] = [];
  const requested: string[] = [];
  listen((method, params, from) => {
    if (from === sessionId) takeNote(method, params, { complaints, requested });
  });
  await Promise.all(['Page.enable', 'Runtime.enable', 'Log.enable', 'Network.enable'].map((method) => ask(method)));

  async function evaluate<Value>(expression: string): Promise<Value> {
    const { result, exceptionDetails } = await ask('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails !== undefined) throw new Error(`${expression}: ${JSON.stringify(exceptionDetails)}`);
    return (result as Json).value as Value;
  }
  async function waitFor(expression: string): Promise<void> {
    const end = performance.now() + PATIENCE;
    while (!(await evaluate<boolean>(`Boolean(${expression})`))) {
      if (performance.now() > end) throw new Error(`it never became true: ${expression}`);
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  }
  return {
    complaints,
    requested,
    evaluate,
    waitFor,
    open: async (url) => {
      await ask('Page.navigate', { url });
      await waitFor(`document.readyState === 'complete'`);
    },
    resize: async (width, height) => {
      await ask('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false });
    },
    press: async (key) => {
      await ask('Input.dispatchKeyEvent', { type: 'keyDown', ...KEYS[key] });
      await ask('Input.dispatchKeyEvent', { type: 'keyUp', ...KEYS[key] });
    },
    screenshot: async () => {
      const { data } = await ask('Page.captureScreenshot', { format: 'png' });
      return Buffer.from(String(data), 'base64');
    },
  };
}

function takeNote(method: string, params: Json, notes: Pick<Tab, 'complaints' | 'requested'>): void {
  const entry = params.entry as { level?: string; text?: string } | undefined;
  if (method === 'Runtime.exceptionThrown') notes.complaints.push(JSON.stringify(params.exceptionDetails));
  if (method === 'Log.entryAdded' && entry?.level === 'error') notes.complaints.push(entry.text ?? 'an error');
  if (method === 'Network.requestWillBeSent') notes.requested.push(String((params.request as Json).url));
}
