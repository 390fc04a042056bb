import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';
import type { Evidence } from './promises.ts';
import type { Site } from './site.ts';

/** How long the pipeline may take to come to rest, wall time. */
const settleLimitMs = 15 * 60_000;
/** The longest sequence takes no longer than this, with every cap and every quiet night. */
const mostDays = 120;
/** Between two looks at the table, which is read whole. */
const daysAtOnce = 'P10D';

const Queues = z.object({
  queues: z.array(z.object({ name: z.string(), deadLetters: z.array(z.unknown()).optional() })),
});

/**
 * Lets the pipeline work off everything, gives back once what was given up on, and moves the clock on until no walk is under way
 * and no send is open, or for four months. Answers how many dead letters are left.
 */
export async function comeToRest(site: Site, look: () => Promise<Pick<Evidence, 'sends' | 'walks'>>): Promise<number> {
  await settle(site);
  await redrive(site);
  for (let days = 0; days < mostDays; days += 10) {
    await move(site);
    if (!isUnderWay(await look())) break;
  }
  return (await deadQueues(site)).reduce((sum, { deadLetters = [] }) => sum + deadLetters.length, 0);
}

function isUnderWay({ sends, walks }: Pick<Evidence, 'sends' | 'walks'>): boolean {
  const isOpen = ({ status }: { readonly status: string }) => ['active', 'claimed', 'retry'].includes(status);
  return sends.some(isOpen) || walks.some(isOpen);
}

async function settle(site: Site): Promise<void> {
  for (const deadline = Date.now() + settleLimitMs; Date.now() < deadline; await pause(500)) {
    if ((await site.steer('/_local/settle')) !== null) return;
  }
  throw new Error('the pipeline does not come to rest: /_local/queues says what is left');
}

async function move(site: Site): Promise<void> {
  await site.steer('/_local/clock', { advance: daysAtOnce });
  await settle(site);
}

async function redrive(site: Site): Promise<void> {
  for (const { name } of await deadQueues(site)) {
    await site.steer(`/_local/queues/${name}/redrive`);
  }
  await settle(site);
}

async function deadQueues(site: Site) {
  const { queues } = Queues.parse(JSON.parse((await site.ask('/_local/queues')) ?? '{}'));
  return queues.filter(({ deadLetters = [] }) => deadLetters.length > 0);
}
