import { PutCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { suppressionStore } from '../../../functions/consent/suppression.store.ts';
import { key, outboxPartitions, sendingSwitchShards, troubleKeys } from '../../../functions/leads/table.ts';
import { snapshotStore } from '../../../functions/metrics/snapshot.store.ts';
import { snapshotOf } from '../../../functions/metrics/snapshot.ts';
import { colleaguesOf } from '../../../functions/nurture/colleague.ts';
import { controlSending } from '../../../functions/nurture/control-sending.ts';
import { messageFateStore } from '../../../functions/nurture/message-fate.store.ts';
import { readSending } from '../../../functions/nurture/read-sending.ts';
import { reconciliationStore } from '../../../functions/nurture/reconciliation.store.ts';
import { reputationStore } from '../../../functions/nurture/reputation.store.ts';
import { recipientId, type Send, SendStatus } from '../../../functions/nurture/send.ts';
import { sendingQuotaStore } from '../../../functions/nurture/sending-quota.store.ts';
import { unused } from '../../../functions/nurture/sending-quota.ts';
import { sendingSwitchStore } from '../../../functions/nurture/sending-switch.store.ts';
import { untouched } from '../../../functions/nurture/sending-switch.ts';
import { silenceStore } from '../../../functions/nurture/silence.store.ts';
import { troubleStore } from '../../../functions/nurture/trouble.store.ts';
import { watchReputation } from '../../../functions/nurture/watch-reputation.ts';
import type { Table } from '../../../functions/runtime/dynamodb.ts';
import { getAll } from '../../../functions/runtime/get-all.ts';
import type { HttpRequest } from '../../../functions/runtime/http.ts';
import { queryAll } from '../../../functions/runtime/query-all.ts';
import { testTables } from '../../support/dynamodb.ts';
import { account } from '../../support/forms.ts';

const { leads, metrics } = await testTables();
const snapshots = snapshotStore(metrics);
const today = '2026-11-20';
let now = Date.parse(`${today}T15:00:00.000Z`);
const team = {
  reps: [
    { name: 'Rita Dias', email: 'Rita@orchard.example' },
    { name: 'Raul', email: 'raul@orchard.example' },
  ],
};
const deps = {
  silences: silenceStore(leads),
  colleagues: colleaguesOf(team, account),
  switches: sendingSwitchStore(leads),
  quotas: sendingQuotaStore(leads),
  trouble: troubleStore(leads),
  fates: messageFateStore(leads, account.timeZone),
  reconciliations: reconciliationStore(leads),
  reputation: reputationStore(metrics),
  account,
  baseUrl: 'https://mail.orchard.example',
  sequences: ['welcome', 'faq'],
  now: () => now,
};

function posted(path: string, body: object | string, params: Record<string, string> = {}): HttpRequest {
  const form = typeof body === 'string';
  return {
    ...{ method: 'POST', path, params, query: new URLSearchParams(), sourceIp: '127.0.0.1', operator: true },
    headers: { 'content-type': form ? 'application/x-www-form-urlencoded' : 'application/json' },
    body: Buffer.from(form ? body : JSON.stringify(body)),
  };
}
const press = (body: object | string) => controlSending(posted('/api/sending', body), deps);
const pressOne = (id: string, what: 'pause' | 'resume', body: object = { reason: 'a typo', author: 'Bea' }) =>
  controlSending(posted(`/api/sequences/${id}/${what}`, body, { id }), deps);

/** Today's figures, as the metrics count them. */
async function count(emailsSent: number, emailsHardBounced: number, emailsComplained = 0): Promise<void> {
  const revision = ((await snapshots.latest(today))?.revision ?? 0) + 1;
  const total = { emailsSent, emailsHardBounced, emailsComplained };
  const counts = { total, byCampaign: [], bySource: [], byRep: [], watermark: null };
  const about = { day: today, timeZone: account.timeZone, revision, closed: false, modelVersion: 'v1' };
  await snapshots.save(snapshotOf(counts, about));
}

async function toldTheTeam(): Promise<readonly Record<string, unknown>[]> {
  const found = await Promise.all(
    outboxPartitions().map((list) =>
      queryAll(leads, {
        IndexName: 'byList',
        KeyConditionExpression: 'listPk = :list',
        ExpressionAttributeValues: { ':list': list },
      }),
    ),
  );
  return found.flat();
}

/** The table of a function that dies when it has written `n` more times. */
function dyingAfter(writes: number, table: Table): Table {
  let left = writes;
  const client = new Proxy(table.client, {
    get: (target, name) =>
      name !== 'send'
        ? Reflect.get(target, name)
        : async (command: object) => {
            const isWrite = command instanceof TransactWriteCommand || command instanceof PutCommand;
            if (isWrite && left-- <= 0) throw new Error('the function is gone');
            return Reflect.apply(target.send, target, [command]);
          },
  });
  return { ...table, client };
}

describe('a press that died half way', () => {
  it('is in force when the next press is answered, although nothing changes by it', async () => {
    const wanted = { pause: 'all', reason: 'a wrong price', author: 'Ana' };
    const { leads: own } = await testTables();
    const copies = async () => {
      const keys = Array.from({ length: sendingSwitchShards }, (_, n) => key.sendingSwitch(n));
      return (await getAll(own, keys)).map(({ paused }) => paused);
    };
    const press = (table: Table) =>
      controlSending(posted('/api/sending', wanted), { ...deps, switches: sendingSwitchStore(table) });
    await expect(press(dyingAfter(3, own))).rejects.toThrow('gone');
    expect((await copies()).length).toBeLessThan(sendingSwitchShards);
    await expect(press(own)).resolves.toMatchObject({ status: 200 });
    expect(await copies()).toEqual(Array(sendingSwitchShards).fill('all'));
  });
});

describe('POST /api/sending', () => {
  it('holds mail back with a reason and a name, and pressing twice is one change', async () => {
    const wanted = { pause: 'marketing', reason: 'a wrong price', author: 'Ana' };
    const view = {
      paused: 'marketing',
      reason: 'a wrong price',
      by: 'Ana',
      at: '2026-11-20T15:00:00.000Z',
      sequences: [],
    };
    for (let press1 = 0; press1 < 2; press1++) {
      const answer = await press(wanted);
      expect([answer.status, JSON.parse(String(answer.body))]).toEqual([200, view]);
    }
    expect((await deps.switches.get()).ver).toBe(1);
  });

  it('takes a person back to the page that shows it', async () => {
    now += 60_000;
    const answer = await press('pause=nothing&reason=mended&author=Ana');
    expect([answer.status, answer.headers?.location]).toEqual([303, '/sending?changed=1']);
    expect(await deps.switches.get()).toMatchObject({ paused: 'nothing', reason: 'mended' });
  });

  it.each([
    [{ pause: 'everything', reason: 'r', author: 'a' }, 'write marketing, all, or nothing, which lets mail go again'],
    [{ pause: 'all', author: 'a' }, 'Write a reason in 1 to 500 characters.'],
    [{ pause: 'all', reason: 'r', author: ' ' }, 'Write who you are in 1 to 200 characters.'],
  ])('says what to mend in %j', async (body, message) => {
    await expect(press(body)).rejects.toMatchObject({ status: 422, message });
  });

  it('takes a person who paused a sequence back to it', async () => {
    const request = posted('/api/sequences/faq/pause', 'reason=a+typo&author=Bea', { id: 'faq' });
    expect((await controlSending(request, deps)).headers?.location).toBe('/sequences/faq?changed=1');
    await pressOne('faq', 'resume');
  });

  it('pauses one sequence and lets it go, and keeps why all mail was paused apart', async () => {
    expect(JSON.parse(String((await pressOne('welcome', 'pause')).body))).toMatchObject({
      ...{ paused: 'nothing', reason: 'mended', sequences: ['welcome'] },
    });
    expect((await deps.switches.changes(1))[0]).toMatchObject({ sequence: 'welcome', by: 'Bea', reason: 'a typo' });
    expect(JSON.parse(String((await pressOne('welcome', 'resume')).body))).toMatchObject({ sequences: [] });
    await expect(pressOne('nobody', 'pause')).rejects.toMatchObject({ status: 404 });
  });
});

describe('a colleague who has stopped our notices', () => {
  it('is listed, masked, and gets them again when somebody says so with a name and a reason', async () => {
    const id = recipientId({ leadId: 'ana', to: { kind: 'team', email: 'rita@orchard.example', name: '' } });
    const at = new Date(now).toISOString();
    const { leads: own } = await testTables();
    const suppressions = suppressionStore(own);
    const ownDeps = { ...deps, silences: silenceStore(own) };
    const press = (body: object) => controlSending(posted('/api/sending', body), ownDeps);
    await suppressions.suppress({ leadId: id, reason: 'unsubscribe', at, causeId: 'pressed', evidence: 'a test' });
    const { silent } = await readSending({ limit: 5 }, ownDeps);
    expect(silent).toEqual([{ id, name: 'Rita Dias', email: 'R•••@orchard.example', at }]);

    const letGo = { colleague: id, author: 'Bea', reason: 'it was a forwarded mail' };
    await expect(press({ ...letGo, reason: '' })).rejects.toMatchObject({ status: 422, path: 'reason' });
    await expect(press({ ...letGo, colleague: 'team-nobody' })).rejects.toMatchObject({ status: 404 });
    for (const _ of ['once', 'again']) await expect(press(letGo)).resolves.toMatchObject({ status: 200 });
    expect(await suppressions.get(id)).toBeNull();
    expect(await readSending({ limit: 5 }, ownDeps)).toMatchObject({ silent: [] });
    const rows = await queryAll(own, {
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
      ExpressionAttributeValues: { ':pk': key.lead(id).pk, ':sk': 'C#' },
    });
    expect(rows.filter(({ kind }) => kind === 'lifted')).toMatchObject([
      { since: at, evidence: 'Bea let their notices go again: it was a forwarded mail' },
    ]);
  });
});

describe('the watch over the reputation', () => {
  it('leaves mail alone while few come back', async () => {
    await count(1_000, 39);
    expect(await watchReputation(deps)).toEqual({ idleUntil: '2026-11-21T15:01:00.000Z' });
    expect((await deps.switches.get()).paused).toBe('nothing');
  });

  it('pauses marketing when too many do, and tells the team, once', async () => {
    await count(1_000, 41);
    for (let run = 0; run < 3; run++) await watchReputation(deps);
    const switched = await deps.switches.get();
    expect(switched).toMatchObject({ paused: 'marketing', by: 'Ripen', reason: 'too many addresses do not exist' });
    const rows = await toldTheTeam();
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      detailType: 'MessageRequested',
      detail: {
        run: `paused-${switched.ver}`,
        template: 'sending-paused',
        to: { kind: 'team', email: account.replyTo },
        data: {
          figures: 'Of 1000 messages in seven days, 41 came back for good (4.1%) and 0 were marked as spam (0%).',
          url: 'https://mail.orchard.example/sending',
        },
      },
    });
  });

  it('does not pause again for what a person knew of, but for what comes after', async () => {
    await press({ pause: 'nothing', reason: 'the list is clean now', author: 'Ana' });
    await watchReputation(deps);
    expect((await deps.switches.get()).paused).toBe('nothing');
    await count(1_060, 44);
    await watchReputation(deps);
    expect((await deps.switches.get()).paused).toBe('marketing');
  });

  it('leaves a pause as a person has made it', async () => {
    await press({ pause: 'all', reason: 'an incident', author: 'Ana' });
    await watchReputation(deps);
    expect(await deps.switches.get()).toMatchObject({ paused: 'all', by: 'Ana' });
  });
});

describe('GET /api/sending', () => {
  it('I-M3 shows what stands, what is left of the day, and every message to look at, newest first', async () => {
    const ses = { maxSendRate: 14, max24HourSend: 50_000, sent24Hour: 12 };
    await deps.quotas.note(await deps.quotas.get(), ses, now);
    for (const status of SendStatus.options) {
      const send = aSend(status, `2026-11-20T14:0${SendStatus.options.indexOf(status)}:00.000Z`);
      const keys = { ...key.send(send.leadId, 'welcome', 'r', 1), ...troubleKeys(send.at, send.leadId) };
      await leads.client.send(new PutCommand({ TableName: leads.name, Item: { ...keys, kind: 'send', ...send } }));
    }
    const view = await readSending({ limit: 50 }, deps);
    expect(view).toMatchObject({
      ...{ paused: 'all', reason: 'an incident', by: 'Ana', sequences: [], warmUp: null, cursor: null },
      quota: { max24Hour: 50_000, sent24Hour: 12, maxSendRate: 14, asOf: '2026-11-20T15:01:00.000Z' },
      reputation: { sent: 60, hardBounces: 3, limits: { bounceRate: 0.04, complaintRate: 0.0008 } },
    });
    expect(view.trouble.map(({ status, leadId }) => [status, leadId])).toEqual([
      ['unconfirmed', 'lead-unconfirmed'],
      ['failed', 'lead-failed'],
    ]);
    expect(view.changes[0]).toMatchObject({ paused: 'all', by: 'Ana' });
  });

  it('shows how a new domain warms up', async () => {
    const sending = { ...account.sending, warmUpFrom: today };
    const view = await readSending({ limit: 1 }, { ...deps, account: { ...account, sending } });
    expect(view.warmUp).toEqual({ day: 1, limit: 50, sent: 0 });
    expect(view.cursor).not.toBeNull();
  });
});

it('is silent before anything has happened', async () => {
  const nothing = {
    switches: { get: async () => untouched, changes: async () => [] },
    quotas: { get: async () => unused },
  };
  const trouble = { list: async () => ({ items: [], cursor: null }) };
  const reputation = { days: async () => [] };
  expect(await readSending({ limit: 50 }, { ...deps, ...nothing, trouble, reputation })).toMatchObject({
    ...{ paused: 'nothing', reason: null, quota: null, warmUp: null, trouble: [], changes: [] },
    reputation: { bounceRate: null },
    feedback: { overdue: 0, oldestSentAt: null, latest: null },
  });
});

function aSend(status: SendStatus, at: string): Send {
  return {
    ...{ leadId: `lead-${status}`, sequence: 'welcome', run: 'r', step: 1, status, template: 'welcome-1', at },
    ...{ purpose: 'marketing', token: 't', leaseUntil: at, attempts: 1, firstAt: at, resent: false },
  };
}
