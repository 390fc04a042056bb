import { GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { type HandOffDeps, handOffLead } from '../../../functions/handoff/hand-off-lead.ts';
import { handoffStore } from '../../../functions/handoff/handoff.store.ts';
import { leadStore } from '../../../functions/leads/lead.store.ts';
import type { Lead } from '../../../functions/leads/lead.ts';
import { leadItem } from '../../../functions/leads/lead-item.ts';
import { key } from '../../../functions/leads/table.ts';
import { testTables } from '../../support/dynamodb.ts';
import { aLead, aQualification, aTeam, monday } from '../../unit/handoff/a-qualified-lead.ts';

const { leads: table } = await testTables();
const zone = 'America/Sao_Paulo';
const handoffs = handoffStore(table, zone);
const leads = leadStore(table, zone);

/** Rivals step aside for a turn of the event loop instead of for milliseconds: the order is left to chance all the same. */
const deps: HandOffDeps = {
  leads,
  handoffs,
  team: aTeam(),
  account: { timeZone: zone, language: 'en' },
  silenced: async () => [],
  now: () => Date.parse(monday),
  pause: () => new Promise((resolve) => setImmediate(resolve)),
};

let run = 0;
let prefix = '';
beforeEach(() => {
  prefix = `${'abcdefghijklmnop'[run++]}`;
});

const qualification = {
  cycle: 1,
  reason: 'threshold',
  activityId: 'activity-1',
  score: 55,
  qualifiedAt: monday,
} as const;

async function given(lead: Partial<Lead> & { leadId: string }): Promise<string> {
  const Item = leadItem(aLead({ qualification: { ...qualification, open: true }, ...lead }));
  await table.client.send(new PutCommand({ TableName: table.name, Item }));
  return lead.leadId;
}

async function itemsOf(leadId: string): Promise<Record<string, unknown>[]> {
  const { Items = [] } = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': key.lead(leadId).pk },
      ConsistentRead: true,
    }),
  );
  return Items;
}

describe('handing a lead off', () => {
  it('gives the lead to a rep, tells the rep and the other rooms, and does it once however often it is announced (I-H1)', async () => {
    const leadId = await given({ leadId: `${prefix}lead` });
    const first = await handOffLead(aQualification({ leadId }), deps);
    const before = await itemsOf(leadId);
    expect(await handOffLead(aQualification({ leadId }), deps)).toEqual({
      outcome: 'exists',
      handoffId: `${leadId}.1`,
    });
    expect(await itemsOf(leadId)).toEqual(before);

    const rep = first.outcome === 'assigned' ? first.rep : '';
    expect(await leads.get(leadId)).toMatchObject({ owner: rep, ver: 2 });
    expect(await handoffs.get(leadId, 1)).toMatchObject({
      handoffId: `${leadId}.1`,
      status: 'assigned',
      rep,
      score: 55,
      reason: { rule: 'round-robin', candidates: deps.team.reps.map(({ id }) => id), exclusions: [] },
      consent: { marketing: 'granted', suppressed: false },
    });
    const outbox = before.filter(({ kind }) => kind === 'outbox');
    expect(outbox.map(({ detailType }) => detailType)).toEqual(['LeadHandedOff', 'HandoffChanged']);
    expect(outbox[1]?.detail).toMatchObject({ leadId, cycle: 1, what: 'assigned', ver: 1, handoff: { rep, turn: 1 } });
  });

  it('stays fair when 64 leads qualify at once: no rep has more than one lead more than another (D3)', async () => {
    const leadIds = await Promise.all(
      Array.from({ length: 64 }, (_, n) =>
        given({ leadId: `${prefix}${String.fromCharCode(97 + (n >> 3))}${String.fromCharCode(97 + (n & 7))}` }),
      ),
    );
    const outcomes = await Promise.all(leadIds.map((leadId) => handOffLead(aQualification({ leadId }), deps)));
    const counts = deps.team.reps.map(
      ({ id }) => outcomes.filter((given) => given.outcome === 'assigned' && given.rep === id).length,
    );
    expect(counts.reduce((sum, count) => sum + count)).toBe(64);
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
  });

  it('never hands off a lead who called our mail spam, nor one that is gone', async () => {
    const leadId = await given({ leadId: `${prefix}lead`, suppressed: { reason: 'complaint', at: monday } });
    expect(await handOffLead(aQualification({ leadId }), deps)).toEqual({ outcome: 'withheld', reason: 'complaint' });
    expect(await itemsOf(leadId)).toHaveLength(1);
    const gone = aQualification({ leadId: `${prefix}gone` });
    expect(await handOffLead(gone, deps)).toEqual({ outcome: 'withheld', reason: 'unknown-lead' });
  });

  it('makes nothing of a qualification that was withheld and is told again when they may be called', async () => {
    const leadId = await given({ leadId: `${prefix}lead`, disqualified: { ruleId: 'too-small', at: monday } });
    expect(await handOffLead(aQualification({ leadId }), deps)).toEqual({
      outcome: 'withheld',
      reason: 'disqualified',
    });
    const lead = await leads.get(leadId);
    await given({ ...lead, leadId, disqualified: null });
    expect(await handOffLead(aQualification({ leadId }), deps)).toEqual({ outcome: 'withheld', reason: 'over' });
    expect(await handoffs.get(leadId, 1)).toBeNull();
  });

  it('leaves alone what somebody else has handed off in the meantime, whatever the lead has said since', async () => {
    const leadId = await given({ leadId: `${prefix}lead` });
    let looks = 0;
    const late: HandOffDeps = {
      ...deps,
      leads: {
        ...leads,
        async get(id) {
          if (++looks === 1) {
            await handOffLead(aQualification({ leadId }), deps);
            await given({ ...(await leads.get(id)), leadId, disqualified: { ruleId: 'too-small', at: monday } });
          }
          return leads.get(id);
        },
      },
    };
    expect((await handOffLead(aQualification({ leadId }), late)).outcome).toBe('exists');
    expect(await leads.get(leadId)).toMatchObject({ qualification: { open: true } });
  });

  it('carries the consent state of its commit: what changes while it is decided is read again (I-H2)', async () => {
    const leadId = await given({ leadId: `${prefix}lead` });
    let reads = 0;
    const racing: HandOffDeps = {
      ...deps,
      leads: {
        ...leads,
        async get(id) {
          const lead = await leads.get(id);
          if (++reads === 1) await given({ leadId, suppressed: { reason: 'unsubscribe', at: monday }, ver: 2 });
          return lead;
        },
      },
    };
    await handOffLead(aQualification({ leadId }), racing);
    expect(await handoffs.get(leadId, 1)).toMatchObject({ consent: { marketing: 'granted', suppressed: true } });
    expect(reads).toBe(2);
  });

  it('counts on the local day of the hand-off', async () => {
    const leadId = await given({ leadId: `${prefix}lead` });
    await handOffLead(aQualification({ leadId }), { ...deps, now: () => Date.parse('2026-03-02T01:00:00.000Z') });
    const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key: key.handoff(leadId, 1) }));
    expect(Item).toMatchObject({ day: '2026-03-01', dayPk: expect.stringMatching(/^D#2026-03-01#/) });
  });
});
