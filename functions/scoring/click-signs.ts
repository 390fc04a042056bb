import { machinesPath } from '../leads/link-id.ts';
import { verdictReachMs } from './compiled-model.ts';
import type { Reaction } from './reaction.ts';
import type { MachineFilter } from './scoring-model.ts';

const { aroundMs, proofMs } = verdictReachMs;

/** Clicks are sorted by time in everything below, and each window slides over them once: a whole history is judged in one go. */
type Clicks = readonly Reaction[];

/** A click so soon after the message came that nobody can have read it. `deliveredMs`: deliveries of the message, sorted. */
export function signHaste(
  clicks: Clicks,
  deliveredMs: readonly number[],
  { secondsAfterDelivery }: MachineFilter,
): void {
  let next = 0;
  for (const { atMs, sentAtMs, signs } of clicks) {
    while ((deliveredMs[next] ?? Number.POSITIVE_INFINITY) < atMs - aroundMs) next += 1;
    const delivered = deliveredMs[next] ?? Number.POSITIVE_INFINITY;
    const isKnown = delivered <= atMs + aroundMs;
    if (isKnown && delivered > atMs) {
      signs.push({ weight: 0.5, reason: 'clicked before it was delivered' });
      continue;
    }
    const seconds = Math.max(0, atMs - (isKnown ? delivered : sentAtMs)) / 1000;
    // NaN, when nobody says when it was sent, is no haste.
    if (!(seconds <= secondsAfterDelivery)) continue;
    const since = isKnown ? 'delivery' : 'it was sent';
    signs.push({ weight: seconds <= 1 ? 0.9 : 0.6, reason: `clicked ${seconds.toFixed(1)} s after ${since}` });
  }
}

/** Many different links of one message at once. */
export function signBurst(clicks: Clicks, { burst }: MachineFilter): void {
  const reason = `${burst.links} different links or more within ${burst.seconds} s`;
  const inWindow = new Map<string | undefined, number>();
  let from = 0;
  let signed = 0;
  for (const [at, { atMs, link }] of clicks.entries()) {
    inWindow.set(link, (inWindow.get(link) ?? 0) + 1);
    for (; atMs - (clicks[from]?.atMs ?? atMs) > burst.seconds * 1000; from++) {
      const left = clicks[from]?.link;
      const others = (inWindow.get(left) ?? 1) - 1;
      if (others === 0) inWindow.delete(left);
      else inWindow.set(left, others);
    }
    if (inWindow.size - (inWindow.has(undefined) ? 1 : 0) < burst.links) continue;
    for (const { signs } of clicks.slice(Math.max(from, signed), at + 1)) signs.push({ weight: 0.9, reason });
    signed = at + 1;
  }
}

/** Whoever follows the link that no person sees follows the others too: all clicks of the message around it are a machine's. */
export function signTraps(clicks: Clicks): void {
  const traps = clicks.filter(({ link }) => isTrap(link));
  let next = 0;
  for (const click of clicks) {
    while ((traps[next]?.atMs ?? Number.POSITIVE_INFINITY) < click.atMs - aroundMs) next += 1;
    if ((traps[next]?.atMs ?? Number.POSITIVE_INFINITY) > click.atMs + aroundMs) continue;
    click.signs.push({ weight: 1, reason: 'a link that only machines meet was followed' });
  }
}

function isTrap(link: string | undefined): boolean {
  return link?.includes(machinesPath) === true && URL.parse(link)?.pathname.replace(/\/$/, '') === machinesPath;
}

/**
 * A page read with the id of a link proves the click that led there: the last one on that link before it. So the gateway that
 * clicked the same link long before the person is not proven with them. Both sorted by time.
 */
export function proveReading(clicks: Clicks, viewedMs: readonly number[]): void {
  let next = 0;
  for (const viewMs of viewedMs) {
    while ((clicks[next]?.atMs ?? Number.POSITIVE_INFINITY) <= viewMs) next += 1;
    const last = clicks[next - 1];
    if (last && viewMs - last.atMs <= proofMs) last.isProven = true;
  }
}

/**
 * A click on what somebody else has just clicked: scanners follow people (Q10). `clicks` on one link of one message; whoever was
 * first is nobody's follower, however often they click again.
 */
export function signFollowers(clicks: Clicks, { secondActorSeconds, certainFrom }: MachineFilter): void {
  const isPersons = ({ isProven, signs }: Reaction) => isProven || signs.every(({ weight }) => weight < certainFrom);
  // Decided before anybody is called a follower: a click counts as a person's by its own signs alone.
  const persons = clicks.filter(isPersons);
  let next = 0;
  for (const click of clicks) {
    while ((persons[next]?.atMs ?? Number.POSITIVE_INFINITY) < click.atMs - secondActorSeconds * 1000) next += 1;
    const first = persons[next];
    if (!first || first.atMs >= click.atMs || isSame(first, click)) continue;
    const seconds = ((click.atMs - first.atMs) / 1000).toFixed(1);
    click.signs.push({ weight: 0.5, reason: `somebody else clicked the same link ${seconds} s before` });
  }
}

/** One who does not say who they are is taken for the same. */
function isSame(first: Reaction, second: Reaction): boolean {
  const differ = (a: string | undefined, b: string | undefined) => a !== undefined && b !== undefined && a !== b;
  return !differ(first.userAgent, second.userAgent) && !differ(first.ipAddress, second.ipAddress);
}
