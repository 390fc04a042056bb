import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { discard, type Ripen, startRipen } from '../support/ripen.ts';

interface Handoff {
  readonly handoffId: string;
  readonly leadId: string;
  readonly status: string;
  readonly rep: string;
  readonly amount: { readonly amountMinor: number; readonly currency: string } | null;
}

const browser: Browser | null = await openBrowser();
let ripen: Ripen;
beforeAll(async () => {
  ripen = await startRipen();
  for (const [name, email] of [
    ['Lia Prado', 'lia@example.com'],
    ['Rui Costa', 'rui@example.com'],
    ['<script>alert(1)</script>', 'eve@example.com'],
  ] as const)
    await askToTalk(name, email);
});
afterAll(async () => {
  await browser?.close();
  await discard(ripen);
});

async function askToTalk(name: string, email: string): Promise<void> {
  const fields = { email, name, company: 'Acme', submission_id: `sales-${email}` };
  const type = { 'content-type': 'application/x-www-form-urlencoded' };
  expect((await ripen.post('/f/consultation', new URLSearchParams(fields).toString(), type)).status).toBe(202);
  await ripen.settle();
}

const handoffs = async () => (await ripen.get<{ handoffs: readonly Handoff[] }>('/api/handoffs')).handoffs;

/** Fails the test on any script error or refused inline script. */
function watch(page: Page): string[] {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  return faults;
}

it.skipIf(!browser)('is worked by keys: the next one, accept it, open it, and win it by the form', async () => {
  if (!browser) return;
  const [first] = await handoffs();
  if (!first) throw new Error('an explicit request is handed off');
  const page = await (await browser.newContext({ locale: 'en-GB' })).newPage();
  const faults = watch(page);

  await page.goto(`${ripen.url}/handoffs`);
  await page.getByLabel('Me').selectOption(first.rep);
  await page.getByRole('button', { name: 'Show mine' }).click();
  await expect.poll(() => page.locator('[data-row]').count()).toBe(1);
  expect(await page.locator('[data-left]').textContent()).toMatch(/^(29|30) min left$/);

  await page.keyboard.press('?');
  expect(await page.getByText('accept it', { exact: true }).isVisible()).toBe(true);
  await page.keyboard.press('j');
  expect(await page.evaluate('document.activeElement?.className')).toBe('row-link');
  await Promise.all([page.waitForNavigation(), page.keyboard.press('a')]);
  expect(page.url()).toContain('/handoffs?show=mine');
  expect((await handoffs()).find(({ handoffId }) => handoffId === first.handoffId)?.status).toBe('accepted');
  // The same one is still in hand.
  await Promise.all([page.waitForURL(`**/handoffs/${first.handoffId}`), page.keyboard.press('Enter')]);

  await page.getByLabel('Amount in BRL').fill('1.234,50');
  await page.getByRole('button', { name: 'Won' }).click();
  await page.getByText('This hand-off is over: the deal was won.').waitFor();
  const won = (await handoffs()).find(({ handoffId }) => handoffId === first.handoffId);
  expect(won).toMatchObject({ status: 'won', amount: { amountMinor: 123_450, currency: 'BRL' } });
  expect(faults).toEqual([]);
});

it.skipIf(!browser)('reads and works without JavaScript, and tells whoever was second who has it', async () => {
  if (!browser) return;
  const open = (await handoffs()).find(({ status }) => status === 'assigned');
  if (!open) throw new Error('two are still to be accepted');
  const context = await browser.newContext({ javaScriptEnabled: false, locale: 'en-GB' });
  const page = await context.newPage();
  await page.goto(`${ripen.url}/handoffs?rep=${open.rep}&show=mine`);
  const accept = page.getByRole('button', { name: 'Accept' }).first();
  expect(await accept.isVisible()).toBe(true);
  // Somebody takes it over in the meantime.
  const other = open.rep === 'elena-martin' ? 'daniel-rocha' : 'elena-martin';
  await ripen.post(`/api/handoffs/${open.handoffId}/accept`, { rep: other });
  await accept.click();
  expect(await page.textContent('body')).toMatch(/Somebody was first[\s\S]*has had this lead since/);
});

it.skipIf(!browser)('asks who would get a lead, and changes nothing', async () => {
  if (!browser) return;
  const page = await (await browser.newContext({ locale: 'en-GB' })).newPage();
  const faults = watch(page);
  const before = await handoffs();
  await page.goto(`${ripen.url}/team`);
  await page.getByRole('link', { name: 'Who would get a lead?' }).click();
  await page.getByLabel('E-mail or lead id').fill('eve@example.com');
  await page.getByRole('button', { name: 'Ask' }).first().click();
  const answer = page.locator('#answer');
  expect(await answer.textContent()).toMatch(/would get it now[\s\S]*Nothing was changed/);
  expect(await answer.textContent()).toContain('<script>alert(1)</script>');
  await page.getByLabel('Score').fill('60');
  await page.getByRole('button', { name: 'Ask' }).last().click();
  expect(await answer.textContent()).toContain('would get it now');
  expect(await handoffs()).toEqual(before);
  expect(faults).toEqual([]);
});
