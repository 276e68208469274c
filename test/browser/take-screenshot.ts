import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../src/adapters/env-config.ts';
import { startDemo } from '../../src/cli/start-demo.ts';
import { launchChromium } from './chromium.ts';

/** The picture of the README. Unit: px. */
const SIZE = { width: 1280, height: 960 } as const;
const FILE = 'docs/images/sandbox-order-sign.png';

/** Takes the README's picture: the demo's first patient, with the cards on the order that waits. */
async function takeScreenshot(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'sextant-screenshot-'));
  const config = { SEXTANT_PORT: '0', SEXTANT_DATA_FOLDER: folder, SEXTANT_LOG_LEVEL: 'warn' };
  const demo = await startDemo(readConfig(config), 0);
  const browser = launchChromium();
  try {
    const tab = await browser.newTab();
    await tab.resize(SIZE.width, SIZE.height);
    await tab.open(`${demo.sandboxUrl}/?patient=${demo.clinic[0]?.patientId ?? ''}&fire=order-sign`);
    await tab.waitFor(`document.querySelector('.card') !== null`);
    writeFileSync(FILE, await tab.screenshot());
  } finally {
    await browser.close();
    await demo.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

await takeScreenshot();
