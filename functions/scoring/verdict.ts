import { type Activity, byOccurrence, type Verdict } from '../leads/activity.ts';
import { proveReading, signBurst, signFollowers, signHaste, signTraps } from './click-signs.ts';
import { type Reaction, reactionOf, type Sign, textOf } from './reaction.ts';
import { readerSign } from './reader-sign.ts';
import type { MachineFilter } from './scoring-model.ts';

/**
 * Human, machine or unsure, with reasons, for every open and click among the activities of one lead, by activity id; everything
 * else is context. The heaviest sign decides: from `certainFrom` on it was a machine; no sign, or proof, is a person; what lies
 * between earns nothing until more is known (requirements §2.5). The order of the activities does not matter, and none matters to
 * a verdict that is further from it than `verdictReachMs`: what a late signal can change is known beforehand.
 */
export function judge(activities: readonly Activity[], filter: MachineFilter): ReadonlyMap<string, Verdict> {
  const rows = activities.filter(({ type }) => type === 'email.opened' || type === 'email.clicked');
  // Most batches hold none.
  if (rows.length === 0) return new Map();
  const reactions = rows.sort(byOccurrence).map(reactionOf);
  signReaders(reactions, filter);
  const clicks = reactions.filter(({ isClick }) => isClick);
  const deliveries = instantsBy(activities, 'email.delivered', 'messageId');
  // Clicks that name no message are nobody's neighbours.
  const messages = Map.groupBy(clicks, (click) => click.messageId ?? click);
  for (const [message, ofMessage] of messages) {
    signHaste(ofMessage, deliveries.get(message) ?? [], filter);
    signBurst(ofMessage, filter);
    signTraps(ofMessage);
  }
  const views = instantsBy(activities, 'page.viewed', 'linkId');
  for (const [linkId, ofLink] of Map.groupBy(clicks, (click) => click.linkId ?? click))
    proveReading(ofLink, views.get(linkId) ?? []);
  for (const ofMessage of messages.values())
    for (const ofLink of Map.groupBy(ofMessage, (click) => click.link ?? click).values()) signFollowers(ofLink, filter);
  return new Map(reactions.map((reaction) => [reaction.activityId, verdictOf(reaction, filter)]));
}

function signReaders(reactions: readonly Reaction[], { userAgents }: MachineFilter): void {
  // A lead reads with a handful of programs, and telling a scanner by name is the dearest part of all this.
  const known = new Map<string | undefined, Sign | null>();
  for (const { userAgent, isBotEvent, signs } of reactions) {
    if (isBotEvent === 'Likely') signs.push({ weight: 0.8, reason: 'SES says a bot is likely' });
    if (!known.has(userAgent)) known.set(userAgent, readerSign(userAgent, userAgents));
    const sign = known.get(userAgent);
    if (sign) signs.push(sign);
  }
}

/** When activities of a type happened, in epoch milliseconds and sorted, by what one of their properties says. */
function instantsBy(activities: readonly Activity[], type: string, name: string): ReadonlyMap<unknown, number[]> {
  const instants = new Map<unknown, number[]>();
  for (const activity of activities) {
    const value = activity.type === type ? textOf(activity.properties, name) : undefined;
    if (value === undefined) continue;
    const known = instants.get(value);
    if (known) known.push(Date.parse(activity.occurredAt));
    else instants.set(value, [Date.parse(activity.occurredAt)]);
  }
  for (const known of instants.values()) known.sort((a, b) => a - b);
  return instants;
}

function verdictOf({ signs, isProven, isBotEvent }: Reaction, { certainFrom }: MachineFilter): Verdict {
  // A page read beats every sign (requirements §2.5): a scanner beside a person must not cost the person their click.
  if (isProven) return { by: 'human', reasons: ['they then read the page'] };
  if (signs.length === 0) {
    // A missing word of SES's is not proof of a person, only the absence of a sign.
    return {
      by: 'human',
      reasons: [isBotEvent === 'Unlikely' ? 'SES says a bot is unlikely' : 'no sign of a machine'],
    };
  }
  const heaviestFirst = signs.toSorted((a, b) => b.weight - a.weight || (a.reason < b.reason ? -1 : 1));
  const isMachines = heaviestFirst.some(({ weight }) => weight >= certainFrom);
  return { by: isMachines ? 'machine' : 'unsure', reasons: heaviestFirst.map(({ reason }) => reason) };
}
