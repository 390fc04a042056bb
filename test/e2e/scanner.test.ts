import { afterAll, beforeAll, expect, it } from 'vitest';
import { discard, type InboxMessage, type Ripen, startRipen } from '../support/ripen.ts';

interface LeadView {
  readonly leadId: string;
  readonly score: { readonly total: number };
  readonly consent: Readonly<Record<string, string>>;
  readonly suppressed: { readonly reason: string } | null;
}

let ripen: Ripen;
beforeAll(async () => {
  ripen = await startRipen();
});
afterAll(() => discard(ripen));

const urlencoded = { 'content-type': 'application/x-www-form-urlencoded' };

async function submit(form: string, email: string): Promise<void> {
  const fields = new URLSearchParams({ email, name: 'Ana', company: 'Pomar', consent: 'marketing' });
  expect((await ripen.post(`/f/${form}`, fields.toString(), urlencoded)).status).toBe(202);
}

async function lead(email: string): Promise<LeadView> {
  const { leads } = await ripen.get<{ leads: readonly LeadView[] }>(`/api/leads?email=${encodeURIComponent(email)}`);
  if (!leads[0]) throw new Error(`no lead ${email}`);
  return leads[0];
}

/** Every address in a mail, wherever it stands: what a gateway that protects a mailbox looks at. */
function linksOf({ html, text, headers }: InboxMessage): readonly string[] {
  const written = [html.replaceAll('&amp;', '&'), text, ...Object.values(headers)].join('\n');
  return [...new Set(written.match(/https?:\/\/[^\s"'<>)\]]+/g))];
}

/** As a scanner does it: HEAD and GET, and on to wherever it is sent; answers what kind of page it was. Nobody is called but us. */
async function scan(link: string): Promise<string> {
  const { pathname, search, host } = new URL(link);
  if (host !== new URL(ripen.url).host && !/^\/(u|p|confirm|preferences|assets)\//.test(pathname)) return '';
  for (const method of ['HEAD', 'GET', 'GET']) {
    const answer = await fetch(`${ripen.url}${pathname}${search}`, {
      method,
      headers: { 'user-agent': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) SafeScan/3.1' },
    });
    expect(answer.status, `${method} ${pathname}`).toBeLessThan(500);
    await answer.arrayBuffer();
  }
  return pathname.split('/')[1] ?? '';
}

it('Q8 who follows every link of every mail unsubscribes nobody, confirms nobody and scores nothing', async () => {
  const people = ['scanned-trial@example.com', 'scanned-ebook@example.com', 'scanned-news@example.com'];
  await submit('trial', 'scanned-trial@example.com');
  await submit('ebook', 'scanned-ebook@example.com');
  // Of the shipped forms this one asks for the address to be confirmed.
  await submit('newsletter', 'scanned-news@example.com');
  await ripen.settle();

  const before = await Promise.all(people.map(lead));
  const mails = (await Promise.all(people.map((email) => ripen.inbox(email)))).flat();
  expect(mails.length).toBeGreaterThanOrEqual(people.length);
  expect(mails.map(({ tags }) => tags.template)).toContain('confirm');
  const followed = new Set<string>();
  for (const mail of mails) {
    for (const link of linksOf(mail)) followed.add(await scan(link));
    // And what SES makes of it where it has rewritten the links.
    for (const event of ['scanner-open', 'scanner-click'])
      await ripen.post(`/_local/inbox/${mail.messageId}/simulate`, `event=${event}`, urlencoded);
  }
  expect([...followed]).toEqual(expect.arrayContaining(['u', 'p', 'confirm', 'preferences']));
  expect(await ripen.settle()).toMatchObject({ deadLetters: 0 });

  for (const [index, email] of people.entries()) {
    const now = await lead(email);
    expect(now.suppressed).toBeNull();
    expect(now.consent).toEqual(before[index]?.consent);
    expect(now.score.total).toBe(before[index]?.score.total);
    const { activities } = await ripen.get<{ activities: readonly { type: string }[] }>(
      `/api/leads/${now.leadId}/activities`,
    );
    expect(activities.map(({ type }) => type)).not.toContain('email.unsubscribed');
  }
});
