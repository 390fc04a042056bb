import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { answerHandoff } from '../../../functions/handoff/answer-handoff.ts';
import type { Answer } from '../../../functions/handoff/answering.ts';
import { type HandOffDeps, handOffLead } from '../../../functions/handoff/hand-off-lead.ts';
import { handoffStore } from '../../../functions/handoff/handoff.store.ts';
import type { Handoff } from '../../../functions/handoff/handoff.ts';
import { moveHandoff } from '../../../functions/handoff/move-handoff.ts';
import { silencedIn } from '../../../functions/handoff/silenced.ts';
import type { Team } from '../../../functions/handoff/team.ts';
import type { Activity } from '../../../functions/leads/activity.ts';
import { leadStore } from '../../../functions/leads/lead.store.ts';
import type { Lead } from '../../../functions/leads/lead.ts';
import { leadItem } from '../../../functions/leads/lead-item.ts';
import { key } from '../../../functions/leads/table.ts';
import type { Table } from '../../../functions/runtime/dynamodb.ts';
import { aLead, aQualification, aTeam, monday } from '../../unit/handoff/a-qualified-lead.ts';

const zone = 'America/Sao_Paulo';

/** Sales on a database: leads qualify, reps answer, and the clock is moved by hand. */
export function aSalesRoom(table: Table, team: Team = aTeam()) {
  const clock = { now: Date.parse(monday) };
  const deps: HandOffDeps = {
    ...{ team, account: { timeZone: zone, language: 'en' } },
    leads: leadStore(table, zone),
    handoffs: handoffStore(table, zone),
    silenced: silencedIn(table),
    now: () => clock.now,
    // Rivals step aside for a turn of the event loop instead of for milliseconds: the order is left to chance all the same.
    pause: () => new Promise((resolve) => setImmediate(resolve)),
  };

  async function items(leadId: string): Promise<Record<string, unknown>[]> {
    const { Items = [] } = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': key.lead(leadId).pk },
        ConsistentRead: true,
      }),
    );
    return Items;
  }

  return {
    ...{ clock, deps, items },

    async add(lead: Partial<Lead> & { leadId: string }): Promise<string> {
      const qualification = {
        cycle: 1,
        reason: 'threshold',
        activityId: 'activity-1',
        score: 55,
        qualifiedAt: monday,
      } as const;
      const Item = leadItem(aLead({ qualification: { ...qualification, open: true }, ...lead }));
      await table.client.send(new PutCommand({ TableName: table.name, Item }));
      return lead.leadId;
    },

    /** It stands in the lead's ledger. */
    async remember(leadId: string, activity: Activity): Promise<void> {
      const { activityId, occurredAt } = activity;
      const Item = {
        ...key.activity(leadId, activityId),
        byTime: `${occurredAt}#${activityId}`,
        kind: 'activity',
        ...activity,
      };
      await table.client.send(new PutCommand({ TableName: table.name, Item }));
    },

    /** The lead, who has just been added, is handed off. */
    async handOff(leadId: string, given: Parameters<typeof aQualification>[0] = {}) {
      const qualifiedAt = new Date(clock.now).toISOString();
      return handOffLead(aQualification({ leadId, qualifiedAt, ...given }), deps);
    },

    answer: (leadId: string, answer: Answer, by = '', turn?: number) =>
      answerHandoff({ leadId, cycle: 1, answer, by, turn }, deps),

    knock: (leadId: string, cycle = 1) => moveHandoff(leadId, cycle, deps),

    async handoff(leadId: string, cycle = 1): Promise<Handoff> {
      const found = await deps.handoffs.get(leadId, cycle);
      if (!found) throw new Error(`no hand-off of ${leadId}`);
      return found;
    },

    /** What is on its way to the bus of one lead, in no order. */
    async outbox(leadId: string, type?: string) {
      const rows = (await items(leadId)).filter(
        ({ kind, detailType }) => kind === 'outbox' && (!type || detailType === type),
      );
      return rows.map(({ detailType, detail }) => ({ detailType, detail }));
    },
  };
}
