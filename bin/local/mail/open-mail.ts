import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { type Buckets, openBuckets } from '../buckets/buckets.ts';
import type { Bus, BusEvent } from '../events/bus.ts';
import type { Queues } from '../queues/queues.ts';
import type { WriteGroup } from '../storage/write-group.ts';
import type { Blueprint } from '../template/blueprint.ts';
import type { Clock } from '../time/clock.ts';
import { openTopics } from '../topics/topics.ts';
import { type Inbound, openInbound } from './inbound.ts';
import { openSes, type Ses } from './ses.ts';

export interface MailDeps {
  readonly blueprint: Pick<Blueprint, 'account' | 'region' | 'topics' | 'buckets' | 'receiptRules' | 'mail'>;
  readonly db: DatabaseSync;
  readonly clock: Clock;
  readonly queues: Queues;
  readonly bus: Bus;
  readonly write: WriteGroup;
  newId(): string;
  /** Where the pipeline answers people. */
  readonly url: string;
}

/** SES in both directions, with the topics it tells and the buckets it stores in. */
export function openMail(deps: MailDeps): { ses: Ses; inbound: Inbound; buckets: Buckets } {
  const { blueprint, db, clock, queues, bus, newId } = deps;
  const { publish } = openTopics(blueprint.topics, queues);
  const { now } = clock;
  const write = <T>(work: () => T) => deps.write('promised', work);
  const buckets = openBuckets(db, blueprint.buckets, now);
  const inbound = openInbound({ db, rules: blueprint.receiptRules, buckets, publish, now, newId, write });
  const ses = openSes({
    ...blueprint.mail,
    db,
    clock,
    account: blueprint.account,
    region: blueprint.region,
    emit: (event) => bus.put('default', event),
    publish,
    inbound,
    newId,
    write,
    baseUrl: () => deps.url,
  });
  bus.onPut((event) => {
    const leadId = erasedLead(event);
    if (leadId !== undefined) ses.forget(leadId);
  });
  return { ses, inbound, buckets };
}

const LeadErased = z.object({
  'detail-type': z.literal('LeadErased'),
  source: z.literal('ripen'),
  detail: z.object({ leadId: z.string() }),
});

/**
 * Whose erasure an event tells of. In the cloud nothing keeps the mail that was sent; here the inbox does, and it stands for
 * mailboxes that are not ours to empty. On this machine nothing of the person shall be left.
 */
export function erasedLead(event: BusEvent): string | undefined {
  return LeadErased.safeParse(event).data?.detail.leadId;
}
