import { beforeEach, describe, expect, it } from 'vitest';
import type { Activity } from '../../../functions/leads/activity.ts';
import type { Lead } from '../../../functions/leads/lead.ts';
import { followActivity } from '../../../functions/nurture/follow-lead.ts';
import { testTables } from '../../support/dynamodb.ts';
import { monday } from '../../support/lead.ts';
import { aRecorded, dayMs } from '../../support/nurture.ts';
import { aNurtureRoom } from './a-nurture-room.ts';

const { leads: table } = await testTables();
const room = await aNurtureRoom(table);
const { follow } = room;

let run = 0;
let leadId = '';
beforeEach(() => {
  leadId = `planned-${++run}`;
});

const at = (activityId: string) => ({ activityId, occurredAt: monday });
const qualification = (open: boolean) =>
  ({ cycle: 1, reason: 'threshold', activityId: 'a', score: 55, qualifiedAt: monday, open }) as const;
const nowIso = () => new Date(follow.now()).toISOString();

const told = (given: Partial<Activity>) => {
  const activity = aRecorded({ occurredAt: nowIso(), source: 'handoff', ...given });
  return followActivity({ leadId, activity, quiet: false }, follow);
};
const recycled = (n: number, leadType: string | undefined = 'sql') =>
  told({
    activityId: `recycled-${n}`,
    type: 'handoff.recycled',
    properties: { handoffId: `x.${n}`, ...(leadType && { leadType }) },
  });
const walk = () => follow.enrollments.get(leadId, 'welcome');

/** Somebody who has walked the welcome to its end, and was with sales then. */
async function walkedBefore(given: Partial<Lead> = {}): Promise<void> {
  await room.addLead(leadId, {
    qualification: qualification(false),
    milestones: { lead: at('a'), sql: at('a') },
    ...given,
  });
  await told({ source: 'form' });
  const first = await walk();
  if (!first) throw new Error('the form begins the welcome');
  await follow.enrollments.save({ ...first, status: 'completed', dueAt: null, endedAt: nowIso(), ver: first.ver + 1 });
  room.advance(dayMs);
}

describe('a lead whom sales gives back', () => {
  it('walks the sequence of their type again, though it is walked once (T10)', async () => {
    await walkedBefore();
    const before = await walk();
    await told({ activityId: 'form-2', source: 'form' });
    expect(await walk()).toEqual(before);
    await recycled(1);
    const again = await walk();
    expect(again).toMatchObject({ status: 'active', step: 1, activityId: 'recycled-1', exit: null });
    expect(again?.run).not.toBe(before?.run);
  });

  it('begins one walk for each time, however often it is told', async () => {
    await walkedBefore();
    await recycled(1);
    const begun = await walk();
    await recycled(1);
    expect(await walk()).toEqual(begun);
    if (!begun) throw new Error('it has begun');
    await follow.enrollments.save({
      ...begun,
      status: 'completed',
      dueAt: null,
      endedAt: nowIso(),
      ver: begun.ver + 1,
    });
    await recycled(1);
    expect(await walk()).toMatchObject({ status: 'completed', run: begun.run });
    room.advance(30 * dayMs);
    await recycled(2);
    expect(await walk()).toMatchObject({ status: 'active', activityId: 'recycled-2' });
  });

  it('is known by how far they have come when nobody says of which type they are', async () => {
    await walkedBefore();
    await told({ activityId: 'recycled-x', type: 'handoff.recycled', properties: {} });
    expect(await walk()).toMatchObject({ activityId: 'recycled-x' });
  });

  it.each([
    ['has withdrawn their consent', { consent: {} }],
    ['is suppressed', { suppressed: { reason: 'unsubscribe', at: monday } }],
    ['is with sales again', { qualification: { ...qualification(true), cycle: 2 } }],
    ['has bought', { milestones: { customer: at('deal') } }],
  ] satisfies [string, Partial<Lead>][])('walks nothing when they %s', async (_, given) => {
    await room.addLead(leadId, given);
    await recycled(1);
    expect(await walk()).toBeNull();
  });
});

describe('a lead who has joined an audience (U3)', () => {
  const joined = (leadType: string) =>
    told({ activityId: 'joined-1', type: 'audience.joined', properties: { audience: 'mql-retargeting', leadType } });

  it('walks the sequence of the plan, once', async () => {
    await room.addLead(leadId, { milestones: { lead: at('a'), mql: at('a') } });
    await joined('mql');
    const begun = await walk();
    expect(begun).toMatchObject({ activityId: 'joined-1', status: 'active' });
    await joined('mql');
    expect(await walk()).toEqual(begun);
  });

  it('walks nothing for a type that is not re-engaged', async () => {
    await room.addLead(leadId);
    await joined('trial');
    expect(await walk()).toBeNull();
  });
});
