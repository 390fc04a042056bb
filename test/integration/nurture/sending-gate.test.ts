import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { key } from '../../../functions/leads/table.ts';
import type { Message } from '../../../functions/nurture/message.ts';
import { type Admission, sendingGate } from '../../../functions/nurture/sending-gate.ts';
import { sendingQuotaStore } from '../../../functions/nurture/sending-quota.store.ts';
import type { SesQuota } from '../../../functions/nurture/sending-quota.ts';
import { pause, untouched } from '../../../functions/nurture/sending-switch.ts';
import { sesSender } from '../../../functions/nurture/ses.ts';
import { sesQuota } from '../../../functions/nurture/ses-quota.ts';
import { testTables } from '../../support/dynamodb.ts';
import { aRawMail, aSes, start } from '../local/a-ses.ts';
import { someWorkers } from './some-workers.ts';

const { leads } = await testTables({ stream: false });
const forget = () => leads.client.send(new DeleteCommand({ TableName: leads.name, Key: key.sendingQuota() }));
afterEach(forget);

const dayMs = 24 * 60 * 60_000;
const generous: SesQuota = { maxSendRate: 14, max24HourSend: 50_000, sent24Hour: 0 };

function gateFor(
  workers: ReturnType<typeof someWorkers>,
  readSesQuota: () => Promise<SesQuota>,
  given: Partial<Parameters<typeof sendingGate>[0]> = {},
) {
  return sendingGate({
    quotas: sendingQuotaStore(leads),
    switches: { get: async () => untouched },
    readSesQuota,
    timeZone: 'UTC',
    warmUpFrom: undefined,
    now: workers.now,
    pause: workers.pause,
    ...given,
  });
}

/** The most of these instants that lie in any window of this length. */
function most(instants: readonly number[], windowMs: number): number {
  const sorted = instants.toSorted((a, b) => a - b);
  return Math.max(0, ...sorted.map((from) => sorted.filter((at) => at >= from && at < from + windowMs).length));
}

describe('I-M5 several workers', () => {
  it('never send more in a second than SES takes, however they stall', async () => {
    const stalls = fc.infiniteStream(fc.oneof({ weight: 8, arbitrary: fc.nat(40) }, fc.nat(900)));
    const property = fc.asyncProperty(
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 5 }),
      stalls,
      async (maxSendRate, count, delays) => {
        await forget();
        const workers = someWorkers(start, () => delays.next().value ?? 0);
        const sent: number[] = [];
        await workers.run(count, async () => {
          const gate = gateFor(workers, async () => ({ ...generous, maxSendRate }));
          for (let n = 0; n < 8; n++) if ((await gate.admit('marketing')).outcome === 'go') sent.push(workers.now());
        });
        expect(sent.length).toBeGreaterThan(0);
        expect(most(sent, 1_000)).toBeLessThanOrEqual(maxSendRate);
      },
    );
    await fc.assert(property, { numRuns: 25 });
  }, 60_000);

  it('use the rate they have: a minute of production quota is more than six hundred messages', async () => {
    const workers = someWorkers(start);
    let sent = 0;
    await workers.run(3, async () => {
      const gate = gateFor(workers, async () => generous);
      while (workers.now() < start + 60_000) if ((await gate.admit('marketing')).outcome === 'go') sent += 1;
    });
    expect(sent).toBeGreaterThan(600);
    expect(sent).toBeLessThanOrEqual(14 * 60);
  }, 60_000);

  it('stop at the day’s quota, keep its last tenth for what somebody waits for, and go on a day later', async () => {
    const workers = someWorkers(start);
    const quota = { maxSendRate: 50, max24HourSend: 40, sent24Hour: 0 };
    const outcomes: Admission[] = [];
    const wish = (purpose: 'marketing' | 'transactional', times: number) =>
      workers.run(4, async () => {
        const gate = gateFor(workers, async () => quota);
        for (let n = 0; n < times; n++) outcomes.push(await gate.admit(purpose));
      });
    await wish('marketing', 15);
    expect(outcomes.filter(({ outcome }) => outcome === 'go')).toHaveLength(36);
    expect(outcomes.find(({ outcome }) => outcome === 'later')).toMatchObject({ because: 'daily-quota' });
    await wish('transactional', 5);
    expect(outcomes.filter(({ outcome }) => outcome === 'go')).toHaveLength(40);
    const later = outcomes.findLast((one) => one.outcome === 'later');
    if (later?.outcome !== 'later') throw new Error('the quota is used up');
    expect(later.at).toBeGreaterThanOrEqual(start + dayMs);
    workers.advance(later.at - workers.now());
    await wish('transactional', 1);
    expect(outcomes.slice(-4)).toEqual(Array(4).fill({ outcome: 'go' }));
  });
});

describe('the gate', () => {
  it('serves many workers at the same moment, and none of them has to come again', async () => {
    const workers = someWorkers(start);
    const outcomes: Admission[] = [];
    await workers.run(40, async () => {
      const gate = gateFor(workers, async () => ({ ...generous, maxSendRate: 200 }));
      for (let n = 0; n < 3; n++) outcomes.push(await gate.admit('marketing'));
    });
    expect(outcomes).toEqual(Array(120).fill({ outcome: 'go' }));
    expect((await sendingQuotaStore(leads).get()).sinceRead).toBe(120);
  });

  it('lets a message wait rather than a worker, when its slot is far', async () => {
    const workers = someWorkers(start);
    const outcomes: Admission[] = [];
    await workers.run(6, async () => {
      outcomes.push(await gateFor(workers, async () => ({ ...generous, maxSendRate: 1 })).admit('marketing'));
    });
    expect(outcomes.filter(({ outcome }) => outcome === 'go')).toHaveLength(3);
    expect(outcomes.filter((one) => one.outcome === 'later').map((one) => one.because)).toEqual(Array(3).fill('rate'));
  });

  it('takes no slots while mail is paused', async () => {
    const workers = someWorkers(start);
    const decision = { reason: 'a wrong price', by: 'Ana', now: start };
    const stopped = (paused: 'marketing' | 'all') =>
      gateFor(workers, async () => generous, {
        switches: { get: async () => pause(untouched, paused, decision).after },
      });
    const later = { outcome: 'later', at: start + 5 * 60_000, because: 'paused' };
    expect(await stopped('marketing').admit('marketing')).toEqual(later);
    expect(await stopped('marketing').admit('transactional')).toEqual({ outcome: 'go' });
    expect(await stopped('all').admit('team')).toEqual(later);
  });

  it('fails closed for marketing when SES does not say what it takes, and asks it twice a minute, not at every message', async () => {
    const workers = someWorkers(start);
    let asked = 0;
    const gate = gateFor(workers, async () => {
      asked += 1;
      throw new Error('Throttling');
    });
    const later = { outcome: 'later', at: start + 5 * 60_000, because: 'daily-quota' };
    for (let n = 0; n < 5; n++) expect(await gate.admit('marketing')).toEqual(later);
    expect(await gate.admit('transactional')).toEqual({ outcome: 'go' });
    expect(asked).toBe(1);
    workers.advance(30_000);
    await gate.admit('marketing');
    expect(asked).toBe(2);
  });

  it('asks SES once in ten minutes, whoever asks first', async () => {
    const workers = someWorkers(start);
    let asked = 0;
    const ask = async () => {
      asked += 1;
      return generous;
    };
    const [a, b] = [gateFor(workers, ask), gateFor(workers, ask)];
    for (const gate of [a, b, a, b]) await gate.admit('marketing');
    expect(asked).toBe(1);
    workers.advance(10 * 60_000);
    for (const gate of [a, b, a]) await gate.admit('marketing');
    expect(asked).toBe(2);
  });

  it('warms a new domain up by the account’s own days', async () => {
    const workers = someWorkers(start);
    const gate = gateFor(workers, async () => generous, { warmUpFrom: '2026-03-02', timeZone: 'America/Sao_Paulo' });
    const outcomes: Admission[] = [];
    await workers.run(1, async () => {
      for (let n = 0; n < 51; n++) outcomes.push(await gate.admit('marketing'));
    });
    expect(outcomes.filter(({ outcome }) => outcome === 'go')).toHaveLength(50);
    const midnight = Date.parse('2026-03-03T03:00:00.000Z');
    expect(outcomes.at(-1)).toEqual({ outcome: 'later', at: midnight, because: 'warm-up' });
  });
});

it('fault 8: a campaign against a small quota of SES loses nothing, doubles nothing, and is never throttled', async () => {
  const quota = { maxSendRate: 5, max24HourSend: 30 };
  const ses = await aSes({ quota });
  const workers = someWorkers(start, undefined, ses.wait);
  const sendMail = sesSender({ tracked: 'ripen', untracked: 'ripen' }, ses.client);
  const waiting = Array.from({ length: 60 }, (_, n) => ({ to: `lead-${n}@example.com`, notBefore: start }));
  const refused: string[] = [];
  const work = async () => {
    const gate = gateFor(workers, sesQuota(ses.client));
    for (;;) {
      const next = waiting.findIndex(({ notBefore }) => notBefore <= workers.now());
      const [mail] = next < 0 ? [] : waiting.splice(next, 1);
      if (!mail) return;
      const admission = await gate.admit('transactional');
      if (admission.outcome === 'later')
        waiting.push({ ...mail, notBefore: Math.max(admission.at, workers.now() + 1) });
      else {
        const message: Message = messageTo(mail.to);
        const outcome = await sendMail(message, await aRawMail({ to: mail.to }));
        if (outcome.outcome !== 'accepted') refused.push(outcome.outcome);
      }
    }
  };
  for (let knock = 0; waiting.length > 0 && knock < 200; knock++) {
    await workers.run(3, work);
    const earliest = Math.min(...waiting.map(({ notBefore }) => notBefore));
    if (waiting.length > 0) workers.advance(Math.max(0, earliest - workers.now()));
  }
  const accepted = ses.ses.inbox.list({ limit: 100 });
  await ses.close();
  expect(refused).toEqual([]);
  expect(new Set(accepted.flatMap(({ to }) => to)).size).toBe(60);
  expect(accepted).toHaveLength(60);
  const instants = accepted.map(({ acceptedAt }) => Date.parse(acceptedAt));
  expect(most(instants, 1_000)).toBeLessThanOrEqual(quota.maxSendRate);
  expect(most(instants, dayMs)).toBeLessThanOrEqual(quota.max24HourSend);
}, 60_000);

function messageTo(address: string): Message {
  return {
    ...{ subject: 'Hello', html: '<p>Hello</p>', text: 'Hello', replyTo: 'hello@ripen.example' },
    from: { name: 'Ripen', address: 'hello@ripen.example' },
    to: { name: '', address },
    unsubscribeUrl: 'https://ripen.example/u/token',
    tracked: true,
    tags: {},
  };
}
