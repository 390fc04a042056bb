import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { discard, type Ripen, startRipen } from '../support/ripen.ts';

const browser: Browser | null = await openBrowser();
let ripen: Ripen;
beforeAll(async () => {
  ripen = await startRipen();
  await ripen.post('/f/consultation', { email: 'ana@example.com', name: 'Ana Souza', consent: { marketing: true } });
  await ripen.settle();
});
afterAll(async () => {
  await browser?.close();
  await discard(ripen);
});

const phone = { width: 390, height: 844 };
const desk = { width: 1440, height: 900 };

/** Lets a person look around in a browser of their own. Fails on whatever the browser complains about. */
async function look(
  { viewport = phone, ...options }: Parameters<Browser['newContext']>[0] = {},
  around: (page: Page, context: BrowserContext) => Promise<void>,
): Promise<void> {
  if (!browser) throw new Error('skipped without a browser');
  const context = await browser.newContext({ viewport, locale: 'en-GB', baseURL: ripen.url, ...options });
  const complaints: string[] = [];
  context.on('weberror', (error) => complaints.push(String(error.error())));
  context.on('console', (message) => {
    // Chromium reports the answer to a refused form as an error of its own.
    if (message.type() === 'error' && !message.text().includes('422')) complaints.push(message.text());
  });
  await around(await context.newPage(), context);
  await context.close();
  expect(complaints).toEqual([]);
}

describe.skipIf(!browser)('a landing page', () => {
  it('shows what is wrong beside the field, and sends once what is right', () =>
    look({}, async (page, context) => {
      await page.goto('/p/trial?utm_source=google&utm_medium=cpc&utm_campaign=spring');
      const submit = page.getByRole('button', { name: 'Start now' });
      const email = page.getByLabel('E-mail', { exact: true });
      await submit.click();
      expect(await email.getAttribute('aria-invalid')).toBe('true');
      expect(await page.locator(':focus').getAttribute('name')).toBe('email');

      await email.fill('bia@nowhere');
      await submit.click();
      await page.getByText('This is not an e-mail address').waitFor();
      expect(await context.cookies(), 'no cookie before consent').toEqual([]);

      await email.fill('bia@example.com');
      await page.getByRole('checkbox').check();
      await submit.dblclick();
      await page.getByRole('heading', { name: 'Thank you!' }).waitFor();
      expect((await context.cookies()).map(({ name }) => name)).toEqual(['ripen_aid']);

      await ripen.settle();
      const { leads } = await ripen.get<{ leads: readonly unknown[] }>('/api/leads?email=bia@example.com');
      expect(leads[0]).toMatchObject({ score: { total: 30 }, source: { channel: 'paid', campaign: 'spring' } });
    }));

  it('works without JavaScript, in the visitor’s language', () =>
    look({ javaScriptEnabled: false, locale: 'pt-BR' }, async (page) => {
      await page.goto('/p/ebook');
      await page.getByLabel('E-mail', { exact: true }).fill('caio@example.com');
      await page.getByRole('button', { name: 'Quero receber' }).click();
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Obrigado!');
    }));

  it('tells nothing when the visitor asks not to be followed', () =>
    look({}, async (page, context) => {
      await context.addInitScript("Object.defineProperty(navigator, 'globalPrivacyControl', { value: true })");
      const told: string[] = [];
      page.on('request', (request) => void (request.url().includes('/v1/') && told.push(request.url())));
      await page.goto('/p/pricing', { waitUntil: 'networkidle' });
      expect(told).toEqual([]);
    }));
});

it.skipIf(!browser)('finds a lead by e-mail address', () =>
  look({ viewport: desk }, async (page) => {
    await page.goto('/leads');
    await page.getByLabel('E-mail').fill('ANA@example.com');
    await page.getByRole('button', { name: 'Show' }).click();
    await page.getByRole('link', { name: 'Ana Souza' }).click();
    const shown = await page.locator('.score-total').textContent();
    expect(await page.locator('.sum-total .points').textContent(), 'the reasons add up to the score').toBe(shown);
  }),
);

it.skipIf(!browser)('adjusts a score by hand, once, and shows who did and why (Q2)', () =>
  look({ viewport: desk }, async (page) => {
    await ripen.post('/f/ebook', { email: 'dora@example.com', name: 'Dora Lima', consent: { marketing: true } });
    await ripen.settle();
    await page.goto('/leads?email=dora@example.com');
    await page.getByRole('link', { name: 'Dora Lima' }).click();
    const before = Number(await page.locator('.score-total').textContent());
    await page.getByText('Adjust the score by hand').click();
    await page.getByLabel('Points').fill('7');
    await page.getByLabel('Why').fill('met at the fair');
    await page.locator('#adjust-author').fill('Eva');
    await page.getByRole('button', { name: 'Adjust the score' }).dblclick();
    await page.getByText('Noted. It counts in a moment').waitFor();
    await ripen.settle();
    await page.locator('#score').getByText('Adjusted by Eva: met at the fair').waitFor();
    expect(Number(await page.locator('.score-total').textContent())).toBe(before + 7);
  }),
);

it.skipIf(!browser)('tells on the same page what became of a test submission', () =>
  look({ viewport: desk }, async (page) => {
    await page.goto('/connect?form=ebook');
    const form = page.locator('#form-ebook');
    await form.getByLabel('E-mail', { exact: true }).fill('bia@nowhere');
    await form.getByRole('button', { name: 'Send the test' }).click();
    await form.getByRole('status').getByText('Refused. Field email: This is not an e-mail address').waitFor();
    await form.getByText('Last rejected').waitFor();

    await form.getByLabel('E-mail', { exact: true }).fill('bia+test@example.com');
    await form.getByRole('button', { name: 'Send the test' }).click();
    await form.getByRole('status').getByText('Received, as from any visitor').waitFor();
    await form.getByText('Last received').waitFor();
  }),
);

describe.skipIf(!browser).each([
  ['a phone', phone],
  ['a desk', desk],
])('on %s', (_name, viewport) => {
  it('fits every page into the window', () =>
    look({ viewport }, async (page) => {
      const { leads } = await ripen.get<{ leads: readonly { leadId: string }[] }>('/api/leads');
      const { handoffs } = await ripen.get<{ handoffs: readonly { handoffId: string }[] }>('/api/handoffs');
      const paths = [
        ...[
          '/',
          '/leads',
          '/handoffs',
          '/handoffs?show=mine&lang=pt-BR',
          `/handoffs/${handoffs[0]?.handoffId}`,
          `/handoffs/${handoffs[0]?.handoffId}?lang=pt-BR`,
          '/team',
          '/team?lang=pt-BR',
          '/team/what-if?lead=ana@example.com',
          '/review',
          '/sequences',
          '/sequences/engagement',
          '/sequences/welcome?lang=pt-BR',
          '/emails/welcome-1',
          '/emails/hot-lead?lang=pt-BR&width=360',
          '/metrics',
          '/metrics?lang=pt-BR',
          '/connect?form=trial',
          '/_local/inbox',
        ],
        ...['/p/trial', '/p/consultation?lang=pt-BR', '/p/pricing', '/p/thank-you?form=ebook', '/p/your-ebook'],
        ...[`/leads/${leads[0]?.leadId}`, `/leads/${leads[0]?.leadId}?lang=pt-BR`],
      ];
      for (const path of paths) {
        await page.goto(path);
        const overflow = await page.evaluate(
          'document.documentElement.scrollWidth - document.documentElement.clientWidth',
        );
        expect(overflow, `${path} is wider than its window`).toBe(0);
        expect(await page.getByRole('heading', { level: 1 }).count(), `${path} has one h1`).toBe(1);
      }
    }));
});
