import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { suppressionStore } from '../../functions/consent/suppression.store.ts';
import { activateModel } from '../../functions/leads/activate-model.ts';
import { activationStore } from '../../functions/leads/activation.store.ts';
import { leadStore } from '../../functions/leads/lead.store.ts';
import { leadIdOf } from '../../functions/leads/lead-id.ts';
import { playbookStore } from '../../functions/leads/playbook.store.ts';
import { reviewStore } from '../../functions/leads/review.store.ts';
import { key, outboxPartitions } from '../../functions/leads/table.ts';
import { visitorStore } from '../../functions/leads/visitor.store.ts';
import type { Table } from '../../functions/runtime/dynamodb.ts';
import type { OutgoingEvent } from '../../functions/runtime/publish.ts';
import { queryAll } from '../../functions/runtime/query-all.ts';
import { holderStore } from '../../functions/scoring/holder.store.ts';
import { modelStore } from '../../functions/scoring/model.store.ts';
import { refold } from '../../functions/scoring/record.ts';
import { rescoreLeads } from '../../functions/scoring/rescore-leads.ts';
import { personOf, scoreActivities } from '../../functions/scoring/score-activities.ts';
import { ScoringModel } from '../../functions/scoring/scoring-model.ts';
import { testLinkKeys } from './link-keys.ts';
import { anActivity, shippedModel } from './scoring.ts';

const timeZone = 'America/Sao_Paulo';

/** The shipped model, and what others make of it. */
export const models: Readonly<Record<string, ScoringModel>> = {
  v1: shippedModel,
  // The pricing page weighs so much that a trial and one look at it are enough for sales.
  v2: withRules((rule) => (rule.id === 'viewed-pricing' ? { ...rule, points: 30 } : rule)),
  v3: withRules((rule) => (rule.id === 'started-trial' ? { ...rule, points: 20 } : rule)),
};

function withRules(change: (rule: ScoringModel['rules'][number]) => ScoringModel['rules'][number]): ScoringModel {
  return { ...shippedModel, rules: shippedModel.rules.map(change) };
}

/** What somebody did: the type, and what matters of the rest. */
export type Done = Parameters<typeof anActivity>;

/** Everything that scores leads and changes models, on a table, with a clock to be moved and a bus to be looked at. */
export function aScoringRoom(table: Table, clock: { now: number }) {
  const published: OutgoingEvent[] = [];
  const now = () => clock.now;
  const publish = async (events: readonly OutgoingEvent[]) => void published.push(...events);
  const deps = {
    leads: leadStore(table, timeZone),
    visitors: visitorStore(table, timeZone),
    models: modelStore(table),
    suppressions: suppressionStore(table),
    activations: activationStore(table),
    reviews: reviewStore(table),
    holders: holderStore(table),
    pepper: async () => 'pepper',
    linkKeys: async () => testLinkKeys,
    publish,
    hasTime: () => true,
    now,
  };
  return {
    deps,
    published,
    /** As a deployment does. */
    async activate(version: string, model = models[version]) {
      const scoring = ScoringModel.parse(model);
      await playbookStore(table).put(version, { scoring: { scoring, timeZone } });
      return activateModel(version, deps);
    },
    rescore: (version: string) => rescoreLeads({ version }, deps),
    async score(email: string, done: readonly Done[]) {
      const captured = done.map(([type, given]) => anActivity(type, { subject: { email }, ...given }));
      const [first] = captured;
      if (first) await scoreActivities(captured, await personOf(first, deps), deps);
    },
    /** More people who did just what `email` did: copies of all that is stored of them, which is much quicker than doing it again. */
    async copies(email: string, others: readonly string[]) {
      const items = await queryAll(table, {
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': key.lead(idOf(email)).pk },
      });
      const puts = others.flatMap((other) =>
        items
          .filter(({ kind }) => kind !== 'outbox')
          // What is packed names nobody.
          .map(({ packed, ...item }) => ({
            ...JSON.parse(JSON.stringify(item).replaceAll(email, other).replaceAll(idOf(email), idOf(other))),
            packed,
          })),
      );
      for (let first = 0; first < puts.length; first += 25)
        await table.client.send(
          new BatchWriteCommand({
            RequestItems: { [table.name]: puts.slice(first, first + 25).map((Item) => ({ PutRequest: { Item } })) },
          }),
        );
    },
    /** What the lead would be if its model had scored it from the first day (I-S6), and who would hold which scope. */
    async fromLedger(leadId: string) {
      const lead = await deps.leads.get(leadId);
      if (!lead) throw new Error(`no lead ${leadId}`);
      const history = await deps.leads.history(leadId);
      return { lead, history, refolded: refold(lead, history, await deps.models.get(lead.modelVersion), clock.now) };
    },
    /** The ids of all leads that wait for a review. */
    async waiting() {
      const found: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await deps.reviews.list(100, cursor);
        found.push(...page.items.map(({ leadId }) => leadId));
        cursor = page.cursor ?? undefined;
      } while (cursor !== undefined);
      return found;
    },
    outbox: async (detailType: string) => {
      const rows = await Promise.all(
        outboxPartitions().map((list) =>
          queryAll(table, {
            IndexName: 'byList',
            KeyConditionExpression: 'listPk = :list',
            ExpressionAttributeValues: { ':list': list },
          }),
        ),
      );
      return rows.flat().filter((row) => row.detailType === detailType);
    },
  };
}

export const idOf = (email: string) => leadIdOf(email, 'pepper');
