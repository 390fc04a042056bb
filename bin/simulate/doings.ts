import { CapturedActivity } from '../../functions/leads/activity.ts';
import { leadIdOf } from '../../functions/leads/lead-id.ts';
import { linkIdOf, withLinkId } from '../../functions/leads/link-id.ts';
import { readLinkKeys } from '../../functions/leads/link-token.ts';
import type { Chance } from '../demo/chance.ts';
import { linkKeys, pepper } from './keys.ts';

interface Course {
  /** Their number: it makes their address and their visitor id. */
  readonly person: number;
  readonly length: number;
  readonly startMs: number;
  readonly spanMs: number;
}

type Deed = Partial<CapturedActivity> & Pick<CapturedActivity, 'type' | 'source'>;
type Kind = (chance: Chance, atMs: number, person: number) => readonly (Deed & { readonly afterMs?: number })[];

export const emailOf = (person: number): string => `person-${person}@example.com`;
export const visitorOf = (person: number): string => `visitor-${person}`;

/** What one person does, and what is done to them. */
export function doings(chance: Chance, { person, length, startMs, spanMs }: Course): readonly CapturedActivity[] {
  // A few are never more than a visitor, or an address that mail was sent to.
  const kinds = chance.happens(0.9) ? allKinds : chance.happens(0.5) ? visits : mail;
  const isImported = chance.happens(0.1);
  const activities: CapturedActivity[] = [];
  while (activities.length < length) {
    const atMs = Math.floor(startMs + spanMs * chance.next());
    for (const { afterMs = 0, ...deed } of chance.weighted(kinds)(chance, atMs, person)) {
      const byVisitor = deed.type === 'page.viewed' && (kinds === visits || chance.happens(0.6));
      const knowsBoth = !byVisitor && deed.source === 'form' && chance.happens(0.6);
      activities.push(
        CapturedActivity.parse({
          activityId: `p${person}-${String(activities.length).padStart(3, '0')}-${chance.between(1000, 9999)}`,
          occurredAt: new Date(atMs + afterMs).toISOString(),
          subject: {
            ...(!byVisitor && { email: emailOf(person) }),
            ...((byVisitor || knowsBoth) && { anonymousId: visitorOf(person) }),
          },
          ...(isImported && chance.happens(0.7) && { quiet: true }),
          ...deed,
        }),
      );
    }
  }
  return isIdentified(activities) ? activities : activities.map(withoutLink);
}

/** Did they ever say, with their address, which visitor they are? News of mail says nothing. */
function isIdentified(activities: readonly CapturedActivity[]): boolean {
  return activities.some(({ subject, type }) => subject.email && subject.anonymousId && !type.startsWith('email.'));
}

/** A link brings an unknown visitor's view to the lead it was sent to, if they are stored by then: that would depend on the order. */
function withoutLink(activity: CapturedActivity): CapturedActivity {
  const { linkId: _, ...properties } = activity.properties;
  return activity.subject.email ? activity : { ...activity, properties };
}

const paths = ['/pricing', '/pricing/annual', '/blog/one', '/blog/two', '/jobs'];
const keys = readLinkKeys(linkKeys);
const readers = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36',
  'Mozilla/5.0',
  '',
];

const view: Kind = (chance, _, person) => [
  {
    type: 'page.viewed',
    source: 'tracker',
    properties: {
      path: chance.pick(paths),
      ...(chance.happens(0.3) && { linkId: linkIds(person)[chance.between(0, 3)] ?? '' }),
    },
  },
];

const form: Kind = (chance) => {
  const funnelStage = chance.pick(['TOFU', 'MOFU', 'BOFU']);
  const consents = chance.happens(0.7)
    ? [{ purpose: 'marketing' as const, status: 'granted' as const, evidence: 'ticked' }]
    : [];
  const attributes = {
    name: `Name ${chance.between(1, 3)}`,
    ...(chance.happens(0.4) && { industry: chance.pick(['retail', 'mining']) }),
    ...(chance.happens(0.3) && { employees: chance.pick([10, 500]) }),
    ...(chance.happens(0.15) && { revenue: chance.pick([500, 5000]) }),
  };
  const properties = { funnelStage, solution: funnelStage !== 'TOFU', explicitRequest: chance.happens(0.1) };
  const origin = { channel: chance.pick(['organic', 'ads', 'unknown']), campaign: chance.pick(['spring', 'unknown']) };
  return [
    { type: 'form.submitted', source: 'form', properties, attributes, consents, origin },
    ...(consents.length > 0 ? [{ type: 'list.subscribed', source: 'form' }] : []),
    ...(chance.happens(0.2) ? [{ type: 'trial.started', source: 'form' }] : []),
  ];
};

const delivered: Kind = (chance) => [
  { type: 'email.delivered', source: 'ses', properties: { messageId: messageOf(chance) } },
];

/** Opens and clicks of people, of scanners that open every link at once, and of both. */
const reaction: Kind = (chance, atMs, person) => {
  const type = chance.pick(['email.opened', 'email.clicked']);
  const clicks = type === 'email.clicked' && chance.happens(0.3) ? 4 : 1;
  const properties = {
    messageId: messageOf(chance),
    userAgent: chance.weighted([
      [readers[0] ?? '', 5],
      [readers[1] ?? '', 1],
      [readers[2] ?? '', 1],
    ]),
    ipAddress: `192.0.2.${chance.between(1, 2)}`,
    ...(chance.happens(0.3) && { isBotEvent: chance.pick(['Likely', 'Unlikely']) }),
    ...(chance.happens(0.3) && { sentAt: new Date(atMs - chance.between(0, 20_000)).toISOString() }),
  };
  return Array.from({ length: clicks }, (_, click) => ({
    type,
    source: 'ses',
    afterMs: click * chance.between(100, 900),
    properties: {
      ...properties,
      ...(type === 'email.clicked' && { link: linkTo(person, (click + chance.between(0, clicks === 1 ? 3 : 0)) % 4) }),
    },
  }));
};

const plainly =
  (type: string, source: string, properties: CapturedActivity['properties'] = {}): Kind =>
  () => [{ type, source, properties }];

const appointment: Kind = (chance) => [
  {
    type: chance.pick(['appointment.booked', 'appointment.cancelled']),
    source: 'form',
    properties: { subject: `subject-${chance.between(1, 2)}` },
  },
];

const adjusted: Kind = (chance) => [
  {
    type: 'score.adjusted',
    source: 'operator',
    properties: { points: chance.pick([-20, -5, 10, 30]), author: 'ana', reason: 'met them' },
  },
];

const known = new Map<number, readonly string[]>();

/** The ids of the links in what was sent to a person. */
function linkIds(person: number): readonly string[] {
  const ids =
    known.get(person) ??
    [1, 2, 3, 4].map((link) =>
      linkIdOf({ leadId: leadIdOf(emailOf(person), pepper), sequence: 'welcome', run: '1', step: 1, link }, keys),
    );
  known.set(person, ids);
  return ids;
}

function linkTo(person: number, number: number): string {
  return withLinkId(`https://example.com/${number}`, linkIds(person)[number] ?? '');
}

function messageOf(chance: Chance): string {
  return `message-${chance.between(1, 4)}`;
}

const visits: readonly (readonly [Kind, number])[] = [[view, 1]];
const mail: readonly (readonly [Kind, number])[] = [
  [delivered, 3],
  [reaction, 3],
  [plainly('email.bounced', 'ses', { bounceType: 'Permanent' }), 1],
];
const allKinds: readonly (readonly [Kind, number])[] = [
  [view, 10],
  [form, 6],
  [delivered, 6],
  [reaction, 9],
  [appointment, 2],
  [adjusted, 1],
  [plainly('trial.started', 'tracker'), 1],
  [plainly('chat.started', 'tracker'), 0.3],
  [plainly('email.replied', 'ses', { messageId: 'message-1' }), 0.5],
  [plainly('deal.won', 'operator'), 0.3],
  [plainly('email.unsubscribed', 'page'), 1],
  [plainly('email.complained', 'ses'), 0.3],
];
