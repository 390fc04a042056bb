import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { discard, type Ripen, startRipen } from '../support/ripen.ts';

const browser: Browser | null = await openBrowser();
let ripen: Ripen;
beforeAll(async () => {
  ripen = await startRipen();
});
afterAll(async () => {
  await browser?.close();
  await discard(ripen);
});

async function scoreOf(email: string): Promise<number | undefined> {
  await ripen.settle();
  const { leads } = await ripen.get<{ leads: readonly { score: { total: number } }[] }>(`/api/leads?email=${email}`);
  return leads[0]?.score.total;
}

/** Fails the test on any script error or refused inline script. */
function watch(page: Page): string[] {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  return faults;
}

it.skipIf(!browser)('walks as a visitor does: form, inbox, link in the e-mail, pricing page, hand-off', async () => {
  if (!browser) return;
  const context = await browser.newContext({ locale: 'en-GB' });
  const page = await context.newPage();
  const faults = watch(page);
  const email = 'browser@example.com';

  await page.goto(`${ripen.url}/p/trial`);
  await page.getByLabel('E-mail', { exact: false }).first().fill(email);
  await page.getByLabel('Name', { exact: false }).first().fill('Bruna Browser');
  await page.getByRole('checkbox').first().check();
  await page.getByRole('button').first().click();
  await page.waitForURL(/thank-you/);
  expect(await scoreOf(email)).toBe(30);

  await ripen.advance('PT30S');
  await page.goto(`${ripen.url}/_local/inbox?to=${email}`);
  const first = (await ripen.inbox(email)).find(({ tags }) => tags.template === 'trial-upgrade-1');
  await page.goto(`${ripen.url}/_local/inbox/${first?.messageId}`);
  expect(await scoreOf(email)).toBe(35);

  const mail = page.frameLocator('iframe').first();
  const [landed] = await Promise.all([
    context.waitForEvent('page'),
    mail.locator('a[href*="/click"]:not([aria-hidden])').first().click(),
  ]);
  await landed.waitForLoadState();
  expect(landed.url()).toContain(ripen.url);
  await landed.goto(`${ripen.url}/p/pricing`);
  // The tracker tells of the view while the page goes on: the browser does not say when a beacon has left.
  await expect.poll(() => scoreOf(email), { timeout: 20_000 }).toBe(55);

  await page.goto(`${ripen.url}/handoffs`);
  expect(await page.locator('main').textContent()).toContain('Bruna');
  expect(faults).toEqual([]);
});
