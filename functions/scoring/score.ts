import { type Activity, byOccurrence } from '../leads/activity.ts';
import { localDay } from '../leads/calendar.ts';
import type { Contribution, Lead, Rating } from '../leads/lead.ts';
import { stableId } from '../leads/lead-id.ts';
import { matches, type Scope, type ScoringModel, type ScoringRule } from './scoring-model.ts';

/** What an open lead's score is made of: for each rule and scope, the activity that holds it. */
export type Held = Lead['held'];

/** One line of the explanation: a contribution with its rule, and what of it counts under the rule's limit. */
export interface Entry extends Contribution {
  readonly rule: ScoringRule;
  readonly counted: number;
}

/** Beyond so many a rule without a limit counts no more: what strangers send must not outgrow the lead's item. */
const mostHolders = 100;

/**
 * Lets `activity` take the scopes it earns. The earliest by (occurredAt, id) holds a scope and a late earlier one replaces it, so
 * that any order and any repetition of the same activities end in the same holders (requirements §2.4, I-S2, I-S3).
 */
export function hold(held: Held, activity: Activity, model: ScoringModel, timeZone: string): Held {
  let next = held;
  for (const rule of model.rules) {
    if (!matches(rule, activity)) continue;
    const name = `${rule.id}${scopeKey(rule.scope, activity, timeZone)}`;
    const holder = next[name];
    if (holder && byOccurrence(holder, activity) <= 0) continue;
    const { activityId, occurredAt } = activity;
    next = withinRoom({ ...next, [name]: { activityId, occurredAt, points: rule.points } }, rule);
  }
  return next;
}

/**
 * Lets go of the latest holder of a rule that has more than can ever count. The others only ever move earlier, so what is let go
 * would never count again: the holders that stay are the earliest ones, whatever the order of arrival.
 */
function withinRoom(held: Held, { id, limit, points }: ScoringRule): Held {
  const most = limit === undefined ? mostHolders : Math.ceil(limit / Math.abs(points));
  const own = Object.entries(held).filter(([name]) => ruleOf(name) === id);
  if (own.length <= most) return held;
  const [latest] = own.sort(([, a], [, b]) => byOccurrence(b, a));
  return Object.fromEntries(Object.entries(held).filter(([name]) => name !== latest?.[0]));
}

function ruleOf(name: string): string {
  return name.split('#', 1)[0] ?? '';
}

function scopeKey(scope: Scope, activity: Activity, timeZone: string): string {
  const property = (name: string) => {
    const value = activity.properties[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  };
  switch (scope) {
    case 'once':
      return '';
    case 'perDay':
      return `#${localDay(activity.occurredAt, timeZone)}`;
    case 'perMessage':
      return `#${short(property('messageId') ?? activity.activityId)}`;
    case 'perMessageAndLink':
      return `#${short(property('messageId') ?? activity.activityId, property('link') ?? '')}`;
    case 'perSubject':
      return `#${short(property('subject') ?? activity.activityId)}`;
    case 'always':
      return `#${short(activity.activityId)}`;
  }
}

/** Message ids, links and subjects come from outside and may be of any length. */
function short(...parts: readonly string[]): string {
  const key = parts.join('#');
  return key.length <= 40 ? key : stableId(...parts);
}

/** Every contribution, oldest first, with what of it counts: a rule with a limit pays until the limit is used up. */
export function entries(held: Held, model: ScoringModel): readonly Entry[] {
  const rules = new Map(model.rules.map((rule) => [rule.id, rule]));
  const used = new Map<string, number>();
  const lines: Entry[] = [];
  for (const [name, contribution] of Object.entries(held).sort(([, a], [, b]) => byOccurrence(a, b))) {
    const rule = rules.get(ruleOf(name));
    if (!rule) continue;
    const left = (rule.limit ?? Number.POSITIVE_INFINITY) - (used.get(rule.id) ?? 0);
    const counted = Math.sign(contribution.points) * Math.min(Math.abs(contribution.points), Math.max(0, left));
    used.set(rule.id, (used.get(rule.id) ?? 0) + Math.abs(counted));
    lines.push({ ...contribution, rule, counted });
  }
  return lines;
}

/** The figure people see: the exact sum, rounded once, half up, to one decimal (requirements §2.1). */
export function score(held: Held, model: ScoringModel): { total: number; fit: number; engagement: number } {
  const lines = entries(held, model);
  const sum = (group: string) =>
    lines.filter(({ rule }) => rule.group === group).reduce((total, { counted }) => total + counted, 0);
  const [fit, engagement] = [sum('fit'), sum('engagement')];
  return { total: oneDecimal(fit + engagement), fit: oneDecimal(fit), engagement: oneDecimal(engagement) };
}

function oneDecimal(points: number): number {
  return Math.floor(points * 10 + 0.5) / 10;
}

/** Hot, warm or cold: an open explicit request is hot at any score (requirements §2.8). */
export function rating(total: number, explicitRequestOpen: boolean, model: ScoringModel): Rating {
  if (explicitRequestOpen || total >= model.ratings.hot) return 'hot';
  return total >= model.ratings.warm ? 'warm' : 'cold';
}
