import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, describe, expect, it } from 'vitest';
import { answerUnsubscribe } from '../../../functions/consent/answer-unsubscribe.ts';
import { confirmationStore } from '../../../functions/consent/confirmation.store.ts';
import { suppressionStore } from '../../../functions/consent/suppression.store.ts';
import { unsubscribeToken } from '../../../functions/consent/unsubscribe-link.ts';
import { key } from '../../../functions/leads/table.ts';
import { endWalks } from '../../../functions/nurture/end-walks.ts';
import { fenceOf } from '../../../functions/nurture/send.ts';
import type { StepDeps } from '../../../functions/nurture/send-step.ts';
import { testTables } from '../../support/dynamodb.ts';
import { aRequest } from '../../support/http.ts';
import { dayMs } from '../../support/nurture.ts';
import { aNurtureRoom, keys } from '../nurture/a-nurture-room.ts';

const { leads } = await testTables();
const room = await aNurtureRoom(leads);
afterAll(room.ses.close);

const waits: number[] = [];
const deps = {
  leads: room.deps.leads,
  suppressions: suppressionStore(leads),
  confirmations: confirmationStore(leads),
  endWalks: (leadId: string) => endWalks(leadId, room.deps),
  claimedUntil: async (leadId: string) => Math.max(0, ...(await room.deps.sends.list(leadId)).map(fenceOf)),
  linkKeys: async () => keys,
  language: 'en',
  wait: async (ms: number) => {
    waits.push(ms);
    room.advance(ms);
  },
  now: room.deps.now,
};

const tokenOf = (leadId: string) => unsubscribeToken({ leadId, sequence: 'welcome', run: 'activity-1', step: 1 }, keys);
const ask = (method: string, token: string, body = '', headers = {}) =>
  answerUnsubscribe(aRequest({ method, params: { token }, body, headers }), deps);
const oneClick = (leadId: string) => ask('POST', tokenOf(leadId), 'List-Unsubscribe=One-Click');

async function rows(leadId: string, prefix: string): Promise<readonly Record<string, unknown>[]> {
  const { Items = [] } = await leads.client.send(
    new QueryCommand({
      TableName: leads.name,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':pk': key.lead(leadId).pk, ':prefix': prefix },
    }),
  );
  return Items;
}

async function walking(leadId: string): Promise<void> {
  await room.addLead(leadId);
  await room.submit(leadId);
  await room.knock(leadId, 1);
}

describe('one click (RFC 8058)', () => {
  it('I-C1 stops everything before the answer: suppressed, revoked, walk ended, no e-mail after it', async () => {
    await walking('clicker');
    const before = await room.deps.leads.get('clicker');
    const answer = await oneClick('clicker');
    expect(answer.status).toBe(200);
    expect(answer.headers).not.toHaveProperty('location');
    expect(answer.headers).not.toHaveProperty('set-cookie');

    const at = '2026-03-02T09:00:00.000Z';
    expect(await deps.suppressions.get('clicker')).toEqual({ reason: 'unsubscribe', at });
    expect(await room.deps.leads.get('clicker')).toMatchObject({
      ver: (before?.ver ?? 0) + 1,
      suppressed: { reason: 'unsubscribe', at },
      consent: { marketing: { status: 'revoked', at } },
    });
    expect(await room.deps.enrollments.get('clicker', 'welcome')).toMatchObject({ exit: { reason: 'suppressed' } });
    room.advance(2 * dayMs);
    await room.knock('clicker', 3);
    expect(room.mails('clicker@example.com')).toHaveLength(1);
  });

  it('I-C5 keeps the evidence and tells the bus, once however often the link is used', async () => {
    await walking('twice');
    await oneClick('twice');
    const [lead, told] = [await room.deps.leads.get('twice'), await rows('twice', 'O#')];
    room.advance(60_000);
    await oneClick('twice');
    await ask('POST', tokenOf('twice'));
    expect(await room.deps.leads.get('twice')).toEqual(lead);
    expect(await rows('twice', 'O#')).toEqual(told);
    expect(told.map(({ detailType }) => detailType)).toEqual(['LeadSuppressed', 'ActivityCaptured']);
    expect(told[1]).toMatchObject({ detail: { type: 'email.unsubscribed', subject: { leadId: 'twice' } } });
    expect(await rows('twice', 'C#')).toMatchObject([
      {
        purpose: 'marketing',
        status: 'revoked',
        evidence: 'unsubscribed by one-click from welcome, run activity-1, step 1',
      },
      { kind: 'suppressed', reason: 'unsubscribe' },
    ]);
  });

  it('stops the notices to a colleague, and tells of no lead who unsubscribed', async () => {
    const colleague = 'team-abcdefgh';
    expect((await ask('GET', tokenOf(colleague))).body).toContain('nobody tells you of a hot lead');
    await oneClick(colleague);
    expect(await deps.suppressions.get(colleague)).toMatchObject({ reason: 'unsubscribe' });
    const told = await rows(colleague, 'O#');
    expect(told.map(({ detailType }) => detailType)).not.toContain('ActivityCaptured');
  });

  it('works with the multipart body some providers send', async () => {
    await walking('multipart');
    const body = '--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n';
    expect((await ask('POST', tokenOf('multipart'), body)).status).toBe(200);
    expect((await rows('multipart', 'C#'))[0]?.evidence).toContain('by one-click');
  });

  it('I-C1 waits for a message that is on its way, until its worker can no longer send it', async () => {
    await room.addLead('racing');
    await room.submit('racing');
    const unsubscribing: StepDeps = {
      ...room.deps,
      emails: async () => {
        // The person unsubscribes while the worker renders: its claim was granted before.
        expect((await oneClick('racing')).status).toBe(200);
        return room.deps.emails('v1');
      },
    };
    waits.length = 0;
    await room.knock('racing', 1, unsubscribing);
    expect(waits).toEqual([11_500]);
    expect(room.mails('racing@example.com')).toHaveLength(0);
    // The released claim is refused for good at the next try.
    await room.knock('racing', 1);
    expect(await room.sendAt('racing', 1)).toMatchObject({ status: 'cancelled' });
    expect(room.mails('racing@example.com')).toHaveLength(0);
  });

  it('I-C4 works for somebody who is not known any more', async () => {
    expect((await oneClick('erased')).status).toBe(200);
    expect(await deps.suppressions.get('erased')).toMatchObject({ reason: 'unsubscribe' });
    expect(await room.deps.leads.get('erased')).toBeNull();
  });
});

describe('the page', () => {
  it('I-C4 changes nothing when it is looked at: scanners follow every link', async () => {
    await walking('looker');
    const before = await rows('looker', '');
    for (const method of ['GET', 'HEAD']) {
      const answer = await ask(method, tokenOf('looker'));
      expect(answer).toMatchObject({
        status: 200,
        headers: { 'x-robots-tag': 'noindex', 'cache-control': 'no-store' },
      });
      expect(answer.body).toContain('l•••@example.com');
      expect(answer.body).toContain('<form method="post">');
    }
    expect(await rows('looker', '')).toEqual(before);
    expect(await deps.suppressions.get('looker')).toBeNull();
  });

  it('unsubscribes with its button, in the reader’s language', async () => {
    await walking('button');
    const answer = await ask('POST', tokenOf('button'), '', { 'accept-language': 'pt-BR' });
    expect(answer.body).toContain('Inscrição cancelada');
    expect((await rows('button', 'C#'))[0]?.evidence).toContain('by page');
  });

  it('I-W1 is one and the same for every link we did not make', async () => {
    const good = tokenOf('looker');
    const bad = [
      '',
      'x',
      `${good}x`,
      good.slice(1),
      unsubscribeToken({ leadId: 'looker', sequence: 's', run: 'r', step: 1 }, { current: 'k1', k1: 'another' }),
    ];
    const answers = await Promise.all(bad.flatMap((token) => [ask('GET', token), ask('POST', token)]));
    expect(new Set(answers.map(({ status, body }) => `${status} ${body}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(404);
  });
});
