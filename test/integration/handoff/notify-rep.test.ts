import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { type DeliverDeps, deliver } from '../../../functions/handoff/deliver.ts';
import { deliveryStore } from '../../../functions/handoff/delivery.store.ts';
import { type NoticeOrder, notifyReps } from '../../../functions/handoff/notify-rep.ts';
import type { Team } from '../../../functions/handoff/team.ts';
import { type LostCall, tellInstead } from '../../../functions/handoff/tell-instead.ts';
import { telling } from '../../../functions/handoff/telling.ts';
import { HandoffChanged, MessageRequested } from '../../../functions/leads/bus-event.ts';
import { colleagueId } from '../../../functions/leads/colleague-id.ts';
import { key } from '../../../functions/leads/table.ts';
import { testTables } from '../../support/dynamodb.ts';
import { testLinkKeys } from '../../support/link-keys.ts';
import { aTeam } from '../../unit/handoff/a-qualified-lead.ts';
import { textsIn } from '../../unit/handoff/a-told-lead.ts';
import { aSalesRoom } from './a-sales-room.ts';

const { leads: table } = await testTables();

const account = {
  ...{ name: 'Orchard', language: 'en', timeZone: 'America/Sao_Paulo' },
  ...{ replyTo: 'hello@orchard.example', senderName: 'Clara' },
};

let run = 0;
let leadId = '';
beforeEach(() => {
  leadId = `told${'abcdefghijklmnopqrstuvwxyz'[run++]}`;
});

/** Ana and her colleagues on a database, with what they are told kept instead of sent. */
function room(team: Team = aTeam(1)) {
  const sales = aSalesRoom(table, team);
  const asked: { readonly detailType: string; readonly detail: unknown }[] = [];
  const orders: NoticeOrder[] = [];
  const deps = {
    ...telling({
      ...{ table, team, account, baseUrl: 'https://ripen.example', now: () => sales.clock.now },
      linkKeys: async () => testLinkKeys,
      publish: async (events) => void asked.push(...events),
    }),
    deliver: async (order: NoticeOrder) => void orders.push(order),
  };
  async function changes() {
    const rows = await sales.outbox(leadId, 'HandoffChanged');
    return rows.map(({ detail }) => HandoffChanged.detail.parse(detail)).sort((a, b) => a.ver - b.ver);
  }

  return {
    ...{ sales, deps, orders },
    /** The e-mails that were asked for, each once however often. */
    mails() {
      const details = asked.map(({ detail }) => MessageRequested.detail.parse(detail));
      const named = details.map((mail) => [[mail.leadId, mail.sequence, mail.run, mail.step].join(' '), mail] as const);
      return [...new Map(named).values()];
    },
    changes,
    async notifyOf(what: string) {
      const change = (await changes()).findLast((each) => each.what === what);
      if (!change) throw new Error(`nothing was ${what}`);
      return notifyReps(change, deps);
    },
  };
}

async function silence(email: string): Promise<void> {
  const id = colleagueId(email);
  const Item = {
    ...key.suppression(id),
    kind: 'suppression',
    leadId: id,
    reason: 'unsubscribe',
    at: '2026-03-01T00:00:00.000Z',
  };
  await table.client.send(new PutCommand({ TableName: table.name, Item }));
}

function by(kind: 'slack' | 'teams' | 'webhook'): Team {
  const [ana] = aTeam(1).reps;
  if (!ana) throw new Error('Ana sells');
  return aTeam(1, { reps: [{ ...ana, channel: { kind, endpoint: `sales-${kind}` } }] });
}

describe('telling a rep of their lead', () => {
  it('sends one e-mail with everything, however often it is announced', async () => {
    const { sales, mails, notifyOf } = room();
    await sales.handOff(await sales.add({ leadId }));
    expect(await notifyOf('assigned')).toBe('told');
    expect(await notifyOf('assigned')).toBe('told');
    expect(mails()).toMatchObject([
      {
        ...{ leadId, sequence: 'handoff', run: '1', step: 1, template: 'hot-lead', language: 'en' },
        to: { kind: 'team', email: 'ana@orchard.example', name: 'ana' },
        data: {
          ...{ name: 'Maria Prado', why: expect.stringContaining('55 points'), doNotEmail: false },
          acceptUrl: expect.stringMatching(/^https:\/\/ripen\.example\/h\/[\w-]+\.[\w-]+#accept$/),
        },
      },
    ]);
  });

  it.each(['slack', 'teams', 'webhook'] as const)('calls %s once, in the shape it takes', async (kind) => {
    const { sales, mails, orders, notifyOf } = room(by(kind));
    await sales.handOff(await sales.add({ leadId }));
    await notifyOf('assigned');
    await notifyOf('assigned');
    expect(mails()).toEqual([]);
    const [first, second] = orders;
    // The same order is the same call.
    expect(second).toEqual(first);
    expect(first).toMatchObject({
      ...{
        leadId,
        handoffId: `${leadId}.1`,
        endpoint: `sales-${kind}`,
        kind,
        purpose: 'notification',
        what: 'hot-lead',
      },
    });
    expect(textsIn(JSON.parse(first?.body ?? '')).join(' ')).toContain('Maria Prado');
  });

  /** Whose turn it is depends on the leads before. */
  const other = (rep: string | null) => (rep === 'ana' ? 'bruno' : 'ana');

  it('tells who has it next, who had it before, and at last the manager, and nobody too late', async () => {
    const { sales, mails, notifyOf, changes, deps } = room(aTeam(2));
    await sales.handOff(await sales.add({ leadId }));
    const [announced] = await changes();
    const { rep } = await sales.handoff(leadId);
    sales.clock.now += 31 * 60_000;
    await sales.knock(leadId);
    await notifyOf('assigned');
    // What was announced before that comes after it.
    expect(announced && (await notifyReps(announced, deps))).toBe('nobody');
    sales.clock.now += 31 * 60_000;
    await sales.knock(leadId);
    await notifyOf('assigned');
    expect(mails().map(({ to, template, data }) => [to.kind === 'team' && to.name, template, data.headline])).toEqual([
      [other(rep), 'hot-lead', undefined],
      [rep, 'handoff-news', `Maria Prado was not accepted in time, and is with ${other(rep)} now.`],
      ['Marta', 'hot-lead', undefined],
      [other(rep), 'handoff-news', 'Maria Prado was not accepted in time, and is with Marta now.'],
    ]);
    expect(mails()[2]?.data.intro).toContain('nobody accepted this lead in time');
  });

  it('tells who was told that somebody else was faster', async () => {
    const { sales, mails, notifyOf } = room(aTeam(2));
    await sales.handOff(await sales.add({ leadId }));
    const { rep } = await sales.handoff(leadId);
    await sales.answer(leadId, { answer: 'accept' }, other(rep));
    await notifyOf('accepted');
    const headline = `${other(rep)} has accepted Maria Prado: you need not.`;
    expect(mails()).toMatchObject([{ to: { name: rep }, template: 'handoff-news', data: { headline } }]);
  });

  it('tells what a lead did to who has them by now, and to nobody once it is over', async () => {
    const { sales, mails, notifyOf, deps } = room(aTeam(2));
    await sales.handOff(await sales.add({ leadId }));
    const handoff = await sales.handoff(leadId);
    const note = { kind: 'appointment-cancelled', activityId: 'a', at: handoff.qualifiedAt } as const;
    const noted = { leadId, cycle: 1, what: 'noted', ver: 2, at: note.at, handoff: { ...handoff, notes: [note] } };
    await sales.answer(leadId, { answer: 'accept' }, other(handoff.rep));
    expect(await notifyReps(HandoffChanged.detail.parse(noted), deps)).toBe('told');
    expect(mails()).toMatchObject([
      { to: { name: other(handoff.rep) }, data: { headline: 'Maria Prado has cancelled the appointment.' } },
    ]);
    await sales.answer(leadId, { answer: 'recycled' });
    expect(await notifyReps(HandoffChanged.detail.parse({ ...noted, ver: 3 }), deps)).toBe('nobody');
    expect(await notifyOf('recycled')).toBe('nobody');
  });

  it('tells the manager when a rep has stopped our e-mails, and only then', async () => {
    const { sales, mails, notifyOf } = room(
      aTeam(1, { reps: [{ id: 'rui', name: 'Rui', email: 'rui@orchard.example' }] }),
    );
    await sales.handOff(await sales.add({ leadId }));
    await silence('rui@orchard.example');
    await notifyOf('assigned');
    await notifyOf('assigned');
    expect(mails()).toMatchObject([
      {
        ...{ leadId, template: 'channel-broken', to: { email: 'marta@orchard.example' } },
        data: { headline: 'Rui has a lead and does not know it', url: expect.stringContaining('/h/') },
      },
    ]);
  });

  it('tells nobody of a lead who was erased', async () => {
    const { sales, mails, orders, notifyOf } = room();
    await sales.handOff(await sales.add({ leadId }));
    await table.client.send(new PutCommand({ TableName: table.name, Item: { ...key.lead(leadId), kind: 'erased' } }));
    expect(await notifyOf('assigned')).toBe('unknown-lead');
    expect([...mails(), ...orders]).toEqual([]);
  });
});

describe('a channel that does not work', () => {
  const lost = (given: Partial<LostCall> = {}): LostCall => ({
    ...{
      deliveryId: 'd1',
      handoffId: `${leadId}.1`,
      endpoint: 'sales-slack',
      purpose: 'notification',
      what: 'hot-lead',
    },
    attempts: [{ error: 'timeout' }, { status: 404 }],
    ...given,
  });

  it('brings the rep an e-mail at once, and tells the manager once for the channel and day', async () => {
    const { sales, mails, deps } = room(by('slack'));
    await sales.handOff(await sales.add({ leadId }));
    await tellInstead(lost({}), deps);
    await tellInstead(lost({}), deps);
    await tellInstead(lost({ deliveryId: 'd2' }), deps);
    expect(mails()).toMatchObject([
      { leadId, sequence: 'handoff', run: '1', step: 1, template: 'hot-lead', to: { email: 'ana@orchard.example' } },
      {
        ...{ leadId: 'account', sequence: 'channel-broken', run: 'sales-slack-2026-03-02', template: 'channel-broken' },
        to: { email: 'marta@orchard.example' },
        data: { detail: 'Its last answer was: HTTP 404.' },
      },
    ]);
  });

  it('does not tell who has lost the lead since, nor whom it is none of', async () => {
    const { sales, mails, deps } = room(by('slack'));
    await sales.handOff(await sales.add({ leadId }));
    await tellInstead(lost({ what: 'gone', attempts: [{ error: 'unknown-endpoint' }] }), deps);
    await tellInstead(lost({ purpose: 'webhook', endpoint: 'crm', what: 'assigned' }), deps);
    await sales.answer(leadId, { answer: 'reject', reason: 'not-ready' });
    await tellInstead(lost({}), deps);
    expect(mails().map(({ sequence, run }) => [sequence, run])).toEqual([
      ['channel-broken', 'sales-slack-2026-03-02'],
      ['channel-broken', 'crm-2026-03-02'],
    ]);
  });

  it('falls back in the moment in which it is found not to work', async () => {
    const { sales, mails, deps, changes } = room(by('slack'));
    const told: string[] = [];
    const calling: DeliverDeps = {
      deliveries: deliveryStore(table),
      endpointOf: async () => ({ outcome: 'found', endpoint: { url: 'https://hooks.slack.example/T/B' } }),
      outbound: async ({ body }) => {
        told.push(body);
        return { outcome: 'answered', status: 404, body: 'no_service' };
      },
      now: () => sales.clock.now,
      onGivenUp: (delivery) => tellInstead(delivery, deps),
    };
    await sales.handOff(await sales.add({ leadId }));
    const [change] = await changes();
    for (const _ of ['once', 'again'])
      if (change) await notifyReps(change, { ...deps, deliver: (order) => deliver(order, calling) });
    expect(told).toHaveLength(1);
    expect(mails().map(({ template, to }) => [template, to.kind === 'team' && to.name])).toEqual([
      ['hot-lead', 'ana'],
      ['channel-broken', 'Marta'],
    ]);
  });
});
