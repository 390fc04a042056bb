import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { localDay } from '../leads/calendar.ts';
import { dueItem } from '../leads/due-item.ts';
import { messageExpiry } from '../leads/retention.ts';
import { dayKeys, key, troubleKeys } from '../leads/table.ts';
import type { Table } from '../runtime/dynamodb.ts';
import { queryAll } from '../runtime/query-all.ts';
import { type Write, writeAll } from '../runtime/transaction.ts';
import { enrollmentWrites } from './enrollment.store.ts';
import type { Enrollment } from './enrollment.ts';
import { frequencyWrite } from './frequency.store.ts';
import type { Frequency } from './frequency.ts';
import { fateWrite } from './message-fate.store.ts';
import { dueOf, isFinal, isTrouble, recipientId, Send, type SendId } from './send.ts';
import { switchCheck } from './sending-switch.store.ts';

/** Why a claim was refused: the record moved on, or the person must not get this message, or the walk is over. */
export type ClaimRefusal = 'record' | 'consent' | 'suppression' | 'switch' | 'enrollment' | 'frequency';

export interface SendStore {
  get(id: SendId): Promise<Send | null>;
  /** Every send about a lead, team messages included, read consistently. */
  list(leadId: string): Promise<readonly Send[]>;
  /**
   * Claims in one transaction with everything that permits the message (I-C1): the record is as `before`, the lead is known, not
   * suppressed and, for marketing, has consented; nobody has switched it off; the walk stands at this step, and `frequency` is the next
   * state of what the lead was sent lately. Our own claim whose answer was lost is ours.
   */
  claim(before: Send | null, claimed: Send, frequency: Frequency | null): Promise<readonly ClaimRefusal[]>;
  /** Stores what became of a send, and of its walk. `conflict`: either moved on; read both and decide again. */
  save(before: Send | null, after: Send, enrollment: Enrollment | null): Promise<'saved' | 'conflict'>;
}

/** Send records in DynamoDB, each with the due item that clears it up if its worker dies; `timeZone` is the account's. */
export function sendStore(table: Table, timeZone: string): SendStore {
  const { client, name: TableName } = table;
  return { get, list, claim, save };

  async function get(id: SendId): Promise<Send | null> {
    const { Item } = await client.send(new GetCommand({ TableName, Key: keyOf(id), ConsistentRead: true }));
    return Item ? Send.parse(Item) : null;
  }

  async function list(leadId: string): Promise<readonly Send[]> {
    const items = await queryAll(table, {
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
      ExpressionAttributeValues: { ':pk': key.lead(leadId).pk, ':sk': 'X#' },
      ConsistentRead: true,
    });
    return items.map((item) => Send.parse(item));
  }

  async function claim(
    before: Send | null,
    claimed: Send,
    frequency: Frequency | null,
  ): Promise<readonly ClaimRefusal[]> {
    const permissions = permissionsFor(TableName, claimed, frequency);
    const own = sendWrites(TableName, before, claimed, timeZone);
    // From here on the send's own due item is the safety net; the step's would only knock in vain.
    const step: Write = { Delete: { TableName, Key: key.due('step', `${claimed.leadId}#${claimed.sequence}`) } };
    const answer = await writeAll(table, [
      ...own,
      ...permissions.map(({ check }) => check),
      ...(claimed.purpose === 'marketing' ? [step] : []),
    ]);
    if (answer.outcome === 'written') return [];
    const refusals = answer.failed.flatMap((position): ClaimRefusal[] => {
      if (position === 0) return ['record'];
      const refused = permissions[position - own.length];
      return refused ? [refused.refusal] : [];
    });
    // Our own writes refuse themselves when they come again: of the record, and of what the lead was sent lately.
    const byItself = refusals.includes('record') && refusals.every((each) => each === 'record' || each === 'frequency');
    const lostAnswer = byItself && (await get(claimed))?.token === claimed.token;
    return lostAnswer ? [] : refusals;
  }

  async function save(before: Send | null, after: Send, enrollment: Enrollment | null) {
    const fate = fateWrite(TableName, after, timeZone);
    const { outcome } = await writeAll(table, [
      ...sendWrites(TableName, before, after, timeZone),
      ...(fate ? [fate] : []),
      ...(enrollment ? enrollmentWrites(TableName, enrollment, timeZone) : []),
      // What it was to say is personal: not once the person is forgotten (I-E1).
      ...(after.order ? [notErased(TableName, after.leadId)] : []),
    ]);
    if (outcome === 'written') return 'saved';
    const stored = await get(after);
    return stored?.token === after.token && stored.status === after.status && stored.at === after.at
      ? 'saved'
      : 'conflict';
  }
}

function keyOf({ leadId, sequence, run, step }: SendId) {
  return key.send(leadId, sequence, run, step);
}

/** The record, if it is still as `before`, and its due item. Once it is final it counts on its day. */
function sendWrites(TableName: string, before: Send | null, after: Send, timeZone: string): readonly [Write, Write] {
  const { leadId, sequence, run, step, at } = after;
  const subject = `${leadId}#${sequence}#${run}#${step}`;
  const due = dueOf(after);
  return [
    {
      Put: {
        TableName,
        Item: {
          ...keyOf(after),
          kind: 'send',
          ...(isFinal(after) && {
            ...dayKeys(localDay(at, timeZone), at, subject),
            recordedAt: at,
            expiresAt: messageExpiry(at),
          }),
          ...(isTrouble(after) && troubleKeys(at, subject)),
          ...after,
        },
        ...(before
          ? {
              ConditionExpression: '#token = :token AND #status = :status',
              ExpressionAttributeNames: { '#token': 'token', '#status': 'status' },
              ExpressionAttributeValues: { ':token': before.token, ':status': before.status },
            }
          : { ConditionExpression: 'attribute_not_exists(pk)' }),
      },
    },
    due
      ? { Put: { TableName, Item: dueItem('send', subject, due) } }
      : { Delete: { TableName, Key: key.due('send', subject) } },
  ];
}

/** What must hold at the instant of the claim. A colleague's mail asks nothing of the lead, only that the colleague wants it. */
function permissionsFor(
  TableName: string,
  claimed: Send,
  frequency: Frequency | null,
): readonly { readonly refusal: ClaimRefusal; readonly check: Write }[] {
  const { leadId, sequence, run, step, purpose, order } = claimed;
  const asked = order?.despiteUnsubscribeBefore;
  const earlier = { ':unsubscribe': 'unsubscribe', ':asked': asked };
  const suppression: Write = {
    ConditionCheck: {
      TableName,
      Key: key.suppression(order ? recipientId(order) : leadId),
      ...(asked === undefined
        ? { ConditionExpression: 'attribute_not_exists(pk)' }
        : {
            // The latest "no" counts: they may have said it again after they asked.
            ConditionExpression: 'attribute_not_exists(pk) OR (#reason = :unsubscribe AND lastAt < :asked)',
            ExpressionAttributeNames: { '#reason': 'reason' },
            ExpressionAttributeValues: earlier,
          }),
    },
  };
  const allowed = { refusal: 'switch', check: switchCheck(TableName, claimed) } as const;
  if (purpose === 'team')
    return [
      { refusal: 'suppression', check: suppression },
      allowed,
      { refusal: 'consent', check: notErased(TableName, leadId) },
    ];
  const unsuppressed = 'attribute_type(suppressed, :null)';
  const known =
    asked === undefined
      ? `kind = :lead AND ${unsuppressed}`
      : `kind = :lead AND (${unsuppressed} OR (suppressed.#reason = :unsubscribe AND suppressed.#at < :asked))`;
  const values = { ':lead': 'lead', ':null': 'NULL', ...(asked !== undefined && earlier) };
  const consent: Write = {
    ConditionCheck: {
      TableName,
      Key: key.lead(leadId),
      ...(purpose === 'marketing'
        ? {
            ConditionExpression: `${known} AND #consent.#marketing.#status = :granted`,
            ExpressionAttributeNames: { '#consent': 'consent', '#marketing': 'marketing', '#status': 'status' },
            ExpressionAttributeValues: { ...values, ':granted': 'granted' },
          }
        : {
            ConditionExpression: known,
            ...(asked !== undefined && { ExpressionAttributeNames: { '#reason': 'reason', '#at': 'at' } }),
            ExpressionAttributeValues: values,
          }),
    },
  };
  const enrollment: Write = {
    ConditionCheck: {
      TableName,
      Key: key.enrollment(leadId, sequence),
      ConditionExpression: '#status = :active AND #run = :run AND #step = :step',
      ExpressionAttributeNames: { '#status': 'status', '#run': 'run', '#step': 'step' },
      ExpressionAttributeValues: { ':active': 'active', ':run': run, ':step': step },
    },
  };
  return [
    { refusal: 'consent', check: consent },
    { refusal: 'suppression', check: suppression },
    allowed,
    ...(purpose === 'marketing' ? [{ refusal: 'enrollment', check: enrollment } as const] : []),
    ...(frequency ? [{ refusal: 'frequency', check: frequencyWrite(TableName, leadId, frequency) } as const] : []),
  ];
}

/** What a colleague is told of a lead, they are not told once the lead is forgotten (I-E1). Not every such message is about a lead. */
function notErased(TableName: string, leadId: string): Write {
  return {
    ConditionCheck: {
      TableName,
      Key: key.lead(leadId),
      ConditionExpression: 'attribute_not_exists(pk) OR kind <> :erased',
      ExpressionAttributeValues: { ':erased': 'erased' },
    },
  };
}
