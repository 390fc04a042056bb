import { DeleteCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, describe, expect, it } from 'vitest';
import { key } from '../../../functions/leads/table.ts';
import { readEnrollments } from '../../../functions/nurture/read-enrollments.ts';
import { resolveSend } from '../../../functions/nurture/resolve-send.ts';
import { recipientId } from '../../../functions/nurture/send.ts';
import { type SendDeps, sendRequested } from '../../../functions/nurture/send-message.ts';
import { testTables } from '../../support/dynamodb.ts';
import { monday } from '../../support/lead.ts';
import { dayMs } from '../../support/nurture.ts';
import { aNurtureRoom } from './a-nurture-room.ts';

const { leads } = await testTables();
const room = await aNurtureRoom(leads);
afterAll(room.ses.close);

const asset = (leadId: string) => ({
  ...{ leadId, sequence: 'asset-trial', run: '2026-03-02', step: 1, template: 'asset', language: 'en' },
  to: { kind: 'lead' as const },
  data: { asset: { title: 'Your trial', url: 'https://orchard.example/trial' } },
  policy: 'atLeastOnce' as const,
});

const hotLead = (leadId: string) => ({
  ...{ leadId, sequence: 'handoff', run: '1', step: 1, template: 'hot-lead', language: 'en' },
  to: { kind: 'team' as const, email: 'rita@orchard.example', name: 'Rita' },
  data: { name: 'Ana' },
  policy: 'atLeastOnce' as const,
});

const answering = (answer: Awaited<ReturnType<SendDeps['sendMail']>>): SendDeps => ({
  ...room.deps,
  sendMail: async () => answer,
});

it('stops notices to a colleague who unsubscribed, and to nobody else', async () => {
  const order = hotLead('wanted');
  const refusal = { ...key.suppression(recipientId(order)), kind: 'suppression', reason: 'unsubscribe', at: monday };
  await leads.client.send(new PutCommand({ TableName: leads.name, Item: refusal }));
  const before = room.mails('rita@orchard.example').length;
  await sendRequested(order, room.deps);
  const other = { ...order, run: '2', to: { kind: 'team' as const, email: 'raul@orchard.example', name: 'Raul' } };
  await sendRequested(other, room.deps);
  expect(room.mails('rita@orchard.example')).toHaveLength(before);
  expect(await room.deps.sends.get(order)).toMatchObject({ status: 'suppressed', reason: 'suppression' });
  expect(room.mails('raul@orchard.example')).toHaveLength(1);
  await leads.client.send(new DeleteCommand({ TableName: leads.name, Key: key.suppression(recipientId(order)) }));
});

describe('the promised asset', () => {
  it('is brought once, also without marketing consent, and keeps nothing of what it said', async () => {
    await room.addLead('asked', { consent: { marketing: { status: 'denied', at: monday } } });
    await sendRequested(asset('asked'), room.deps);
    await sendRequested(asset('asked'), room.deps);
    const mails = room.mails('asked@example.com');
    expect(mails.map(({ subject }) => subject)).toEqual(['Here it is: Your trial']);
    expect(mails[0]?.headers['list-unsubscribe-post']).toBe('List-Unsubscribe=One-Click');
    expect(mails[0]?.tags).toMatchObject({ lead: 'asked', sequence: 'asset-trial', template: 'asset' });
    const stored = await room.item(key.send('asked', 'asset-trial', '2026-03-02', 1));
    expect(stored).toMatchObject({ status: 'sent', purpose: 'transactional' });
    expect(stored?.order).toBeUndefined();
  });

  it('is brought once more when nobody knows whether it arrived, and then never again', async () => {
    await room.addLead('lost');
    const unknown = answering({ outcome: 'unknown', reason: 'ECONNRESET' });
    await sendRequested(asset('lost'), unknown);
    room.advance(16 * 60_000);
    await resolveSend(asset('lost'), unknown);
    expect(await room.deps.sends.get(asset('lost'))).toMatchObject({ status: 'retry', resent: true });
    await sendRequested(asset('lost'), unknown);
    const send = await room.deps.sends.get(asset('lost'));
    expect(send).toMatchObject({ status: 'claimed', attempts: 2, resent: true });
    room.advance(16 * 60_000);
    await resolveSend(asset('lost'), room.deps);
    expect(await room.deps.sends.get(asset('lost'))).toMatchObject({ status: 'unconfirmed' });
    expect(room.mails('lost@example.com')).toHaveLength(0);
  });

  it('is asked for again by its own due item when SES could not take it', async () => {
    await room.addLead('later');
    await sendRequested(asset('later'), answering({ outcome: 'not-sent', reason: 'Throttling' }));
    const due = await room.item(key.due('send', 'later#asset-trial#2026-03-02#1'));
    expect(due).toMatchObject({ detailType: 'MessageRequested', detail: asset('later') });
    room.advance(60_000);
    await sendRequested(asset('later'), room.deps);
    expect(room.mails('later@example.com')).toHaveLength(1);
  });
});

describe('a hot lead', () => {
  it('reaches its rep even when the lead must not be e-mailed, and is nobody’s open', async () => {
    await room.addLead('hot', { suppressed: { reason: 'unsubscribe', at: monday } });
    await sendRequested(hotLead('hot'), room.deps);
    await sendRequested(hotLead('hot'), room.deps);
    const mails = room.mails('rita@orchard.example');
    expect(mails).toHaveLength(1);
    // Told of, and not tracked: a colleague's opens say nothing about the lead.
    expect(mails[0]?.configurationSet).toBe('ripen-untracked');
    expect(mails[0]?.tags).toMatchObject({ audience: 'team', sequence: 'handoff' });
    expect(mails[0]?.tags.lead).toBeUndefined();
    expect((await readEnrollments('hot', room.deps)).messages).toMatchObject([
      { sequence: 'handoff', purpose: 'team', status: 'sent' },
    ]);
  });
});

describe('who is never written to', () => {
  const suppression = { kind: 'suppression', reason: 'complaint', at: monday };
  const forbid: Readonly<Record<string, (leadId: string) => Promise<unknown>>> = {
    'unsubscribed-between-steps': (leadId) =>
      leads.client.send(
        new UpdateCommand({
          TableName: leads.name,
          Key: key.lead(leadId),
          UpdateExpression: 'SET consent.marketing.#status = :revoked ADD ver :one',
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: { ':revoked': 'revoked', ':one': 1 },
        }),
      ),
    'suppressed-elsewhere': (leadId) =>
      leads.client.send(
        new PutCommand({ TableName: leads.name, Item: { ...key.suppression(leadId), ...suppression } }),
      ),
  };

  it.each(['unsubscribed-between-steps', 'suppressed-elsewhere'])(
    'Q17 somebody %s: final, and the walk ends',
    async (leadId) => {
      await room.addLead(leadId);
      await room.submit(leadId);
      await room.knock(leadId, 1);
      await forbid[leadId]?.(leadId);
      room.advance(2 * dayMs);
      await room.knock(leadId, 3);
      await room.knock(leadId, 3);
      expect(room.mails(`${leadId}@example.com`)).toHaveLength(1);
      expect(await room.sendAt(leadId, 3)).toMatchObject({ status: 'suppressed' });
      expect(await room.deps.enrollments.get(leadId, 'welcome')).toMatchObject({
        status: 'exited',
        exit: { reason: 'suppressed' },
      });
      expect(await room.dueStep(leadId)).toBeUndefined();
      expect(await room.dueSend(leadId, 3)).toBeUndefined();
    },
  );

  it('I-C1 somebody suppressed, also not with what they asked for before', async () => {
    await room.addLead('no-asset');
    await forbid['suppressed-elsewhere']?.('no-asset');
    await sendRequested(asset('no-asset'), room.deps);
    expect(room.mails('no-asset@example.com')).toHaveLength(0);
    expect(await room.deps.sends.get(asset('no-asset'))).toMatchObject({ status: 'suppressed', reason: 'suppression' });
  });

  it('a row that never had an address', async () => {
    const email = 'row-7@example.invalid';
    await room.addLead('no-mailbox', { email, emailAsTyped: email });
    await sendRequested(asset('no-mailbox'), room.deps);
    expect(room.mails(email)).toHaveLength(0);
    expect(await room.deps.sends.get(asset('no-mailbox'))).toMatchObject({
      status: 'suppressed',
      reason: 'no-mailbox',
    });
  });

  it('nobody at all while the database does not answer: fail closed', async () => {
    await room.addLead('closed');
    const broken: SendDeps = {
      ...room.deps,
      sends: {
        ...room.deps.sends,
        claim: async () => {
          throw new Error('no answer');
        },
      },
    };
    await expect(sendRequested(asset('closed'), broken)).rejects.toThrow('no answer');
    expect(room.mails('closed@example.com')).toHaveLength(0);
  });
});
