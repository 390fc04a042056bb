import * as z from 'zod';
import type { Lead, Milestone } from '../leads/lead.ts';
import { leadOf } from '../leads/lead-item.ts';
import { dayPartitions, key } from '../leads/table.ts';
import type { Table } from '../runtime/dynamodb.ts';
import { getAll } from '../runtime/get-all.ts';
import { queryPages } from '../runtime/query-all.ts';
import { Handoff } from './handoff.ts';
import type { Case } from './leaks.ts';

/** That a lead became something, and when (ISO). */
const Reached = z.object({ leadId: z.string(), occurredAt: z.string() });
export type Reached = z.infer<typeof Reached>;

export interface LeadCase extends Case {
  readonly lead: Lead;
}

export interface LeaksStore {
  /** Who permits contact and became this on a local day (`yyyy-mm-dd`), page by page; the index follows within about a second. */
  reached(day: string, milestone: Milestone): AsyncGenerator<readonly Reached[]>;
  /** How it stands with them now, consistent; who is erased is left out. */
  cases(reached: readonly Reached[]): Promise<readonly LeadCase[]>;
}

export function leaksStore(table: Table): LeaksStore {
  return { reached, cases };

  async function* reached(day: string, milestone: Milestone): AsyncGenerator<readonly Reached[]> {
    for (const partition of dayPartitions(day)) {
      const pages = queryPages(table, {
        IndexName: 'byDay',
        KeyConditionExpression: 'dayPk = :day',
        FilterExpression: 'kind = :kind AND milestone = :milestone AND counted <> :no',
        ExpressionAttributeValues: { ':day': partition, ':kind': 'milestone', ':milestone': milestone, ':no': false },
      });
      // Of somebody who was erased a row stays that leads to nobody, and has no instant.
      for await (const items of pages) yield items.flatMap((item) => Reached.safeParse(item).data ?? []);
    }
  }

  async function cases(reached: readonly Reached[]): Promise<readonly LeadCase[]> {
    const items = await getAll(
      table,
      reached.map(({ leadId }) => key.lead(leadId)),
    );
    const leads = items.filter(({ kind }) => kind === 'lead').map(leadOf);
    const handoffs = await latestHandoffs(leads);
    const since = new Map(reached.map(({ leadId, occurredAt }) => [leadId, occurredAt]));
    return leads.map((lead) => ({
      lead,
      handoff: handoffs.get(lead.leadId) ?? null,
      reachedAt: since.get(lead.leadId) ?? lead.createdAt,
    }));
  }

  async function latestHandoffs(leads: readonly Lead[]): Promise<ReadonlyMap<string, Handoff>> {
    const keys = leads.flatMap(({ leadId, qualification }) =>
      qualification ? [key.handoff(leadId, qualification.cycle)] : [],
    );
    const found = (await getAll(table, keys)).map((item) => Handoff.parse(item));
    return new Map(found.map((handoff) => [handoff.leadId, handoff]));
  }
}
