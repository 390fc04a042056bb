import { describe, expect, it } from 'vitest';
import type * as z from 'zod';
import { deliver } from '../../../functions/handoff/deliver.ts';
import { postReplay } from '../../../functions/handoff/post-replay.ts';
import { readDeliveries } from '../../../functions/handoff/read-deliveries.ts';
import type { Team } from '../../../functions/handoff/team.ts';
import { tellWebhooks } from '../../../functions/handoff/tell-webhooks.ts';
import type { HandoffChanged } from '../../../functions/leads/bus-event.ts';
import { leadStore } from '../../../functions/leads/lead.store.ts';
import { testTables } from '../../support/dynamodb.ts';
import { aRequest, bodyOf } from '../../support/http.ts';
import { aTeam, monday } from '../../unit/handoff/a-qualified-lead.ts';
import { aHandoff } from '../../unit/handoff/a-told-lead.ts';
import { aReceiver } from './a-receiver.ts';

const { leads: table } = await testTables();
const room = aReceiver(table);
const minuteMs = 60_000;

const read = async (query: string) =>
  bodyOf(await readDeliveries({ params: {}, query: new URLSearchParams(query) }, room)) as {
    deliveries: readonly { id: string; leadId: string; endpoint: string; status: string }[];
    cursor: string | null;
  };
const leadsOf = async (query: string) => (await read(query)).deliveries.map(({ leadId }) => leadId);

/** One after the other, a minute apart: two that arrived, two that did not, one under way. */
await room.addLead('one');
await room.tell('one');
for (const [leadId, endpoint, status] of [
  ['two', 'board', 410],
  ['three', 'crm', 200],
  ['four', 'crm', 410],
  ['five', 'crm', 500],
] as const) {
  room.clock.now += minuteMs;
  room.answer(status);
  await room.tell(await room.addLead(leadId), { endpoint });
}

describe('the log of deliveries', () => {
  it('has the last begun first, of any status or of one, to any endpoint or to one', async () => {
    expect(await leadsOf('')).toEqual(['five', 'four', 'three', 'two', 'one']);
    expect(await leadsOf('status=failed')).toEqual(['four', 'two']);
    expect(await leadsOf('status=pending')).toEqual(['five']);
    expect(await leadsOf('status=failed&endpoint=crm')).toEqual(['four']);
    expect(await leadsOf('endpoint=board')).toEqual(['two']);
    expect(await leadsOf('endpoint=unheard-of')).toEqual([]);
  });

  it('is read page by page, and tells each once', async () => {
    const found: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page = await read(`limit=2&cursor=${cursor}`);
      found.push(...page.deliveries.map(({ leadId }) => leadId));
      cursor = page.cursor;
    }
    expect(found).toEqual(['five', 'four', 'three', 'two', 'one']);
  });

  it('tells what was sent of one of them alone, and nothing of how it is kept', async () => {
    const { deliveries } = await read('status=failed&endpoint=crm');
    expect(deliveries[0]).not.toHaveProperty('body');
    expect(deliveries[0]).not.toHaveProperty('ver');
    const id = deliveries[0]?.id ?? '';
    const one = bodyOf(await readDeliveries({ params: { id }, query: new URLSearchParams() }, room));
    expect(one).toMatchObject({ id, body: { type: 'handoff.assigned' }, attempts: [{ status: 410 }] });
  });

  it.each(['status=lost', 'limit=0', 'limit=1000', 'limit=many'])('does not understand %s', async (query) => {
    await expect(read(query)).rejects.toMatchObject({ status: 400, code: 'bad-query' });
  });

  it.each(['nonsense', '!', 'e30', Buffer.from('2026').toString('base64url')])('gave no cursor %s', async (cursor) => {
    await expect(read(`cursor=${cursor}`)).rejects.toMatchObject({ status: 400, code: 'bad-cursor' });
  });

  it.each(['', 'two', 'two.', 'two.none', 'a.b.c', '../x.y'])('has no %j', async (id) => {
    const asked = readDeliveries({ params: { id }, query: new URLSearchParams() }, room);
    await expect(asked).rejects.toMatchObject({ status: 404, code: 'unknown-delivery' });
  });
});

describe('sending again', () => {
  const post = (id: string, body = '', type = 'application/json') =>
    postReplay(aRequest({ params: { id }, body, headers: { 'content-type': type } }), room.deps);
  const idOf = async (query: string) => (await read(query)).deliveries[0]?.id ?? '';

  it('answers a program with what became of it', async () => {
    room.answer(200);
    const id = await idOf('endpoint=board');
    for (const body of ['', '{}']) expect((await post(id, body)).status).toBe(200);
    expect(bodyOf(await post(id))).toMatchObject({ id, status: 'delivered', replays: 3 });
  });

  it('leads a person back to the list they came from, and nowhere else', async () => {
    const id = await idOf('endpoint=board');
    const backs = ['/deliveries?status=failed&endpoint=crm', 'https://evil.example', '//evil', '/deliveries/../x', ''];
    const answers: unknown[] = [];
    for (const back of backs) {
      const body = new URLSearchParams({ back }).toString();
      const { status, headers } = await post(id, body, 'application/x-www-form-urlencoded');
      answers.push([status, headers?.location]);
    }
    expect(answers).toEqual([
      [303, '/deliveries?status=failed&endpoint=crm'],
      ...Array.from({ length: 4 }, () => [303, '/deliveries']),
    ]);
  });

  it('is not done while it is called by itself, nor of what is not there', async () => {
    const id = await idOf('status=pending');
    await expect(post(id)).rejects.toMatchObject({ status: 409, code: 'under-way' });
    await expect(post('two.none')).rejects.toMatchObject({ status: 404 });
    await expect(post('nonsense', '{}')).rejects.toMatchObject({ status: 404 });
  });
});

describe('a change of a hand-off', () => {
  const told = async (team: Team, change: Partial<z.output<typeof HandoffChanged.detail>> = {}) => {
    const before = room.heard.length;
    const handoff = aHandoff({ leadId: 'one', handoffId: 'one.1' });
    const changed = {
      leadId: 'one',
      cycle: 1,
      what: 'assigned',
      ver: 7,
      at: monday,
      handoff: { ...handoff },
      ...change,
    };
    const deps = { leads: leadStore(table, 'UTC'), baseUrl: 'https://ripen.example', team };
    await tellWebhooks(changed, { ...deps, deliver: (order) => deliver(order, room.deps) });
    return room.heard.slice(before).map(({ body }) => JSON.parse(body).type);
  };
  const team = (...webhooks: Team['webhooks']) => aTeam(5, { webhooks });

  it('is told to whoever wants to know of it, once', async () => {
    room.answer(200);
    const all = { id: 'all', endpoint: 'crm' };
    const deals = team(all, { id: 'deals', endpoint: 'board', changes: ['won', 'lost'] });
    expect(await told(deals)).toEqual(['handoff.assigned']);
    expect(await told(deals)).toEqual([]);
    expect(await told(deals, { what: 'won', ver: 8 })).toEqual(['handoff.won', 'handoff.won']);
    expect(await told(team(), { ver: 9 })).toEqual([]);
  });

  it('is told as often as two webhooks want to know of it, even at one endpoint', async () => {
    const twice = team({ id: 'first', endpoint: 'crm' }, { id: 'second', endpoint: 'crm' });
    expect(await told(twice, { ver: 10 })).toHaveLength(2);
  });

  it('is told of nobody who is not there any more', async () => {
    const all = team({ id: 'all', endpoint: 'crm' });
    expect(await told(all, { handoff: { ...aHandoff({ leadId: 'gone', handoffId: 'gone.1' }) } })).toEqual([]);
  });
});
