import * as z from 'zod';
import { firstLinkForPeople } from '../local/mail/tracked-links.ts';
import type { Arrival } from './arrivals.ts';
import type { Person } from './people.ts';
import { deedOf, type Seen } from './sales.ts';
import type { Act } from './story.ts';

const InboxMessage = z.object({
  messageId: z.string(),
  html: z.string().nullable(),
  tags: z.record(z.string(), z.string()),
});

/** Site of the made-up company: pages are told by their address there. */
const site = 'https://orchard.example';
const batchSize = 200;

/** Plays a scene through the doors that anybody may use, and through the local inbox as a reader would. */
export interface Doors {
  play(acts: readonly Act[]): Promise<void>;
  /** As a colleague does in the morning: looks whether mail goes out, and lets it go when Ripen has stopped it. */
  lookAfterMail(): Promise<void>;
  /** As reps do some minutes later: they take their new leads, or do not, and say what became of the others. */
  workLeads(now: number): Promise<void>;
}

const Sending = z.object({ paused: z.string() });
const instant = z.string().transform((text) => Date.parse(text));
const Handoffs = z.object({
  handoffs: z.array(
    z.object({
      ...{ handoffId: z.string(), status: z.string(), rep: z.string().nullable(), level: z.string(), turn: z.number() },
      ...{ outcome: z.string().nullable(), assignedAt: instant, acceptedAt: instant.nullable() },
    }),
  ),
});

/** Throws when a door answers what a visitor should not see: the demo is also a test. */
export function doors(url: string): Doors {
  const read = new Set<string>();
  return {
    async play(acts) {
      await sendViews(acts.flatMap((act) => (act.kind === 'views' ? [act] : [])));
      await Promise.all(acts.map(perform));
    },

    async workLeads(now) {
      for (const seen of await openHandoffs()) {
        const deed = deedOf(seen, now);
        if (!deed) continue;
        const path = `/api/handoffs/${deed.handoffId}/${deed.action}`;
        await post(path, JSON.stringify(deed.body), 'application/json');
      }
    },

    async lookAfterMail() {
      const { paused } = Sending.parse(await (await get('/api/sending')).json());
      if (paused === 'nothing') return;
      const decision = { pause: 'nothing', author: 'Clara', reason: 'All of them filled in a form: no bought list' };
      await post('/api/sending', JSON.stringify(decision), 'application/json');
    },
  };

  async function openHandoffs(): Promise<readonly Seen[]> {
    const lists = await Promise.all(
      ['assigned', 'accepted'].map(async (status) => {
        const response = await get(`/api/handoffs?status=${status}&limit=100`);
        return Handoffs.parse(await response.json()).handoffs;
      }),
    );
    return lists.flat();
  }

  async function perform(act: Act): Promise<void> {
    switch (act.kind) {
      case 'views':
        return;
      case 'submits':
        return submit(act);
      case 'reads':
        return readNext(act.person, act.clicks);
      case 'unsubscribes':
        return unsubscribe(act.person);
      case 'is-scanned':
        return scan(act.person);
    }
  }

  async function sendViews(views: readonly (Act & { kind: 'views' })[]): Promise<void> {
    for (let first = 0; first < views.length; first += batchSize) {
      const batch = views.slice(first, first + batchSize).map(({ visitor, path, at, arrival }, n) => ({
        type: 'page',
        messageId: `${visitor}-${at}-${first + n}`,
        anonymousId: visitor,
        timestamp: new Date(at).toISOString(),
        context: { page: { path, url: `${site}${path}`, referrer: arrival.referrer }, campaign: campaignOf(arrival) },
      }));
      await post('/v1/batch', JSON.stringify({ writeKey: 'local', batch }), 'application/json');
    }
  }

  async function submit({ person, form, consents, arrival }: Act & { kind: 'submits' }): Promise<void> {
    const { name, email, phone, company, role, industry, country, language, visitor } = person;
    const more: Record<string, string> = ['demo', 'consultation', 'trial'].includes(form)
      ? { role, industry, country }
      : {};
    const fields = new URLSearchParams({ email, name, phone, company, language, ...more });
    if (consents) fields.set('consent', 'marketing');
    for (const [key, value] of Object.entries(campaignOf(arrival))) fields.set(utm(key), value);
    fields.set('ripen_aid', visitor);
    fields.set('submission_id', `${visitor}-${form}`);
    fields.set('landing_page', `${site}/p/${form}`);
    fields.set('referrer', arrival.referrer);
    await post(`/f/${form}`, fields.toString(), 'application/x-www-form-urlencoded');
  }

  /** Opens the newest message they have not seen, and follows its first link when they click at all. */
  async function readNext(person: Person, clicks: boolean): Promise<void> {
    const message = (await inboxOf(person)).find(({ messageId }) => !read.has(messageId));
    if (!message) return;
    read.add(message.messageId);
    await get(`/_local/inbox/${message.messageId}`);
    const link = firstLinkForPeople(message.html ?? '');
    if (clicks && link >= 0) await get(`/_local/inbox/${message.messageId}/click?n=${link}`);
  }

  async function unsubscribe(person: Person): Promise<void> {
    // Of a sequence: what a form promised is nothing that people leave.
    const message = (await inboxOf(person)).find(({ tags }) => !tags.sequence?.startsWith('asset-'));
    if (message) await post(`/_local/inbox/${message.messageId}/unsubscribe`, '', 'text/plain');
  }

  /** Their company's gateway follows every link before they see the mail. */
  async function scan(person: Person): Promise<void> {
    const [message] = await inboxOf(person);
    if (message) await post(`/_local/inbox/${message.messageId}/simulate`, 'event=scanner-click', 'text/plain');
  }

  async function inboxOf({ email }: Person): Promise<z.infer<typeof InboxMessage>[]> {
    const response = await get(`/_local/inbox.json?to=${encodeURIComponent(email)}`);
    return z.array(InboxMessage).parse(await response.json());
  }

  function get(path: string): Promise<Response> {
    return call(path, {});
  }

  function post(path: string, body: string, type: string): Promise<Response> {
    return call(path, { method: 'POST', body, headers: { 'content-type': type } });
  }

  async function call(path: string, init: RequestInit): Promise<Response> {
    const response = await fetch(`${url}${path}`, { ...init, redirect: 'manual' });
    if (response.status >= 400) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return response;
  }
}

function campaignOf({ source, medium, campaign }: Arrival): Record<string, string> {
  return { ...(source && { source }), ...(medium && { medium }), ...(campaign && { name: campaign }) };
}

function utm(key: string): string {
  return key === 'name' ? 'utm_campaign' : `utm_${key}`;
}
