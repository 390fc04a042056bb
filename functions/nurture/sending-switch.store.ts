import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { key, outboxKeys, sendingSwitchShards, shardOf } from '../leads/table.ts';
import type { Table } from '../runtime/dynamodb.ts';
import { getAll } from '../runtime/get-all.ts';
import type { OutgoingEvent } from '../runtime/publish.ts';
import { type Write, writeAll } from '../runtime/transaction.ts';
import type { Send } from './send.ts';
import { type SendingSwitch, SwitchChange, untouched } from './sending-switch.ts';

export interface SendingSwitchStore {
  /** As the latest change has left it, consistent. */
  get(): Promise<SendingSwitch>;
  /** The latest changes, newest first. */
  changes(limit: number): Promise<readonly SwitchChange[]>;
  /**
   * Makes a change, and has `outbox` published with it; when it resolves, no claim passes that the change forbids. `conflict`:
   * somebody else has changed it since it was read.
   */
  save(change: SwitchChange, outbox?: readonly OutgoingEvent[]): Promise<'saved' | 'conflict'>;
  /** Tells the copies how the switch stands, if whoever changed it died before it had told all of them. */
  tellCopies(): Promise<void>;
}

/**
 * The switch in DynamoDB. Its changes are a list, each under its number, so that two people cannot both make the next one. Claims
 * read none of it: each checks one of sixteen copies, since a single item would be asked by every message.
 */
export function sendingSwitchStore(table: Table): SendingSwitchStore {
  const { client, name: TableName } = table;
  return { get, changes, save, tellCopies };

  async function get(): Promise<SendingSwitch> {
    const [latest] = await changes(1);
    return latest?.after ?? untouched;
  }

  async function changes(limit: number): Promise<readonly SwitchChange[]> {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
        ExpressionAttributeValues: { ':pk': key.sendingChange(0).pk, ':sk': 'CHANGE#' },
        ScanIndexForward: false,
        Limit: limit,
        ConsistentRead: true,
      }),
    );
    return Items.map((item) => SwitchChange.parse(item));
  }

  async function save(change: SwitchChange, outbox: readonly OutgoingEvent[] = []): Promise<'saved' | 'conflict'> {
    const Item = { ...key.sendingChange(change.after.ver), kind: 'sending-change', ...change };
    const { outcome } = await writeAll(table, [
      { Put: { TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' } },
      ...outbox.map((event, n) => outboxRow(event, n, change)),
    ]);
    // A repeat of our own write, whose first answer was lost, is refused too.
    if (outcome === 'refused' && !(await isStored(change))) return 'conflict';
    await tell(change.after);
    return 'saved';
  }

  async function isStored({ by, at, after }: SwitchChange): Promise<boolean> {
    const Key = key.sendingChange(after.ver);
    const { Item } = await client.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
    return Item?.by === by && Item.at === at;
  }

  async function tellCopies(): Promise<void> {
    const latest = await get();
    const copies = await getAll(
      table,
      Array.from({ length: sendingSwitchShards }, (_, n) => key.sendingSwitch(n)),
    );
    const told = copies.filter(({ ver }) => typeof ver === 'number' && ver >= latest.ver);
    if (latest.ver > 0 && told.length < sendingSwitchShards) await tell(latest);
  }

  function outboxRow({ detailType, detail }: OutgoingEvent, n: number, { at, after }: SwitchChange): Write {
    // It is about no lead, so it stands under the account.
    const keys = { ...key.outbox('account', `sending-${after.ver}`, n), ...outboxKeys(at, 'account') };
    return { Put: { TableName, Item: { ...keys, kind: 'outbox', detailType, detail, at } } };
  }

  async function tell(after: SendingSwitch): Promise<void> {
    for (let shard = 0; shard < sendingSwitchShards; shard++) {
      // One at a time: messages are being claimed on condition of these copies, and sixteen at once would seldom find all of them free.
      await writeAll({ client }, [
        {
          Put: {
            TableName,
            Item: { ...key.sendingSwitch(shard), kind: 'sending-switch', ...after },
            ConditionExpression: 'attribute_not_exists(pk) OR #ver <= :ver',
            ExpressionAttributeNames: { '#ver': 'ver' },
            ExpressionAttributeValues: { ':ver': after.ver },
          },
        },
      ]);
    }
  }
}

/** The part of a claim's transaction that holds while the switch lets this message through. */
export function switchCheck(
  TableName: string,
  { leadId, purpose, sequence }: Pick<Send, 'leadId' | 'purpose' | 'sequence'>,
): Write {
  const marketing = purpose === 'marketing';
  return {
    ConditionCheck: {
      TableName,
      Key: key.sendingSwitch(shardOf(leadId, sendingSwitchShards)),
      ConditionExpression: marketing
        ? 'attribute_not_exists(pk) OR (#paused = :nothing AND NOT contains(#sequences, :sequence))'
        : 'attribute_not_exists(pk) OR #paused <> :all',
      ExpressionAttributeNames: { '#paused': 'paused', ...(marketing && { '#sequences': 'sequences' }) },
      ExpressionAttributeValues: marketing ? { ':nothing': 'nothing', ':sequence': sequence } : { ':all': 'all' },
    },
  };
}
