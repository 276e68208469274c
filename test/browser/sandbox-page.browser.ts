import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from '../../deploy/sandbox/server.ts';
import { instant } from '../../src/core/time.ts';
import { aClinic, SOME_DRUGS } from '../fakes/a-clinic.ts';
import { aPotassiumCard, startFakeCdsService, TWO_SERVICES, type FakeCdsService } from '../fakes/cds-service.ts';
import { launchChromium, type Browser, type Tab } from './chromium.ts';

let browser: Browser;
let service: FakeCdsService;
let sandbox: Sandbox;
let tab: Tab;

const SANDBOX = {
  port: 0,
  drugs: SOME_DRUGS,
  clock: { now: () => instant(Date.parse('2026-11-22T10:00:00Z')) },
};

beforeAll(() => {
  browser = launchChromium();
});
afterAll(() => browser.close());

beforeEach(async () => {
  service = await startFakeCdsService({ services: TWO_SERVICES, answer: warnOnSign });
  sandbox = await startSandbox({ ...SANDBOX, serviceUrl: service.url, clinic: aClinic() });
  tab = await browser.newTab();
  await tab.resize(1440, 1000);
});
afterEach(async () => {
  expect(tab.complaints).toEqual([]);
  await sandbox.close();
  await service.close();
});

function warnOnSign(body: Record<string, unknown>): unknown {
  const { draftOrders } = body.context as { draftOrders?: { entry: { resource: Record<string, unknown> }[] } };
  const [first] = draftOrders?.entry ?? [];
  return { cards: first === undefined ? [] : [aPotassiumCard(first.resource)] };
}

const button = (words: string): string =>
  `[...document.querySelectorAll('button')].find((one) => one.innerText.startsWith(${JSON.stringify(words)}))`;
const click = (words: string): Promise<void> => tab.evaluate(`${button(words)}.click()`);
const shows = (words: string): Promise<void> =>
  tab.waitFor(`document.body.innerText.includes(${JSON.stringify(words)})`);

describe('the page of the sandbox', () => {
  it('opens on the patient of its address, says what it is, and loads nothing from elsewhere', async () => {
    await tab.open(`${sandbox.url}/?patient=p1`);
    await shows('Lindqvist, Ines');
    await shows('Virtual patients. Not a medical device.');
    await shows('spironolactone 25 mg oral tablet');
    expect(tab.requested.filter((url) => !url.startsWith(sandbox.url) && !url.startsWith('data:'))).toEqual([]);
  });

  it('an address that names nobody opens no chart, and fires nothing', async () => {
    await tab.open(`${sandbox.url}/?patient=nobody&fire=order-sign`);
    await shows('No such patient: nobody');
    expect(await tab.evaluate(`document.querySelector('.workspace') === null`)).toBe(true);
    expect(service.received).toEqual([]);
    await click('Lindqvist, Ines');
    await tab.waitFor(button('Sign order'));
    expect(await tab.evaluate(`document.querySelector('.fault') === null`)).toBe(true);
    expect(service.received.filter(({ path }) => path === '/cds-services/sign')).toEqual([]);
  });

  it('opening a chart fires patient-view, signing fires order-sign', async () => {
    await tab.open(`${sandbox.url}/?patient=p1`);
    await tab.waitFor(button('Sign order'));
    await click('Sign order');
    await shows('23 of 100 patients');
    expect(service.received.map(({ path }) => path)).toEqual(['/cds-services/view', '/cds-services/sign']);
  });

  it('a table in the detail is shown as a table', async () => {
    await tab.open(`${sandbox.url}/?patient=p1&fire=order-sign`);
    await tab.waitFor(`document.querySelectorAll('.detail table tbody tr').length === 3`);
  });

  it('an accepted suggestion changes the order, and the order can then be signed', async () => {
    await tab.open(`${sandbox.url}/?patient=p1&fire=order-sign`);
    await tab.waitFor(button('Use 12.5 mg instead'));
    await click('Use 12.5 mg instead');
    await tab.waitFor(button('✓ Use 12.5 mg instead'));
    await shows('spironolactone 12.5 mg oral tablet');
    await click('Sign order');
    await shows('Signed and filed in the chart.');
    await shows('Nothing to sign.');
    expect(service.received.at(-1)?.body).toMatchObject({ feedback: [{ outcome: 'accepted' }] });
  });

  it('two suggestions of one card can both be accepted when the card allows it', async () => {
    await tab.open(`${sandbox.url}/?patient=p1&fire=order-sign`);
    await tab.waitFor(button('Add a metabolic panel'));
    await click('Add a metabolic panel');
    await tab.waitFor(button('✓ Add a metabolic panel'));
    await click('Use 12.5 mg instead');
    await tab.waitFor(button('✓ Use 12.5 mg instead'));
    await tab.waitFor(button('Sign 2 orders'));
  });

  it('an override asks for a reason, and the reason reaches the service', async () => {
    await tab.open(`${sandbox.url}/?patient=p1&fire=order-sign`);
    await tab.waitFor(button('Override …'));
    await click('Override …');
    await tab.waitFor(`document.querySelector('.override [type=submit]').disabled`);
    await tab.evaluate(`document.querySelector('.override input[type=radio]').click()`);
    await tab.waitFor(`!document.querySelector('.override [type=submit]').disabled`);
    await tab.evaluate(`document.querySelector('.override [type=submit]').click()`);
    await shows('Overridden');
    expect(service.received.at(-1)?.body).toMatchObject({
      feedback: [{ outcome: 'overridden', overrideReason: { reason: { code: 'will-monitor' } } }],
    });
  });

  it('an order can be added with the form', async () => {
    await tab.open(`${sandbox.url}/?patient=p2`);
    await shows('Nothing to sign.');
    await tab.evaluate(`document.querySelector('.orders form').requestSubmit()`);
    await shows('lisinopril 2.5 mg oral');
  });

  it('an order can be signed with the keyboard alone', async () => {
    await tab.open(`${sandbox.url}/?patient=p1`);
    await tab.waitFor(button('Sign order'));
    for (let presses = 0; presses < 30; presses += 1) {
      if (await tab.evaluate<boolean>(`document.activeElement === ${button('Sign order')}`)) break;
      await tab.press('Tab');
    }
    await tab.press('Enter');
    await shows('23 of 100 patients');
  });

  it('every control has a name, and every page has one main heading', async () => {
    await tab.open(`${sandbox.url}/?patient=p1&fire=order-sign`);
    await tab.waitFor(button('Override …'));
    await click('Override …');
    const nameless = `[...document.querySelectorAll('button, input, select, a')].filter((one) =>
      !(one.textContent || one.getAttribute('aria-label') || one.closest('label')?.textContent)).length`;
    expect(await tab.evaluate(nameless)).toBe(0);
    expect(await tab.evaluate(`document.querySelectorAll('h1').length`)).toBe(1);
  });

  it('text stands out from what is behind it by 4.5 to 1 (WCAG 2.2, 1.4.3)', async () => {
    await tab.open(`${sandbox.url}/?patient=p1&fire=order-sign`);
    await tab.waitFor(button('Override …'));
    expect(await tab.evaluate(FAINT_TEXTS)).toEqual([]);
  });

  it.each([1440, 900, 375])('nothing is wider than a window of %i pixels', async (width) => {
    await tab.resize(width, 900);
    await tab.open(`${sandbox.url}/?patient=p1&fire=order-sign`);
    await shows('23 of 100 patients');
    expect(await tab.evaluate(`document.documentElement.scrollWidth`)).toBeLessThanOrEqual(width);
  });

  it.each([
    [
      'an address signs nothing, also when the check has nothing to say',
      TWO_SERVICES,
      'The check found nothing to say.',
    ],
    ['where no service listens, that is said, and nothing is signed', [], 'nothing has checked these orders'],
  ])('%s', async (_, services, words) => {
    await service.close();
    await sandbox.close();
    service = await startFakeCdsService({ services, answer: () => ({ cards: [] }) });
    sandbox = await startSandbox({ ...SANDBOX, serviceUrl: service.url, clinic: aClinic() });
    await tab.open(`${sandbox.url}/?patient=p1&fire=order-sign`);
    await shows(words);
    await shows('spironolactone 25 mg oral tablet');
    await tab.waitFor(button('Sign order as drafted'));
  });

  it('a service that does not answer is named on the screen, and nothing is signed', async () => {
    await service.close();
    await tab.open(`${sandbox.url}/?patient=p1`);
    await tab.waitFor(button('Sign order'));
    await click('Sign order');
    await tab.waitFor(`document.querySelector('.message')?.innerText !== ''`);
    await tab.waitFor(button('Sign order'));
    // The browser notes the refused call itself.
    tab.complaints.length = 0;
  });
});

/** The texts whose contrast with the nearest opaque background is below 4.5 to 1. */
const FAINT_TEXTS = `(() => {
  const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const luminance = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const behind = (one) => {
    for (let at = one; at !== null; at = at.parentElement) {
      const colour = channels(getComputedStyle(at).backgroundColor);
      if ((colour[3] ?? 1) === 1) return colour;
    }
    return [255, 255, 255];
  };
  return [...document.querySelectorAll('body *')]
    .filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== ''))
    .filter((one) => one.closest('svg, :disabled') === null)
    .filter((one) => {
      const pair = [luminance(channels(getComputedStyle(one).color)), luminance(behind(one))].sort((a, b) => b - a);
      return (pair[0] + 0.05) / (pair[1] + 0.05) < 4.5;
    })
    .map((one) => one.textContent);
})()`;
