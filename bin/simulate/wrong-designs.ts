import { PutCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { Table } from '../../functions/runtime/dynamodb.ts';
import type { Publish } from '../../functions/runtime/publish.ts';
import type { ScoringDeps, scoreActivities } from '../../functions/scoring/score-activities.ts';
import { modelNamed } from './models.ts';

/** A way to build scoring and hand-off. The right one changes nothing; each wrong one leaves out one thing that matters. */
export interface Design {
  /** Changes requests of the scoring door before they leave. */
  readonly alter?: (command: unknown) => unknown;
  readonly deps?: (right: ScoringDeps, own: { readonly table: Table; readonly publish: Publish }) => ScoringDeps;
  /** Is a lead that was written under another model than the active one knocked for? */
  readonly knocks?: false;
  readonly score?: (right: typeof scoreActivities, table: Table) => typeof scoreActivities;
}

type Write = NonNullable<TransactWriteCommand['input']['TransactItems']>[number];

/** Leaves out writes, or their conditions. */
function rewriting(rewrite: (write: Write) => Write | null): Design {
  return {
    alter: (command) =>
      command instanceof TransactWriteCommand
        ? new TransactWriteCommand({
            ...command.input,
            TransactItems: (command.input.TransactItems ?? []).flatMap((write) => rewrite(write) ?? []),
          })
        : command,
  };
}

function unconditional(kind: string): Design {
  return rewriting((write) =>
    write.Put?.Item?.kind === kind ? { Put: { TableName: write.Put.TableName, Item: write.Put.Item } } : write,
  );
}

/** The wrong designs of the literature that touch scoring and hand-off. The simulator must find each of them (I-S1, I-S5, I-H1). */
export const wrongDesigns = {
  'read-modify-write': unconditional('lead'),

  'ledger-not-conditional': unconditional('activity'),

  'seen-before-the-effect': {
    score:
      (right, { client, name: TableName }) =>
      async (captured, person, deps) => {
        const unseen: (typeof captured)[number][] = [];
        for (const activity of captured) {
          const Item = { pk: `SEEN#${activity.activityId}`, sk: 'SEEN' };
          try {
            await client.send(new PutCommand({ TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' }));
            unseen.push(activity);
          } catch (error) {
            if (!(error instanceof Error) || error.name !== 'ConditionalCheckFailedException') throw error;
          }
        }
        if (unseen.length > 0) await right(unseen, person, deps);
      },
  },

  'hand-off-apart': {
    deps: (right, { publish }) => ({
      ...right,
      leads: {
        ...right.leads,
        async save(change) {
          const saved = await right.leads.save({ ...change, outbox: [] });
          if (saved.outcome === 'saved') await publish(change.outbox);
          return saved;
        },
      },
    }),
  },

  'model-from-a-cache': {
    deps: (right) => {
      let cached: Promise<string> | undefined;
      const active = (leadId: string) => {
        cached ??= right.models.active(leadId);
        return cached;
      };
      // Whatever the lead was scored with, its points come from the model this process believes to be active.
      const get = async (version: string) => ({ ...modelNamed(await active('')), version });
      return { ...right, models: { active, get } };
    },
  },

  'new-lead-unchecked': {
    ...rewriting((write) => (write.ConditionCheck?.Key?.sk === 'MODEL' ? null : write)),
    // With the knock this design alone is mended within the minute: the product has both.
    knocks: false,
  },
} as const satisfies Readonly<Record<string, Design>>;

export type WrongDesign = keyof typeof wrongDesigns;

export const rightDesign: Design = {};
