import { isbot } from 'isbot';
import type { Activity, Verdict } from '../leads/activity.ts';

/** Weights of invariants §5: how strongly each sign says that a machine, not the person, opened or clicked. */
interface Sign {
  readonly weight: number;
  readonly reason: string;
}

// GoogleImageProxy carries a person's open through a proxy; isbot takes it for a crawler.
const personsProxy = /GoogleImageProxy/;
const gmailPrefetch = /Chrome\/42\.0\.2311\.135 Safari\/537\.36 Edge\/12\.246 Mozilla\/5\.0/;

/**
 * Human, machine or unsure, for an open or a click; `undefined` for every other activity. The heaviest sign decides: from 0.5 up it
 * is a machine; no sign at all, or SES's own word that a bot is unlikely, is a person; what lies between earns nothing until more
 * is known (requirements §2.5). A missing SES verdict is not proof of a person, only the absence of a sign.
 */
export function verdictOf(activity: Pick<Activity, 'type' | 'properties' | 'occurredAt'>): Verdict | undefined {
  if (activity.type !== 'email.opened' && activity.type !== 'email.clicked') return undefined;
  const signs = signsOf(activity);
  const heaviest = Math.max(0, ...signs.map(({ weight }) => weight));
  const reasons = signs.map(({ reason }) => reason);
  if (heaviest >= 0.5) return { by: 'machine', reasons };
  if (activity.properties.isBotEvent === 'Unlikely') return { by: 'human', reasons: ['SES says a bot is unlikely'] };
  return heaviest === 0 ? { by: 'human', reasons: ['no sign of a machine'] } : { by: 'unsure', reasons };
}

function signsOf({
  type,
  properties,
  occurredAt,
}: Pick<Activity, 'type' | 'properties' | 'occurredAt'>): readonly Sign[] {
  const signs: Sign[] = [];
  const userAgent = typeof properties.userAgent === 'string' ? properties.userAgent.trim() : undefined;
  if (properties.isBotEvent === 'Likely') signs.push({ weight: 0.8, reason: 'SES says a bot is likely' });
  if (userAgent === '') signs.push({ weight: 0.9, reason: 'no user agent' });
  else if (userAgent === 'Mozilla/5.0') signs.push({ weight: 0.9, reason: 'the user agent of a privacy prefetch' });
  else if (userAgent && gmailPrefetch.test(userAgent))
    signs.push({ weight: 0.9, reason: 'the user agent of a Gmail prefetch' });
  else if (userAgent && isbot(userAgent) && !personsProxy.test(userAgent))
    signs.push({ weight: 0.9, reason: 'the user agent of a known scanner' });
  const since = secondsBetween(properties.sentAt, occurredAt);
  if (type === 'email.clicked' && since !== undefined && since <= 5)
    signs.push({ weight: since <= 1 ? 0.9 : 0.6, reason: `clicked ${since.toFixed(1)} s after it was sent` });
  return signs;
}

function secondsBetween(from: unknown, to: string): number | undefined {
  if (typeof from !== 'string') return undefined;
  const seconds = (Date.parse(to) - Date.parse(from)) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined;
}
