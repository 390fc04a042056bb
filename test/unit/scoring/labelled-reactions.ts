import type { Activity, Properties } from '../../../functions/leads/activity.ts';
import { aRow, chrome, safari, trap } from './a-reaction.ts';

/** What is made up knows the truth: who each open and click was really by. */
export interface Labelled {
  readonly activities: readonly Activity[];
  readonly truth: ReadonlyMap<string, 'human' | 'machine'>;
}

const links = ['pricing', 'trial', 'guide', 'blog', 'about'];
const gatewayAgents = [chrome, safari, chrome.replace('140', '120')];

/** Mulberry32: small, and the same on every machine. */
function chanceFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * So many messages and what happened to them: people who read at once or after days, some of them hasty, some taken for a bot by
 * SES; gateways that follow every link, at once or slowly, mostly with a browser's name; prefetching mail programs; scanners that
 * follow people's clicks; and gateways that nothing gives away (invariants §5).
 */
export function labelledReactions(seed: number, messages: number): Labelled {
  const chance = chanceFrom(seed);
  const between = (least: number, most: number) => least + chance() * (most - least);
  const oneOf = <T>(items: readonly [T, ...T[]] | readonly T[], first: T): T =>
    items[Math.floor(chance() * items.length)] ?? first;
  const activities: Activity[] = [];
  const truth = new Map<string, 'human' | 'machine'>();
  const told = (type: string, seconds: number, properties: Properties): string => {
    const activityId = `activity-${activities.length}`;
    activities.push(aRow(type, seconds, properties, activityId));
    return activityId;
  };
  const reacts = (by: 'human' | 'machine', type: string, seconds: number, properties: Properties) =>
    truth.set(told(type, seconds, properties), by);

  for (let number = 0; number < messages; number++) {
    const messageId = `message-${number}`;
    // Messages come five minutes apart: one lead gets them all, and one day is next to another.
    const arrives = number * 300;
    const linkOf = (name: string) => `https://orchard.example/p/${name}?ripen_lid=${messageId}.${name}`;
    const person = { messageId, userAgent: oneOf([safari, chrome], safari), ipAddress: '192.0.2.10' };
    const machine = { messageId, userAgent: oneOf(gatewayAgents, chrome), ipAddress: '198.51.100.7' };
    told('email.delivered', arrives, { messageId });

    const gateway = chance();
    if (gateway < 0.25) {
      // Two in three follow everything within seconds, one takes its time.
      const isSlow = chance() < 0.33;
      let at = arrives + between(0.2, 30);
      const seesTheTrap = chance() < 0.9;
      for (const name of [...(seesTheTrap ? ['machines'] : []), ...links]) {
        reacts('machine', 'email.clicked', at, { ...machine, link: name === 'machines' ? trap : linkOf(name) });
        at += isSlow ? between(2, 10) : between(0.02, 0.4);
      }
    } else if (gateway < 0.28) {
      // Looks at one link, takes its time, says it is a browser, runs no script.
      reacts('machine', 'email.clicked', arrives + between(6, 60), { ...machine, link: linkOf('guide') });
    }
    if (chance() < 0.4)
      reacts('machine', 'email.opened', arrives + between(1, 600), { messageId, userAgent: 'Mozilla/5.0' });
    if (chance() < 0.5) continue;

    const opensAt = arrives + between(20, 172_800);
    reacts('human', 'email.opened', opensAt, { ...person, ...(chance() < 0.3 && { isBotEvent: 'Unlikely' }) });
    if (chance() < 0.4) continue;
    const isHasty = chance() < 0.03;
    let clicksAt = isHasty ? arrives + between(1.5, 5) : opensAt + between(3, 120);
    for (const name of links.slice(0, Math.ceil(between(0, 3)))) {
      const isMistaken = chance() < 0.02;
      reacts('human', 'email.clicked', clicksAt, {
        ...{ ...person, link: linkOf(name) },
        ...(isMistaken && { isBotEvent: 'Likely' }),
      });
      // Some browsers tell the tracker nothing.
      if (chance() < 0.75) told('page.viewed', clicksAt + between(0.5, 8), { linkId: `${messageId}.${name}` });
      if (chance() < 0.15)
        reacts('machine', 'email.clicked', clicksAt + between(0.3, 20), { ...machine, link: linkOf(name) });
      clicksAt += isHasty ? between(5, 60) : between(2, 90);
    }
  }
  return { activities, truth };
}
