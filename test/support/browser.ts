import { existsSync } from 'node:fs';
import sparticuz from '@sparticuz/chromium';
import { type Browser, chromium } from 'playwright-core';

/** Where a Chromium of the system usually is, for machines the npm package has no build for. */
const installed = [
  process.env.RIPEN_CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * A headless Chromium: the one from npm on Linux x64, which needs no system package; elsewhere an installed one, or `null` with a
 * word about what to install.
 */
export async function openBrowser(): Promise<Browser | null> {
  if (process.platform === 'linux' && process.arch === 'x64') {
    // One process for everything is meant for Lambda; here it dies with the first window that closes.
    const args = sparticuz.args.filter((argument) => !['--single-process', '--no-zygote'].includes(argument));
    return chromium.launch({ args, executablePath: await sparticuz.executablePath() });
  }
  const executablePath = installed.find((path) => path !== undefined && existsSync(path));
  if (executablePath) return chromium.launch({ executablePath });
  console.warn(
    'No Chromium here: install Chrome, or set RIPEN_CHROMIUM to a Chromium binary. The browser tests are skipped.',
  );
  return null;
}
