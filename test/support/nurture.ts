import { Activity } from '../../functions/leads/activity.ts';
import type { Asked } from '../../functions/leads/predicate.ts';
import { EmailTemplates } from '../../functions/nurture/email-template.ts';
import { PlannedSequences } from '../../functions/nurture/planned-sequence.ts';
import { PromisedAssets } from '../../functions/nurture/promised-asset.ts';
import { Sequences } from '../../functions/nurture/sequence.ts';
import { monday } from './lead.ts';

export const dayMs = 24 * 60 * 60_000;

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

/** A lead of whom nothing is known, as a predicate asks them. */
export function anAsked(given: Partial<Asked> = {}): Asked {
  return { attributes: {}, milestones: {}, rating: 'cold', score: 0, language: 'en', history: [], ...given };
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
    html: `<p>{{ data.name }}</p> ${footer}`,
    text: `{{ data.name }} ${footer}`,
  },
]);

const followUp = { strategy: 'sequence', sequence: 'welcome' };
/** Whoever is given back walks the welcome once more; who did nothing as an MQL walks it too. */
export const planned = PlannedSequences.parse({
  ...{ iql: followUp, sql: { strategy: 'task', recycled: 'welcome' }, trial: followUp },
  mql: { strategy: 're-engage', sequence: 'welcome' },
});

export const assets = PromisedAssets.parse({
  forms: { trial: { asset: { title: { en: 'Your trial' }, url: '/p/trial-guide' } }, newsletter: {} },
});
