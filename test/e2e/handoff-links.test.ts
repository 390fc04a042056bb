import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { discard, type InboxMessage, type Ripen, startRipen } from '../support/ripen.ts';

interface HandoffView {
  readonly handoffId: string;
  readonly leadId: string;
  readonly rep: string;
  readonly status: string;
  readonly acceptedAt: string | null;
  readonly ver: number;
}

let ripen: Ripen;
let browser: Browser | null;
beforeAll(async () => {
  [ripen, browser] = await Promise.all([startRipen(), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await discard(ripen);
});

/** Somebody asks for a consultation: their hand-off, and the mail that the rep got about it. */
async function asksToTalk(email: string): Promise<{ handoff: HandoffView; mail: InboxMessage }> {
  const fields = { email, name: 'Iara Nunes', company: 'Pomar', phone: '+55 11 91234-5678', consent: 'marketing' };
  const body = new URLSearchParams({ ...fields, submission_id: email }).toString();
  await ripen.post('/f/consultation', body, { 'content-type': 'application/x-www-form-urlencoded' });
  expect(await ripen.settle()).toMatchObject({ deadLetters: 0 });
  const { leads } = await ripen.get<{ leads: readonly { leadId: string }[] }>(`/api/leads?email=${email}`);
  const handoff = await view(`${leads[0]?.leadId}.1`);
  const mails = await ripen.inbox(`${handoff.rep.replace('-', '.')}@orchard.example`);
  const mail = mails.find(({ tags, text }) => tags.template === 'hot-lead' && text.includes(handoff.leadId));
  if (!mail) throw new Error(`${handoff.rep} has no mail about ${email}`);
  return { handoff, mail };
}

const view = (handoffId: string) => ripen.get<HandoffView>(`/api/handoffs/${handoffId}`);

/** Every address in a mail, wherever it stands: what a gateway that protects a mailbox looks at. */
function linksOf({ html, text, headers }: InboxMessage): readonly URL[] {
  const written = [html.replaceAll('&amp;', '&'), text, ...Object.values(headers)].join('\n');
  return [...new Set(written.match(/https?:\/\/[^\s"'<>)\]]+/g))].map((link) => new URL(link));
}

function answerPath(mail: InboxMessage): string {
  const path = linksOf(mail).find(({ pathname }) => pathname.startsWith('/h/'))?.pathname;
  if (!path) throw new Error('the mail has no link to answer by');
  return path;
}

it('who follows every link of the mail accepts nothing, rejects nothing, and changes nothing', async () => {
  const { handoff, mail } = await asksToTalk('scanned-handoff@example.com');
  const rooms = new Set<string>();
  for (const { pathname, search } of linksOf(mail)) {
    if (!/^\/(h|u|leads|handoffs|assets)\//.test(pathname)) continue;
    rooms.add(pathname.split('/')[1] ?? '');
    for (const method of ['HEAD', 'GET', 'GET']) {
      const answer = await fetch(`${ripen.url}${pathname}${search}`, {
        method,
        headers: { 'user-agent': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) SafeScan/3.1' },
      });
      expect(answer.status, `${method} ${pathname}`).toBeLessThan(500);
      await answer.arrayBuffer();
    }
  }
  expect([...rooms]).toContain('h');
  // Some press what they find, too: without the page, that is no answer.
  const pressed = await ripen.post(answerPath(mail), 'answer=accept', {
    'content-type': 'application/x-www-form-urlencoded',
  });
  expect(pressed.status).toBe(422);
  expect(await ripen.settle()).toMatchObject({ deadLetters: 0 });
  expect(await view(handoff.handoffId)).toEqual(handoff);
});

it('a rep accepts by the link, on a telephone, by keyboard and without a script, and once', async ({ skip }) => {
  if (!browser) skip();
  const { handoff, mail } = await asksToTalk('accepted-handoff@example.com');
  const context = await browser?.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
  const page = await context?.newPage();
  if (!page) throw new Error('no page');
  await page.goto(`${ripen.url}${answerPath(mail)}`);
  expect(await page.content()).not.toContain('91234');
  const before = await page.content();
  await page.getByRole('button', { name: 'Accept' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: '+5511912345678' }).waitFor();
  expect(await view(handoff.handoffId)).toMatchObject({ status: 'accepted', rep: handoff.rep });

  // Forwarded, the link tells nobody how to reach the lead; what it said once is not said again.
  await page.goto(`${ripen.url}${answerPath(mail)}`);
  expect(await page.content()).not.toContain('91234');
  await page.getByText('They bought').click();
  await page.getByLabel(/Amount in/).fill('1.234,56');
  await page.getByRole('button', { name: 'Won' }).click();
  await page.getByText('It is over: won on').first().waitFor();
  const over = await view(handoff.handoffId);
  expect(over).toMatchObject({ status: 'won', amount: { amountMinor: 123_456 } });

  // The page that stood open all the time says nothing any more.
  const seen = /name="seen" value="([^"]+)"/.exec(before)?.[1] ?? '';
  const replay = await ripen.post(answerPath(mail), new URLSearchParams({ seen, answer: 'accept' }).toString(), {
    'content-type': 'application/x-www-form-urlencoded',
  });
  expect(replay.status).toBe(409);
  expect(await view(handoff.handoffId)).toEqual(over);
  await context?.close();
});

it('a program that comes second hears who has the lead', async () => {
  const { handoff } = await asksToTalk('second-handoff@example.com');
  const other = handoff.rep === 'ana-souza' ? 'bruno-lima' : 'ana-souza';
  const accept = (rep: string) => ripen.post(`/api/handoffs/${handoff.handoffId}/accept`, { rep });
  const answers = await Promise.all([accept(handoff.rep), accept(other)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  const { rep, acceptedAt } = await view(handoff.handoffId);
  const second = answers.find(({ status }) => status === 409);
  expect(await second?.json()).toMatchObject({
    error: { code: 'already-accepted', message: expect.stringContaining(`since ${acceptedAt}`) },
  });
  expect([handoff.rep, other]).toContain(rep);
});
