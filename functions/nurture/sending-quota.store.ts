import { GetCommand, PutCommand, UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { key } from '../leads/table.ts';
import { ifItHolds } from '../runtime/condition.ts';
import type { Table } from '../runtime/dynamodb.ts';
import { SendingQuota, type SesQuota, type SlotToTake, unused, withSesQuota } from './sending-quota.ts';

export interface SendingQuotaStore {
  /** Consistent. */
  get(): Promise<SendingQuota>;
  /** Takes a slot, together with whoever does at the same moment. Null: the quota is not as it was seen; read it again. */
  take(slot: SlotToTake): Promise<SendingQuota | null>;
  /** Uncounts a slot that turned out to be one too many. */
  giveBack(slot: SlotToTake): Promise<void>;
  /** Keeps what SES has said, unless another worker has asked it since `before` was read. */
  note(before: SendingQuota, ses: SesQuota, now: number): Promise<void>;
}

/**
 * The one item that all workers take their slots from. They add to it rather than replace it: with a condition on a version, twenty
 * workers would spend their time refusing each other.
 */
export function sendingQuotaStore({ client, name: TableName }: Table): SendingQuotaStore {
  const Key = key.sendingQuota();

  /** What is added to must be there. */
  async function begin(): Promise<void> {
    const Item = { ...Key, kind: 'sending-quota', ...unused };
    await ifItHolds(client.send(new PutCommand({ TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' })));
  }

  return {
    async get() {
      const { Item } = await client.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
      return Item ? SendingQuota.parse(Item) : unused;
    },

    async take(slot) {
      const { now, earliest, latest, readAt, spacingMs, inLine } = slot;
      if (readAt === null) await begin();
      const { sets, names, values } = counting(slot, 1);
      const known = knownAs(readAt);
      const update = new UpdateCommand({
        TableName,
        Key,
        UpdateExpression: `SET nextSlotAt = ${inLine ? 'nextSlotAt' : ':now'} + :spacing, ${sets}`,
        ConditionExpression: `${known.condition} AND nextSlotAt ${inLine ? 'BETWEEN :earliest AND :latest' : '< :earliest'}`,
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: {
          ...{ ...values, ...known.values, ':earliest': earliest, ':spacing': spacingMs },
          ...(inLine ? { ':latest': latest } : { ':now': now }),
        },
        ReturnValues: 'ALL_NEW',
      });
      let after: SendingQuota | null = null;
      await ifItHolds(client.send(update).then(({ Attributes }) => (after = SendingQuota.parse(Attributes))));
      return after;
    },

    async giveBack(slot) {
      const { sets, names: ExpressionAttributeNames, values: ExpressionAttributeValues } = counting(slot, -1);
      const expressions = { UpdateExpression: `SET ${sets}`, ExpressionAttributeNames, ExpressionAttributeValues };
      await client.send(new UpdateCommand({ TableName, Key, ...expressions }));
    },

    async note(before, ses, now) {
      if (before.ses === null) await begin();
      const after = withSesQuota(before, ses, now);
      const gone = [
        ...without(before.hours, after.hours, 'hours'),
        ...without(before.marketing, after.marketing, 'marketing'),
      ];
      const known = knownAs(before.ses?.readAt ?? null);
      const remove = gone.length > 0 ? ` REMOVE ${gone.map(([path], n) => `${path}.#gone${n}`).join(', ')}` : '';
      const update = new UpdateCommand({
        TableName,
        Key,
        UpdateExpression: `SET ses = :ses, sinceRead = :zero${remove}`,
        ConditionExpression: known.condition,
        ...(gone.length > 0 && {
          ExpressionAttributeNames: Object.fromEntries(gone.map(([, name], n) => [`#gone${n}`, name])),
        }),
        ExpressionAttributeValues: { ...known.values, ':ses': after.ses, ':zero': 0 },
      });
      await ifItHolds(client.send(update));
    },
  };
}

/** Holds while nobody has asked SES since. */
function knownAs(readAt: string | null) {
  return readAt === null
    ? { condition: 'attribute_type(ses, :null)', values: { ':null': 'NULL' } }
    : { condition: 'ses.readAt = :readAt', values: { ':readAt': readAt } };
}

/** What was counted under `path` and counts no more. */
function without(before: Readonly<Record<string, number>>, after: Readonly<Record<string, number>>, path: string) {
  const names = Object.keys(before).filter((name) => !Object.hasOwn(after, name));
  return names.map((name) => [path, name] as const);
}

/** Adds `by` wherever a slot counts. */
function counting({ hour, day }: SlotToTake, by: 1 | -1) {
  const sets = ['sinceRead = sinceRead + :by', 'hours.#hour = if_not_exists(hours.#hour, :zero) + :by'];
  if (day !== null) sets.push('marketing.#day = if_not_exists(marketing.#day, :zero) + :by');
  const names: NonNullable<UpdateCommandInput['ExpressionAttributeNames']> = {
    '#hour': hour,
    ...(day && { '#day': day }),
  };
  return { sets: sets.join(', '), names, values: { ':by': by, ':zero': 0 } };
}
