import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, describe, expect, it } from 'vitest';
import { followActivity } from '../../../functions/nurture/follow-lead.ts';
import { resolveSend } from '../../../functions/nurture/resolve-send.ts';
import { sendStore } from '../../../functions/nurture/send.store.ts';
import type { StepDeps } from '../../../functions/nurture/send-step.ts';
import type { Table } from '../../../functions/runtime/dynamodb.ts';
import { testTables } from '../../support/dynamodb.ts';
import { aRecorded } from '../../support/nurture.ts';
import { aNurtureRoom } from './a-nurture-room.ts';

const { leads } = await testTables();
const room = await aNurtureRoom(leads);
afterAll(room.ses.close);

const minuteMs = 60_000;
const idOf = (leadId: string) => ({ leadId, sequence: 'welcome', run: 'activity-1', step: 1 });

async function enrolled(leadId: string): Promise<void> {
  await room.addLead(leadId);
  await room.submit(leadId);
}

/** SES takes the message, and the worker dies before it can write that down. */
const dyingAfterSes: StepDeps = {
  ...room.deps,
  sendMail: async (message, raw) => {
    await room.deps.sendMail(message, raw);
    throw new Error('killed');
  },
};

/** The database as seen by a worker whose first transaction takes effect while its answer is lost, so that it is made again. */
function losingTheFirstAnswer(): Table {
  let lost = false;
  const send = async (command: Parameters<Table['client']['send']>[0]) => {
    if (!lost && command instanceof TransactWriteCommand) {
      lost = true;
      await leads.client.send(new TransactWriteCommand({ ...command.input, ClientRequestToken: undefined }));
    }
    return leads.client.send(command);
  };
  return {
    ...leads,
    client: new Proxy(leads.client, { get: (client, name) => (name === 'send' ? send : Reflect.get(client, name)) }),
  };
}

describe('I-M1 a worker that dies between SES and the record', () => {
  it('never causes a second mail; without proof the send is unconfirmed and the walk goes on', async () => {
    await enrolled('killed');
    await expect(room.knock('killed', 1, dyingAfterSes)).rejects.toThrow('killed');
    for (const waitMs of [0, minuteMs, 14 * minuteMs]) {
      room.advance(waitMs);
      await room.knock('killed', 1);
      await resolveSend(idOf('killed'), room.deps);
    }
    expect(await room.sendAt('killed', 1)).toMatchObject({ status: 'claimed' });
    expect(await room.dueSend('killed', 1)).toMatchObject({ detailType: 'SendUnresolved' });

    room.advance(minuteMs);
    await resolveSend(idOf('killed'), room.deps);
    await resolveSend(idOf('killed'), room.deps);
    expect(await room.sendAt('killed', 1)).toMatchObject({ status: 'unconfirmed', reason: 'no-answer' });
    expect(await room.dueSend('killed', 1)).toBeUndefined();
    expect(await room.deps.enrollments.get('killed', 'welcome')).toMatchObject({ status: 'active', step: 3 });
    expect(room.mails('killed@example.com')).toHaveLength(1);
  });

  it('is proved right by SES’s own event, before the horizon or after', async () => {
    for (const [leadId, horizonMs] of [
      ['proved', 0],
      ['proved-late', 16 * minuteMs],
    ] as const) {
      await enrolled(leadId);
      await expect(room.knock(leadId, 1, dyingAfterSes)).rejects.toThrow('killed');
      room.advance(horizonMs);
      await resolveSend(idOf(leadId), room.deps);
      const [mail] = room.mails(`${leadId}@example.com`);
      const properties = { messageId: mail?.messageId ?? '', ...mail?.tags };
      const activity = aRecorded({ activityId: 'sent-1', type: 'email.sent', properties });
      await followActivity({ leadId, activity, quiet: false }, room.follow);
      await followActivity({ leadId, activity, quiet: false }, room.follow);
      expect(await room.sendAt(leadId, 1)).toMatchObject({ status: 'sent', messageId: mail?.messageId });
      expect(await room.deps.enrollments.get(leadId, 'welcome')).toMatchObject({ step: 3 });
    }
  });

  it('is not proved by a message of another claim, or by mail that is not ours', async () => {
    await enrolled('unproved');
    await expect(room.knock('unproved', 1, dyingAfterSes)).rejects.toThrow('killed');
    const [mail] = room.mails('unproved@example.com');
    for (const properties of [{ messageId: 'm', ...mail?.tags, send: 'token-of-somebody' }, { messageId: 'm' }]) {
      const activity = aRecorded({ type: 'email.sent', properties });
      await followActivity({ leadId: 'unproved', activity, quiet: false }, room.follow);
    }
    expect(await room.sendAt('unproved', 1)).toMatchObject({ status: 'claimed' });
  });
});

describe('an answer that is lost', () => {
  it('from SES leaves the send claimed, not tried again', async () => {
    await enrolled('reset');
    const reset: StepDeps = {
      ...room.deps,
      sendMail: async (message, raw) => {
        await room.deps.sendMail(message, raw);
        return { outcome: 'unknown', reason: 'ECONNRESET' };
      },
    };
    await room.knock('reset', 1, reset);
    room.advance(minuteMs);
    await room.knock('reset', 1);
    expect(await room.sendAt('reset', 1)).toMatchObject({ status: 'claimed', reason: 'ECONNRESET' });
    expect(room.mails('reset@example.com')).toHaveLength(1);
  });

  it('from the database leaves our claim ours: the mail goes, once', async () => {
    await enrolled('lost-answer');
    await room.knock('lost-answer', 1, { ...room.deps, sends: sendStore(losingTheFirstAnswer(), 'America/Sao_Paulo') });
    await room.knock('lost-answer', 1);
    expect(await room.sendAt('lost-answer', 1)).toMatchObject({ status: 'sent' });
    expect(room.mails('lost-answer@example.com')).toHaveLength(1);
  });
});

describe('what provably was not sent', () => {
  it('I-M2 is tried again later, and arrives once', async () => {
    await enrolled('throttled');
    const throttled: StepDeps = {
      ...room.deps,
      sendMail: async () => ({ outcome: 'not-sent', reason: 'Throttling' }),
    };
    await room.knock('throttled', 1, throttled);
    expect(await room.sendAt('throttled', 1)).toMatchObject({ status: 'retry', reason: 'Throttling' });
    expect(await room.dueSend('throttled', 1)).toMatchObject({ detailType: 'StepDue' });
    await room.knock('throttled', 1);
    expect(room.mails('throttled@example.com')).toHaveLength(0);

    room.advance(minuteMs);
    await room.knock('throttled', 1);
    await room.knock('throttled', 1);
    expect(room.mails('throttled@example.com')).toHaveLength(1);
    expect(await room.sendAt('throttled', 1)).toMatchObject({ status: 'sent', attempts: 2 });
    expect(await room.dueSend('throttled', 1)).toBeUndefined();
  });

  it('is called off when the walk ends in the meantime', async () => {
    await enrolled('called-off');
    await room.knock('called-off', 1, {
      ...room.deps,
      sendMail: async () => ({ outcome: 'not-sent', reason: 'Throttling' }),
    });
    await followActivity(
      { leadId: 'called-off', activity: aRecorded({ type: 'deal.won' }), quiet: false },
      room.follow,
    );
    room.advance(minuteMs);
    await room.knock('called-off', 1);
    expect(await room.sendAt('called-off', 1)).toMatchObject({ status: 'cancelled' });
    expect(await room.dueSend('called-off', 1)).toBeUndefined();
    expect(room.mails('called-off@example.com')).toHaveLength(0);
  });

  it('Q18 for good is failed, and the walk goes on', async () => {
    await enrolled('rejected');
    await room.knock('rejected', 1, {
      ...room.deps,
      sendMail: async () => ({ outcome: 'refused', reason: 'MessageRejected' }),
    });
    expect(await room.sendAt('rejected', 1)).toMatchObject({ status: 'failed', reason: 'MessageRejected' });
    expect(await room.deps.enrollments.get('rejected', 'welcome')).toMatchObject({ step: 3 });
  });

  it('Q18 because its template cannot be rendered is failed, and the walk goes on', async () => {
    await enrolled('untemplated');
    await room.knock('untemplated', 1, { ...room.deps, emails: async () => [] });
    expect(await room.sendAt('untemplated', 1)).toMatchObject({ status: 'failed', reason: 'template' });
    expect(await room.deps.enrollments.get('untemplated', 'welcome')).toMatchObject({ step: 3 });
  });
});

it('I-C1 a worker that paused too long after its claim lets go instead of sending', async () => {
  await enrolled('paused');
  const pausing: StepDeps = {
    ...room.deps,
    emails: async () => {
      room.advance(3_001);
      return room.deps.emails('v1');
    },
  };
  await room.knock('paused', 1, pausing);
  expect(room.mails('paused@example.com')).toHaveLength(0);
  expect(await room.sendAt('paused', 1)).toMatchObject({ status: 'retry', reason: 'lease-too-short' });
  await room.knock('paused', 1);
  expect(room.mails('paused@example.com')).toHaveLength(1);
});
