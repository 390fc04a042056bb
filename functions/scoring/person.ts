import { consentAfter } from '../consent/consent.ts';
import { byOccurrence, type CapturedActivity, permitsContact } from '../leads/activity.ts';
import type { At } from '../leads/fold.ts';
import type { Statement } from '../leads/lead.store.ts';
import type { Lead } from '../leads/lead.ts';
import { earliest } from './settle.ts';

/** What the person said: attributes (the latest statement wins), consent (never lowered here), first touch, language. */
export function applyPerson(lead: Lead, activity: CapturedActivity): Lead {
  const at: At = { activityId: activity.activityId, occurredAt: activity.occurredAt };
  // First touch: the earliest activity that says where it came from; one that knows neither channel nor campaign says nothing.
  const origin =
    activity.origin?.channel === 'unknown' && activity.origin.campaign === 'unknown' ? undefined : activity.origin;
  const firstTouch = origin && (lead.origin.activityId === '' || byOccurrence(at, lead.origin) < 0);
  const language = activity.properties.language;
  const consent = { ...lead.consent };
  for (const { purpose, status } of activity.consents) {
    const current = consent[purpose]?.status;
    const after = consentAfter(current, status);
    if (after !== current) consent[purpose] = { status: after, at: activity.occurredAt };
  }
  return {
    ...lead,
    // What comes under an address the lead had before is theirs; mail goes to the one they have now.
    emailAsTyped: (activity.subject.email === lead.email && activity.subject.emailAsTyped) || lead.emailAsTyped,
    ...withStatement(lead, activity),
    consent,
    origin: firstTouch ? { ...origin, ...at } : lead.origin,
    language: typeof language === 'string' ? language : lead.language,
    createdAt: [lead.createdAt, activity.occurredAt].sort()[0] ?? lead.createdAt,
    lastActivityAt: [lead.lastActivityAt, activity.occurredAt].sort()[1] ?? lead.lastActivityAt,
    // A lead is whoever accepts to hear from us: the confirmation of an address is waited for by e-mail alone (requirements §2.11).
    milestones: activity.consents.some(permitsContact)
      ? { ...lead.milestones, lead: earliest(lead.milestones.lead, at) }
      : lead.milestones,
  };
}

type Known = Pick<Lead, 'attributes' | 'attributesFrom'>;

/** What is known of a person once they have said this: the latest statement wins, whenever it arrives. */
function withStatement(known: Known, { activityId, occurredAt, attributes: said }: Statement): Known {
  const at: At = { activityId, occurredAt };
  const attributes = { ...known.attributes };
  const attributesFrom = { ...known.attributesFrom };
  for (const [name, value] of Object.entries(said)) {
    const from = attributesFrom[name];
    if (value === '' || value === null || (from && byOccurrence(from, at) > 0)) continue;
    attributes[name] = value;
    attributesFrom[name] = at;
  }
  return { attributes, attributesFrom };
}

/** What a person had told us by an instant (ISO). */
export function attributesAt(statements: readonly Statement[], asOf: string): Known {
  return statements
    .filter(({ occurredAt }) => occurredAt <= asOf)
    .reduce(withStatement, { attributes: {}, attributesFrom: {} });
}
