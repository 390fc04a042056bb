import { afterAll, expect, it } from 'vitest';
import { confirmationStore } from '../../../functions/consent/confirmation.store.ts';
import { suppressionStore } from '../../../functions/consent/suppression.store.ts';
import { unsubscribe } from '../../../functions/consent/unsubscribe.ts';
import type { SuppressionReason } from '../../../functions/leads/lead.ts';
import { endWalks } from '../../../functions/nurture/end-walks.ts';
import { fenceOf } from '../../../functions/nurture/send.ts';
import { type SendDeps, sendRequested } from '../../../functions/nurture/send-message.ts';
import { testTables } from '../../support/dynamodb.ts';
import { aNurtureRoom } from '../nurture/a-nurture-room.ts';

const { leads } = await testTables();
const room = await aNurtureRoom(leads);
afterAll(room.ses.close);

const waits: number[] = [];
const consent = {
  leads: room.deps.leads,
  suppressions: suppressionStore(leads),
  confirmations: confirmationStore(leads),
  endWalks: (leadId: string) => endWalks(leadId, room.deps),
  claimedUntil: async (leadId: string) => Math.max(0, ...(await room.deps.sends.list(leadId)).map(fenceOf)),
  wait: async (ms: number) => {
    waits.push(ms);
    room.advance(ms);
  },
  now: room.deps.now,
};

const now = () => new Date(room.deps.now()).toISOString();
const leave = (leadId: string) =>
  unsubscribe({ leadId, sequence: 'welcome', run: 'activity-1', step: 1 }, 'one-click', consent);

/** The question, asked now of somebody who has said no before. */
const question = (leadId: string) => ({
  ...{ leadId, sequence: 'confirm-newsletter', run: 'activity-2', step: 1, template: 'asset', language: 'en' },
  to: { kind: 'lead' as const },
  data: { asset: { title: 'the question', url: 'https://orchard.example/confirm/token' } },
  policy: 'atLeastOnce' as const,
  despiteUnsubscribeBefore: now(),
});

async function gone(leadId: string, reason: SuppressionReason = 'unsubscribe') {
  await room.addLead(leadId);
  await leave(leadId);
  if (reason !== 'unsubscribe')
    await consent.suppressions.suppress({ leadId, reason, at: now(), causeId: `why-${leadId}`, evidence: 'a test' });
  room.advance(60_000);
}

it('I-C2 the one question reaches who has unsubscribed before, and nothing else does', async () => {
  await gone('curious');
  await sendRequested(question('curious'), room.deps);
  const { despiteUnsubscribeBefore: _, ...other } = question('curious');
  await sendRequested({ ...other, sequence: 'asset-trial' }, room.deps);
  expect(room.mails('curious@example.com').map(({ subject }) => subject)).toEqual(['Here it is: the question']);
});

it('I-C1 it does not reach who has said no once more since, at the very claim', async () => {
  await gone('decided');
  const asked = question('decided');
  room.advance(1000);
  await leave('decided');
  await sendRequested(asked, room.deps);
  expect(room.mails('decided@example.com')).toEqual([]);
  expect(await room.deps.sends.get(asked)).toMatchObject({ status: 'suppressed' });
});

it('I-C1 a no that comes while it is on its way is answered when it can no longer be sent', async () => {
  await gone('racing');
  const asked = question('racing');
  const leaving: SendDeps = {
    ...room.deps,
    emails: async () => {
      room.advance(1000);
      // The claim was granted before, a second ago: the answer waits for the rest of its lease, and for the clocks' difference.
      await leave('racing');
      return room.deps.emails('v1');
    },
  };
  waits.length = 0;
  await sendRequested(asked, leaving);
  expect(waits).toEqual([10_500]);
  expect(room.mails('racing@example.com')).toEqual([]);
  await sendRequested(asked, room.deps);
  expect(room.mails('racing@example.com')).toEqual([]);
});

it.each(['bounce', 'complaint', 'erasure'] as const)(
  'I-C2 it never reaches who is suppressed for %s',
  async (reason) => {
    await gone(`no-${reason}`, reason);
    await sendRequested(question(`no-${reason}`), room.deps);
    expect(room.mails(`no-${reason}@example.com`)).toEqual([]);
  },
);
