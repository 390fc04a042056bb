import { GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import type { EraseDeps } from '../../../functions/consent/erase-lead.ts';
import { leadIdOf } from '../../../functions/leads/lead-id.ts';
import { dueKeys, type Key, key } from '../../../functions/leads/table.ts';
import { visitorStore } from '../../../functions/leads/visitor.store.ts';
import { testTables } from '../../support/dynamodb.ts';
import { anActivity } from '../../support/scoring.ts';
import { aLifeOf, anErasureRoom } from './an-erasure-room.ts';

const { leads: table } = await testTables();
const room = await anErasureRoom(table);
const idOf = (email: string) => leadIdOf(email, 'pepper');
const item = async (Key: Key) =>
  (await table.client.send(new GetCommand({ TableName: table.name, Key, ConsistentRead: true }))).Item;
const put = (Item: Record<string, unknown>) => table.client.send(new PutCommand({ TableName: table.name, Item }));

async function under(leadId: string): Promise<readonly Record<string, unknown>[]> {
  const { Items = [] } = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': key.lead(leadId).pk },
    }),
  );
  return Items;
}

const idOfBrowser = (email: string) => `browser-of-${email.split('@')[0]}`;

async function live(email: string): Promise<void> {
  await room.score(...aLifeOf(email, idOfBrowser(email)));
}

describe('an erased person', () => {
  it('I-E1 leaves a tombstone, a suppression and the figures of the days, exactly as they were', async () => {
    const email = 'ana.one@example.com';
    await room.score(...aLifeOf('stays@example.com', 'browser-that-stays'));
    await live(email);
    const leadId = idOf(email);
    await put({
      ...key.enrollment(leadId, 'welcome'),
      kind: 'enrollment',
      leadId,
      sequence: 'welcome',
      run: 'run-of-ana',
    });
    await put({ ...key.due('step', `${leadId}#welcome`), ...dueKeys('2026-03-11', 'step', leadId), kind: 'due' });
    const before = await room.figures();
    expect(before['2026-03-05']?.total).toEqual({ unsubscribes: 2 });

    expect(await room.erase(leadId)).toEqual({ leadId, erasedAt: '2026-03-10T13:00:00.000Z', complete: true });

    expect(await room.figures()).toEqual(before);
    expect((await under(leadId)).map(({ kind }) => kind).sort()).toEqual(['erased', 'outbox']);
    expect(await item(key.suppression(leadId))).toMatchObject({ reason: 'erasure' });
    expect(await item(key.due('step', `${leadId}#welcome`))).toBeUndefined();
    expect(await item(key.due('score', leadId))).toBeUndefined();
    const text = await room.text();
    for (const trace of [email, idOfBrowser(email), `message-of-${email}`]) expect(text).not.toContain(trace);
    expect(await room.scoring.deps.leads.get(leadId)).toBeNull();
    expect(await room.scoring.deps.leads.known(leadId)).toBe('erased');
  });

  it('whom sales had twice is gone at once: their hand-offs share a clock', async () => {
    const email = 'ana.twice@example.com';
    await live(email);
    const leadId = idOf(email);
    for (const cycle of [1, 2])
      await put({ ...key.handoff(leadId, cycle), kind: 'handoff', leadId, handoffId: `${leadId}.${cycle}` });
    await put({ ...key.due('follow-up', `${leadId}#sql`), ...dueKeys('2026-03-11', 'follow-up', leadId), kind: 'due' });

    expect(await room.erase(leadId)).toMatchObject({ complete: true });

    expect((await under(leadId)).map(({ kind }) => kind).sort()).toEqual(['erased', 'outbox']);
    expect(await item(key.due('follow-up', `${leadId}#sql`))).toBeUndefined();
  });

  it('cannot be told from the rows that stay: neither whose they are, nor which of two days are one person’s', async () => {
    const email = 'ana.rows@example.com';
    const before = new Set((await room.items()).map(({ pk, sk }) => `${pk} ${sk}`));
    await live(email);
    await room.erase(idOf(email));
    const rows = (await room.items()).filter(({ pk, sk }) => !before.has(`${pk} ${sk}`) && String(pk).startsWith('G#'));
    expect(rows.length).toBeGreaterThan(10);
    const text = JSON.stringify(rows);
    for (const trace of [
      idOf(email),
      'activity-',
      'browser-of',
      'message-of',
      'run-of',
      'landingPage',
      'occurredAt',
      'mask',
    ])
      expect(text).not.toContain(trace);
    const days = Map.groupBy(rows, ({ pk }) => pk);
    for (const ofOne of days.values()) expect(new Set(ofOne.map(({ day }) => day)).size).toBe(1);
    expect(await item(key.lead(idOf(email)))).not.toHaveProperty('mask');
  });

  it('I-E2 does not come back: not by what is late, told again, imported or typed by somebody else', async () => {
    const email = 'ana.back@example.com';
    await live(email);
    await room.erase(idOf(email));
    const [items, figures] = [await room.items(), await room.figures()];
    await live(email);
    await room.score(
      anActivity('email.bounced', { source: 'ses', subject: { leadId: idOf(email) } }),
      anActivity('form.submitted', { source: 'import', subject: { email }, attributes: { name: 'Ana Anonymissima' } }),
    );
    const after = await room.items();
    // Their browser is a visitor now like any other.
    const views = after.filter(({ anonymousId }) => anonymousId === `a:${idOfBrowser(email)}`);
    expect(views.map(({ type }) => type)).toEqual(['page.viewed', 'page.viewed', 'page.viewed']);
    expect(after.length).toBe(items.length + views.length);
    expect(await room.scoring.deps.leads.get(idOf(email))).toBeNull();
    expect((await room.figures())['2026-03-03']).toEqual(figures['2026-03-03']);
  });

  it('is found by an address they had before, and all their addresses stay erased', async () => {
    const email = 'ana.moved@example.com';
    await live(email);
    const [leadId, second, third] = [idOf(email), 'ana.second@example.com', 'ana.third@example.com'];
    await room.changeAddress(leadId, second);
    await room.changeAddress(leadId, third);
    await room.score(anActivity('page.viewed', { subject: { email: second, anonymousId: 'browser-of-second' } }));
    await room.score(
      anActivity('visitor.identified', { subject: { email: second, anonymousId: 'browser-of-second' } }),
    );

    expect(await room.erase(idOf(second))).toMatchObject({ leadId, complete: true });

    for (const one of [email, second, third]) {
      expect(await room.scoring.deps.leads.known(idOf(one))).toBe('erased');
      expect(await item(key.suppression(idOf(one)))).toMatchObject({ reason: 'erasure' });
      await room.score(anActivity('form.submitted', { subject: { email: one } }));
      expect((await under(idOf(one))).filter(({ kind }) => kind !== 'outbox')).toMatchObject([{ kind: 'erased' }]);
      expect(await room.text()).not.toContain(one);
    }
    await live('other@example.com');
    await expect(room.changeAddress(idOf('other@example.com'), second)).rejects.toMatchObject({
      code: 'address-erased',
    });
  });

  it('is erased once, however often somebody asks; nobody known is nobody erased', async () => {
    const email = 'ana.twice@example.com';
    await live(email);
    const first = await room.erase(idOf(email));
    const items = await room.items();
    expect(await room.erase(idOf(email))).toEqual(first);
    expect(await room.items()).toEqual(items);
    expect(await room.erase(idOf('nobody@example.com'))).toBeNull();
  });

  it('I-C1 gets no mail after the answer: a message that is on its way is waited for', async () => {
    const email = 'ana.waits@example.com';
    await live(email);
    room.waited.length = 0;
    await room.erase(idOf(email), { ...room.deps, claimedUntil: async () => room.clock.now + 9_000 });
    expect(room.waited).toEqual([9_000]);
  });
});

describe('their browser', () => {
  const view = (visitor: string, at: string) =>
    anActivity('page.viewed', { source: 'tracker', subject: { anonymousId: visitor }, occurredAt: at });

  it('is nobody’s afterwards, and the next person’s from when they say so', async () => {
    const email = 'ana.browser@example.com';
    const visitor = idOfBrowser(email);
    await live(email);
    await room.erase(idOf(email));
    await room.score(view(visitor, '2026-03-02T15:00:00.000Z'), view(visitor, '2026-03-11T15:00:00.000Z'));
    await room.score(
      anActivity('visitor.identified', {
        subject: { email: 'bob@example.com', anonymousId: visitor },
        occurredAt: '2026-03-12T15:00:00.000Z',
      }),
      view(visitor, '2026-03-13T15:00:00.000Z'),
    );
    const history = await room.scoring.deps.leads.history(idOf('bob@example.com'));
    expect(history.map(({ occurredAt }) => occurredAt.slice(0, 10))).toEqual(['2026-03-12', '2026-03-13']);
    expect(JSON.stringify(await room.items())).not.toContain(`"identified":[{"leadId":"${idOf(email)}"`);
  });
});

describe('an erasure that is cut short', () => {
  it('finishes, wherever it stopped, and the figures are those of before', async () => {
    for (let call = 1, ended = false; !ended; call++) {
      const email = `ana.cut${call}@example.com`;
      await live(email);
      const [leadId, before] = [idOf(email), await room.figures()];
      ended = await room.erase(leadId, diesAt(call)).then(
        () => true,
        () => false,
      );
      // Either nothing has happened, or the tombstone stands and something is due that goes on.
      const buried = (await room.scoring.deps.leads.known(leadId)) === 'erased';
      if (buried) expect(await item(key.due('erasure', leadId))).toMatchObject({ detailType: 'ErasureDue' });
      expect(await (buried ? room.look(leadId, 0) : room.erase(leadId))).toBeTruthy();
      expect(await room.figures()).toEqual(before);
      expect((await under(leadId)).map(({ kind }) => kind).sort()).toEqual(['erased', 'outbox']);
      expect(await room.text()).not.toContain(email);
      expect(call).toBeLessThan(60);
    }
  });

  it('goes on with the next page when its time was up', async () => {
    const email = 'ana.late@example.com';
    await live(email);
    const erased = await room.erase(idOf(email), { ...room.deps, hasTime: () => false });
    expect(erased).toMatchObject({ complete: false });
    expect(await item(key.due('erasure', idOf(email)))).toMatchObject({ dueAt: '2026-03-10T13:01:00.000Z' });
    expect(await room.look(idOf(email), 0)).toBe(true);
    expect(await room.text()).not.toContain(email);
  });

  it('looks again until nothing can come any more: what slipped in goes', async () => {
    const email = 'ana.looks@example.com';
    const leadId = idOf(email);
    await live(email);
    await room.erase(leadId);
    const due: unknown[] = [];
    for (let look = 1; look <= 3; look++) {
      due.push((await item(key.due('erasure', leadId)))?.dueAt);
      // Somebody has not looked.
      await put({ ...key.statement(leadId, `late-${look}`), kind: 'statement', attributes: { name: email } });
      await room.look(leadId, look);
      expect((await under(leadId)).map(({ kind }) => kind).sort()).toEqual(['erased', 'outbox']);
    }
    expect(due).toEqual(['2026-03-10T13:15:00.000Z', '2026-03-11T13:00:00.000Z', '2026-03-25T13:00:00.000Z']);
    expect(await item(key.due('erasure', leadId))).toBeUndefined();
  });
});

/** Everything dies at the `last` call to the database, and the caller with it. */
function diesAt(last: number): EraseDeps {
  let calls = 0;
  const client = new Proxy(table.client, {
    get(target, name) {
      if (name !== 'send') return Reflect.get(target, name);
      return (...args: readonly unknown[]) => {
        calls += 1;
        if (calls >= last) throw new Error('the machine has died');
        return Reflect.apply(target.send, target, args);
      };
    },
  });
  return room.depsOn({ ...table, client });
}

it('keeps what a visitor did as long as the account says, and no longer', async () => {
  const visitors = visitorStore(table, 'UTC', 7);
  const occurredAt = '2026-03-10T13:00:00.000Z';
  const seen = { activityId: 'seen-by-somebody', type: 'page.viewed', occurredAt, recordedAt: occurredAt };
  await visitors.keep('a:somebody', { ...seen, source: 'tracker', properties: {}, attributes: {} });
  const stored = await item(key.visitorActivity('a:somebody', seen.activityId));
  expect(stored?.expiresAt).toBe(Date.parse('2026-03-17T13:00:00.000Z') / 1000);
});
