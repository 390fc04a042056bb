import { Handoff } from '../../../functions/handoff/handoff.ts';
import { type HotLead, hotLead, type Telling } from '../../../functions/handoff/hot-lead.ts';
import { Activity } from '../../../functions/leads/activity.ts';
import type { Lead } from '../../../functions/leads/lead.ts';
import { aLead, aQualification, aTeam, monday } from './a-qualified-lead.ts';

/** Nine in the morning of Monday in São Paulo: given to Ana, to be accepted by half past. */
export function aHandoff(given: Partial<Handoff> = {}): Handoff {
  return Handoff.parse({
    ...{ handoffId: 'abcdefgh.1', leadId: 'abcdefgh', cycle: 1, status: 'assigned', rep: 'ana' },
    reason: { rule: 'round-robin', method: 'round-robin', candidates: ['ana'], exclusions: [], passedRules: [] },
    ...{ turn: 1, level: 'rep', qualifiedBy: 'threshold', qualifiedAt: monday, score: 55 },
    explanation: aQualification().reasons,
    consent: { marketing: 'granted', suppressed: false },
    ...{ firstAssignedAt: monday, assignedAt: monday, dueAt: '2026-03-02T12:30:00.000Z', acceptedAt: null },
    ...{ firstTouchAt: null, outcome: null, outcomeReason: null, amount: null, closedAt: null },
    ...{ notes: [], history: [{ at: monday, what: 'assigned', rep: 'ana' }], ver: 1 },
    ...given,
  });
}

/** A look at the prices, so many minutes after nine. */
export function anActivity(minute: number, given: Partial<Activity> = {}): Activity {
  const occurredAt = new Date(Date.parse(monday) + minute * 60_000).toISOString();
  return Activity.parse({
    ...{ activityId: `a${minute}`, type: 'page.viewed', occurredAt, recordedAt: occurredAt, source: 'tracker' },
    properties: { path: '/pricing' },
    ...given,
  });
}

export function aTelling(given: Partial<Telling> = {}): Telling {
  return {
    reader: { name: 'Ana' },
    ...{ language: 'en', timeZone: 'America/Sao_Paulo', team: aTeam() },
    account: { name: 'Orchard', language: 'en', timeZone: 'America/Sao_Paulo' },
    ...{ baseUrl: 'https://ripen.example', openUrl: 'https://ripen.example/h/to.ken', now: Date.parse(monday) },
    ...given,
  };
}

export function toldOf(
  handoff: Partial<Handoff> = {},
  lead: Partial<Lead> = {},
  history: readonly Activity[] = [],
  telling: Partial<Telling> = {},
): HotLead {
  return hotLead(aHandoff(handoff), aLead(lead), history, aTelling(telling));
}

/** Everything that people have tried in a form, in every place that a lead fills in. */
export const attacks = [
  '<script>alert(1)</script>',
  '<!channel> <!here> <@U123> @everyone',
  '*bold* _italic_ ~gone~ `code` ```block``` > quote',
  '[click](https://evil.example) **bold** ![x](https://evil.example/x.png)',
  '<https://evil.example|your invoice>',
  '{{DATE(2017-02-14T06:08:39Z,SHORT)}} {{{{ data.email }}}}',
  '<at>everyone</at> &amp; &lt;b&gt;',
  'line\r\nbreak\u2028and\u0000null',
  '\u202egnp.exe\u202c \u2066hidden\u2069 \u200b\ufeff',
  'مرحبا שלום नमस्ते 👩‍👩‍👧',
  '\ud800 half a letter',
  'x'.repeat(10_000),
].join(' ');

/** A lead who filled in nothing but attacks, and a reply and pages of the same kind. */
export function aHostileLead(telling: Partial<Telling> = {}): HotLead {
  const attributes = { name: attacks, company: attacks, role: attacks, phone: `+55 11 ${attacks}` };
  const reply = anActivity(1, { type: 'email.replied', properties: { excerpt: attacks, from: 'lead' } });
  const pages = Array.from({ length: 10 }, (_, minute) => anActivity(minute + 2, { properties: { path: attacks } }));
  const explanation = Array.from({ length: 20 }, (_, n) => ({ rule: attacks, points: n, occurredAt: monday }));
  const cause = { activityId: reply.activityId, type: reply.type };
  return toldOf(
    { qualifiedBy: 'explicit-request', cause, explanation },
    { attributes, emailAsTyped: '"<!channel>"@example.com' },
    [reply, ...pages],
    telling,
  );
}

/** Every text in a message, wherever it stands. */
export function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}
