import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Table } from '../runtime/dynamodb.ts';
import { type Write, writeAll } from '../runtime/transaction.ts';
import { Activation } from './activation.ts';
import { RescoreDue } from './bus-event.ts';
import { Rating } from './lead.ts';
import { activeModelShards, dueKeys, key } from './table.ts';

/** Which scoring model is active, and how far the leads have been brought to it. */
export interface ActivationStore {
  /** The latest activation, consistent; `null` before the first. */
  get(): Promise<Activation | null>;
  /** Writes a new activation with its due item. `conflict`: somebody else has begun one in the meantime. */
  begin(activation: Activation): Promise<'begun' | 'conflict'>;
  /** Tells every copy, from which new leads are scored. Copies that a later activation has told are left as they are. */
  tellCopies(activation: Activation): Promise<void>;
  /** How many leads there are. Reads the lists' keys and no leads. */
  countLeads(): Promise<number>;
  /**
   * Writes progress, and when to be reminded to go on if nobody does (`dueAt`, ISO); an activation that is done is not due any
   * more. `overtaken`: somebody else has written progress since, or a later activation has begun.
   */
  advance(activation: Activation, dueAt: string): Promise<'advanced' | 'overtaken'>;
}

export function activationStore({ client, name: TableName }: Table): ActivationStore {
  const due = ({ version, status }: Activation, dueAt: string): Write => {
    const Key = key.due('rescore', 'model');
    if (status === 'done') return { Delete: { TableName, Key } };
    const thing = { due: 'rescore', subject: 'model', dueAt, detailType: RescoreDue.detailType, detail: { version } };
    return { Put: { TableName, Item: { ...Key, ...dueKeys(dueAt, 'rescore', 'model'), kind: 'due', ...thing } } };
  };
  const put = (activation: Activation, condition: string, values: Record<string, unknown>): Write => ({
    Put: {
      TableName,
      Item: { ...key.activation(), kind: 'activation', ...activation },
      ConditionExpression: condition,
      ...(Object.keys(values).length > 0 && {
        ExpressionAttributeNames: Object.fromEntries(Object.keys(values).map((name) => [`#${name}`, name])),
        ExpressionAttributeValues: Object.fromEntries(
          Object.entries(values).map(([name, value]) => [`:${name}`, value]),
        ),
      }),
    },
  });
  return {
    async get() {
      const { Item } = await client.send(new GetCommand({ TableName, Key: key.activation(), ConsistentRead: true }));
      return Item ? Activation.parse(Item) : null;
    },

    async begin(activation) {
      const isFirst = activation.number === 1;
      const condition = isFirst ? 'attribute_not_exists(pk)' : '#number = :number';
      const begun = put(activation, condition, isFirst ? {} : { number: activation.number - 1 });
      const { outcome } = await writeAll({ client }, [begun, due(activation, activation.startedAt)]);
      return outcome === 'written' ? 'begun' : 'conflict';
    },

    async tellCopies({ version, number }) {
      for (let shard = 0; shard < activeModelShards; shard++) {
        // One at a time: leads are being stored on condition of these copies, and sixteen at once would never find all of them free.
        await writeAll({ client }, [
          {
            Put: {
              TableName,
              Item: { ...key.activeModel(shard), kind: 'active-model', version, number },
              ConditionExpression: 'attribute_not_exists(pk) OR #number <= :number',
              ExpressionAttributeNames: { '#number': 'number' },
              ExpressionAttributeValues: { ':number': number },
            },
          },
        ]);
      }
    },

    async countLeads() {
      let count = 0;
      for (const rating of Rating.options) {
        let ExclusiveStartKey: Record<string, unknown> | undefined;
        do {
          const { Count = 0, LastEvaluatedKey } = await client.send(
            new QueryCommand({
              TableName,
              IndexName: 'byList',
              Select: 'COUNT',
              KeyConditionExpression: 'listPk = :list',
              ExpressionAttributeValues: { ':list': `RATING#${rating}` },
              ExclusiveStartKey,
            }),
          );
          count += Count;
          ExclusiveStartKey = LastEvaluatedKey;
        } while (ExclusiveStartKey);
      }
      return count;
    },

    async advance(activation, dueAt) {
      const condition = '#number = :number AND #step = :step';
      const written = put(activation, condition, { number: activation.number, step: activation.step - 1 });
      const { outcome } = await writeAll({ client }, [written, due(activation, dueAt)]);
      return outcome === 'written' ? 'advanced' : 'overtaken';
    },
  };
}
