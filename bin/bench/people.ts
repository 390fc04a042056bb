import { emailActivityOf } from '../../functions/capture/email-event.ts';
import { receiveForm } from '../../functions/capture/receive-form.ts';
import { readTracking } from '../../functions/capture/tracking-event.ts';
import { CapturedActivity } from '../../functions/leads/activity.ts';
import { leadIdOf } from '../../functions/leads/lead-id.ts';
import type { PlaybookParts } from '../playbook/compile.ts';

/** Somebody who fills in forms, looks at pages and reads mail. */
export interface Person {
  readonly email: string;
  readonly visitor: string;
  readonly leadId: string;
}

/** Lead ids are made with it; on a laptop the runner makes one up. */
export const pepper = 'pepper';

export function aPerson(n: number): Person {
  const email = `carolina.mendes.${n}@atelier-aurora.com.br`;
  return { email, visitor: `c0ffee00-5eed-4bee-9a5c-${String(n).padStart(12, '0')}`, leadId: leadIdOf(email, pepper) };
}

const userAgent =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';
const site = 'https://www.orchard.example';

/** What people do, as the product's own doors catch it: activities as large as real ones. `atMs`: when, epoch milliseconds. */
export interface Deeds {
  submit(person: Person, form: string, atMs: number): Promise<readonly CapturedActivity[]>;
  view(person: Person, path: string, atMs: number): CapturedActivity;
  mail(person: Person, event: 'Delivery' | 'Open' | 'Click', message: number, atMs: number): CapturedActivity;
}

export function deeds({ forms, account }: Pick<PlaybookParts, 'forms' | 'account'>): Deeds {
  return {
    async submit({ email, visitor }, form, atMs) {
      const caught: CapturedActivity[] = [];
      const publish = async (events: readonly { readonly detail: unknown }[]) => {
        caught.push(...events.map(({ detail }) => CapturedActivity.parse(detail)));
      };
      const request = aPost(`/f/${form}`, form, { ...answers, email, ripen_aid: visitor });
      const answer = await receiveForm(request, { forms, account, publish, now: () => atMs });
      if (answer.status !== 202) throw new Error(`the form ${form} answers ${answer.status}: ${answer.body}`);
      return caught;
    },

    view({ visitor }, path, atMs) {
      const message = {
        messageId: `page-${visitor.slice(-12)}-${atMs}`,
        anonymousId: visitor,
        timestamp: new Date(atMs).toISOString(),
        context: {
          page: { path, url: `${site}${path}`, title: 'Lead scoring | Orchard', referrer: `${site}/` },
          userAgent,
        },
      };
      const { sensitiveAttributes } = account;
      const read = readTracking(message, { type: 'page', receivedAt: atMs, forms, sensitiveAttributes });
      if (read.outcome !== 'activity') throw new Error('the tracker sends what the door does not take');
      return CapturedActivity.parse(read.activity);
    },

    mail({ leadId, email }, event, message, atMs) {
      const timestamp = new Date(atMs).toISOString();
      const fetched = { timestamp, ipAddress: '203.0.113.7', userAgent };
      const link = `${site}/p/the-lead-scoring-handbook`;
      const [sentAt, id] = [new Date(atMs - 3_600_000).toISOString(), String(message).padStart(6, '0')];
      const tags = { lead: [leadId], sequence: ['welcome'], run: ['k3v9q2'], step: ['2'], template: ['welcome-2'] };
      const messageId = `0100019ab3c4d5e6-${leadId.slice(0, 8)}-4f3a-9d21-${id}-000000`;
      const read = emailActivityOf({
        eventType: event,
        mail: { timestamp: sentAt, messageId, destination: [email], tags },
        ...{ delivery: { timestamp }, open: fetched, click: { ...fetched, link } },
      });
      if (read.outcome !== 'activity') throw new Error(`SES tells what the door does not take: ${read.reason}`);
      return CapturedActivity.parse(read.activity);
    },
  };
}

/** What somebody writes into a form, and where they came from. */
export const answers = {
  name: 'Carolina Mendes Figueiredo',
  phone: '+55 21 99876-5432',
  company: 'Ateliê Aurora Arquitetura Ltda.',
  role: 'Head of marketing',
  consent: 'marketing',
  utm_source: 'google',
  utm_medium: 'cpc',
  utm_campaign: 'spring-lead-scoring-2026',
  landing_page: `${site}/p/trial`,
  referrer: 'https://www.google.com/',
};

function aPost(path: string, formId: string, fields: Readonly<Record<string, string>>) {
  return {
    method: 'POST',
    path,
    params: { formId },
    query: new URLSearchParams(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'user-agent': userAgent },
    body: Buffer.from(new URLSearchParams(fields).toString()),
    sourceIp: '203.0.113.7',
    operator: false,
  };
}
