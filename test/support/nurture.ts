import { Activity } from '../../functions/leads/activity.ts';
import { Lead } from '../../functions/leads/lead.ts';
import { EmailTemplates } from '../../functions/nurture/email-template.ts';
import { PromisedAssets } from '../../functions/nurture/promised-asset.ts';
import { Sequences } from '../../functions/nurture/sequence.ts';

/** Monday, nine o'clock UTC. */
export const monday = '2026-03-02T09:00:00.000Z';
export const dayMs = 24 * 60 * 60_000;

/** A lead who has just filled in the trial form and agreed to marketing e-mail; a test names only what matters to it. */
export function aLead(given: Partial<Lead> = {}): Lead {
  const at = { activityId: 'activity-1', occurredAt: monday };
  return Lead.parse({
    leadId: 'lead-ana',
    email: 'ana@example.com',
    emailAsTyped: 'Ana@example.com',
    attributes: { name: 'Ana Souza' },
    attributesFrom: {},
    origin: { channel: 'organic', campaign: 'spring', ...at },
    consent: { marketing: { status: 'granted', at: monday } },
    suppressed: null,
    held: {},
    milestones: { lead: at },
    firsts: {},
    buyingSignals: {},
    score: { total: 30, fit: 0, engagement: 30, asOf: monday },
    rating: 'warm',
    language: 'en',
    armed: true,
    qualification: null,
    owner: null,
    createdAt: monday,
    lastActivityAt: monday,
    modelVersion: 'v1',
    ver: 1,
    ...given,
  });
}

/** A row of the ledger: by default the trial form. */
export function aRecorded(given: Partial<Activity> = {}): Activity {
  return Activity.parse({
    activityId: 'activity-1',
    type: 'form.submitted',
    occurredAt: monday,
    recordedAt: monday,
    source: 'form',
    properties: { form: 'trial', language: 'en' },
    ...given,
  });
}

/** Three e-mails in five days, for whoever fills in a form. */
export const sequences = Sequences.parse([
  {
    id: 'welcome',
    name: 'Welcome',
    entry: [{ activity: 'form.submitted' }],
    steps: [
      { kind: 'email', template: 'welcome-1' },
      { kind: 'wait', duration: 'P2D' },
      { kind: 'email', template: 'welcome-2' },
      { kind: 'wait', duration: 'P3D' },
      { kind: 'email', template: 'welcome-3' },
    ],
  },
]);

const footer = '{{ account.postalAddress }} {{ unsubscribeUrl }}';

/** The e-mails those need, and a hot lead's. */
export const emails = EmailTemplates.parse([
  ...['welcome-1', 'welcome-2', 'welcome-3'].map((id) => ({
    id,
    language: 'en',
    subject: `${id} for {{ lead.firstName | default: 'you' }} 🌱`,
    html: `<p>Hello {{ lead.firstName | default: 'there' }}</p><p>${footer}</p>`,
    text: `Hello {{ lead.firstName | default: 'there' }}\n${footer}`,
  })),
  {
    id: 'asset',
    language: 'en',
    subject: 'Here it is: {{ data.asset.title }}',
    html: `<a href="{{ data.asset.url }}">Open</a> ${footer}`,
    text: `{{ data.asset.url }} ${footer}`,
  },
  {
    id: 'hot-lead',
    language: 'en',
    audience: 'team',
    subject: 'Hot lead: {{ data.name }}',
    html: '<p>{{ data.name }}</p>',
    text: '{{ data.name }}',
  },
]);

export const assets = PromisedAssets.parse({
  forms: { trial: { asset: { title: { en: 'Your trial' }, url: '/p/trial-guide' } }, newsletter: {} },
});
