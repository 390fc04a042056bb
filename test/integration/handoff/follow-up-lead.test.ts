import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { eraseLead } from '../../../functions/consent/erase-lead.ts';
import { erasureStore } from '../../../functions/consent/erasure.store.ts';
import { erasureVisitorStore } from '../../../functions/consent/erasure-visitor.store.ts';
import { followUpStore } from '../../../functions/handoff/follow-up.store.ts';
import { awaitNews, awaitScored, type FollowUpDeps, followUpLead } from '../../../functions/handoff/follow-up-lead.ts';
import { taskStore } from '../../../functions/handoff/task.store.ts';
import { FollowUpDue } from '../../../functions/leads/bus-event.ts';
import { changeStore } from '../../../functions/leads/change.store.ts';
import { leadStore } from '../../../functions/leads/lead.store.ts';
import type { Lead } from '../../../functions/leads/lead.ts';
import { key } from '../../../functions/leads/table.ts';
import type { OutgoingEvent } from '../../../functions/runtime/publish.ts';
import { testTables } from '../../support/dynamodb.ts';
import { aRecorded } from '../../support/nurture.ts';
import { aPlan } from '../../unit/handoff/a-follow-up-plan.ts';
import { monday } from '../../unit/handoff/a-qualified-lead.ts';
import { aSalesRoom } from './a-sales-room.ts';

const { leads: table } = await testTables();
const sales = aSalesRoom(table);
const dayMs = 86_400_000;
const at = (days: number) => new Date(Date.parse(monday) + days * dayMs).toISOString();

const published: OutgoingEvent[] = [];
const tasks = taskStore(table);
const followUps = followUpStore(table);
const deps: FollowUpDeps = {
  ...{
    leads: leadStore(table, 'America/Sao_Paulo'),
    handoffs: sales.deps.handoffs,
    team: sales.deps.team,
    tasks,
    followUps,
  },
  plan: aPlan(),
  publish: async (events) => void published.push(...events),
  now: () => sales.clock.now,
};

let run = 0;
const nextId = () => `lead${'abcdefghijklmnopqrstuvwxyz'[run++]}`;
const become = (days: number) => {
  sales.clock.now = Date.parse(at(days));
};
const knock = (leadId: string, leadType: string) => followUpLead({ leadId, leadType }, deps);
const joins = (leadId: string) => published.filter(({ detail }) => JSON.stringify(detail).includes(`"${leadId}"`));

/** What the sweep would publish at this instant. */
const due = async (leadId: string) =>
  (await changeStore(table).due(new Date(sales.clock.now).toISOString(), 100)).filter(
    ({ detailType, detail }) =>
      detailType === FollowUpDue.detailType && FollowUpDue.detail.parse(detail).leadId === leadId,
  );

const erase = (leadId: string) =>
  eraseLead(leadId, {
    ...{ erasures: erasureStore(table), visitors: erasureVisitorStore(table), pepper: async () => 'pepper' },
    ...{ claimedUntil: async () => 0, wait: async () => {}, hasTime: () => true, newMask: () => 'mask' },
    now: deps.now,
  });

async function accepted(): Promise<string> {
  become(0);
  const leadId = await sales.add({ leadId: nextId() });
  await sales.handOff(leadId);
  await sales.answer(leadId, { answer: 'accept' });
  await awaitNews({ leadId, cycle: 1 }, deps);
  return leadId;
}

describe('a lead that sales has and of whom nothing is heard (U2)', () => {
  it('is a task of the same rep a week later, once however often it comes due', async () => {
    const leadId = await accepted();
    become(6.9);
    expect(await due(leadId)).toEqual([]);
    become(7);
    expect(await due(leadId)).toHaveLength(1);
    await knock(leadId, 'sql');
    const before = await sales.items(leadId);
    await knock(leadId, 'sql');
    await awaitNews({ leadId, cycle: 1 }, deps);
    await knock(leadId, 'sql');
    expect(await sales.items(leadId)).toEqual(before);
    const { rep } = await sales.handoff(leadId);
    expect(await tasks.ofLead(leadId)).toMatchObject([{ rep, asks: 'follow-up', dueAt: at(7), doneAt: null }]);
    expect(await due(leadId)).toEqual([]);
  });

  it('comes later when they are spoken to: a knock too early sets the next one', async () => {
    const leadId = await accepted();
    become(3);
    await sales.answer(leadId, { answer: 'contacted' });
    // The news of it is late: the knock of the acceptance comes first.
    become(7);
    await knock(leadId, 'sql');
    expect(await tasks.ofLead(leadId)).toEqual([]);
    expect(await followUps.get(leadId, 'sql')).toBe(at(10));
    become(10);
    await knock(leadId, 'sql');
    expect(await tasks.ofLead(leadId)).toMatchObject([{ because: { what: 'contacted', at: at(3) } }]);
  });

  it('is done when sales tells something, by who told it', async () => {
    const leadId = await accepted();
    become(7);
    await knock(leadId, 'sql');
    become(8);
    await sales.answer(leadId, { answer: 'meeting' });
    await awaitNews({ leadId, cycle: 1 }, deps);
    await awaitNews({ leadId, cycle: 1 }, deps);
    const { rep } = await sales.handoff(leadId);
    expect(await tasks.ofLead(leadId)).toMatchObject([{ doneAt: at(8), doneBy: rep, outcome: 'meeting' }]);
    expect(await followUps.get(leadId, 'sql')).toBe(at(15));
    become(15);
    await knock(leadId, 'sql');
    const [next] = await tasks.ofLead(leadId);
    expect(next).toMatchObject({ because: { what: 'meeting', at: at(8) }, doneAt: null });
  });

  it('is nobody’s task any more when it is over, and one later on when the deal was lost', async () => {
    const [won, lost] = [await accepted(), await accepted()];
    become(2);
    await sales.answer(won, { answer: 'won', amount: null });
    await sales.answer(lost, { answer: 'lost', reason: 'price' });
    for (const leadId of [won, lost]) await awaitNews({ leadId, cycle: 1 }, deps);
    become(7);
    await knock(won, 'sql');
    expect(await followUps.get(won, 'sql')).toBeNull();
    become(92);
    for (const leadId of [won, lost]) await knock(leadId, 'sql');
    expect(await tasks.ofLead(won)).toEqual([]);
    expect(await tasks.ofLead(lost)).toMatchObject([{ asks: 'ask-again', because: { what: 'lost', at: at(2) } }]);
  });

  it('goes with the lead when they are erased, and nothing comes after them (I-E2)', async () => {
    const leadId = await accepted();
    become(7);
    await knock(leadId, 'sql');
    await followUps.set(leadId, 'sql', at(20));
    await erase(leadId);
    become(20);
    await knock(leadId, 'sql');
    await awaitNews({ leadId, cycle: 1 }, deps);
    await followUps.set(leadId, 'sql', at(30));
    expect(await tasks.ofLead(leadId)).toEqual([]);
    expect(await followUps.get(leadId, 'sql')).toBeNull();
    expect((await tasks.list({ open: true, limit: 100 })).items.filter((task) => task.leadId === leadId)).toEqual([]);
  });
});

async function record(leadId: string, type: string, days: number): Promise<void> {
  const activity = aRecorded({ activityId: `${type}-${days}`, type, occurredAt: at(days) });
  const { activityId, occurredAt } = activity;
  const Item = { ...key.activity(leadId, activityId), byTime: `${occurredAt}#${activityId}`, ...activity };
  await table.client.send(new PutCommand({ TableName: table.name, Item }));
}

describe('an MQL without a next step (U3)', () => {
  const became = (days: number) => ({ activityId: 'activity-mql', occurredAt: at(days) });
  const told = (leadId: string, days = 0) =>
    awaitScored({ leadId, score: 20, rating: 'warm', milestones: { mql: became(days) } }, deps);

  async function anMql(given: Partial<Lead> = {}): Promise<string> {
    become(0);
    const leadId = await sales.add({
      leadId: nextId(),
      milestones: { lead: became(0), mql: became(0) },
      ...{ qualification: null, ...given },
    });
    await told(leadId);
    await told(leadId);
    return leadId;
  }

  it('joins the audience two weeks later, once however often it comes due', async () => {
    const leadId = await anMql();
    become(13.9);
    expect(await due(leadId)).toEqual([]);
    await knock(leadId, 'mql');
    expect(joins(leadId)).toEqual([]);
    become(14);
    expect(await due(leadId)).toHaveLength(1);
    await knock(leadId, 'mql');
    await told(leadId);
    await knock(leadId, 'mql');
    expect(await due(leadId)).toEqual([]);
    const [first, again] = joins(leadId);
    expect(first).toMatchObject({
      detailType: 'ActivityCaptured',
      detail: {
        ...{ type: 'audience.joined', source: 'handoff', occurredAt: at(14), subject: { leadId } },
        properties: { audience: 'mql-retargeting', leadType: 'mql' },
      },
    });
    // The ledger takes an activity once.
    expect(again).toEqual(first);
  });

  it('does not when they have booked since, or sales has them', async () => {
    const booked = await anMql();
    await record(booked, 'appointment.booked', 9);
    const qualification = {
      cycle: 1,
      reason: 'threshold',
      activityId: 'a',
      score: 55,
      qualifiedAt: at(9),
      open: true,
    } as const;
    const withSales = await anMql({ qualification });
    become(14);
    for (const leadId of [booked, withSales]) {
      await knock(leadId, 'mql');
      expect(joins(leadId)).toEqual([]);
      expect(await followUps.get(leadId, 'mql')).toBeNull();
    }
  });

  it('is not looked for when an old file tells that they became one long ago', async () => {
    become(60);
    const leadId = await sales.add({ leadId: nextId(), milestones: { mql: became(0) }, qualification: null });
    await told(leadId);
    expect(await followUps.get(leadId, 'mql')).toBeNull();
  });

  it('is looked for by the plan as it is then', async () => {
    const leadId = await anMql();
    become(14);
    const mql = { strategy: 'sequence', sequence: 'welcome' } as const;
    await followUpLead({ leadId, leadType: 'mql' }, { ...deps, plan: { ...deps.plan, mql } });
    expect(joins(leadId)).toEqual([]);
    expect(await followUps.get(leadId, 'mql')).toBeNull();
  });

  it('is nobody who has been erased (I-E2)', async () => {
    const leadId = await anMql();
    await erase(leadId);
    become(14);
    await knock(leadId, 'mql');
    await told(leadId, 10);
    expect(joins(leadId)).toEqual([]);
    expect(await followUps.get(leadId, 'mql')).toBeNull();
  });
});
