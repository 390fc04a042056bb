import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, describe, expect, it } from 'vitest';
import { handOffLead } from '../../../functions/handoff/hand-off-lead.ts';
import { handoffStore } from '../../../functions/handoff/handoff.store.ts';
import { readHandoffs } from '../../../functions/handoff/read-handoffs.ts';
import { leadStore } from '../../../functions/leads/lead.store.ts';
import { leadItem } from '../../../functions/leads/lead-item.ts';
import { testTables } from '../../support/dynamodb.ts';
import { aLead, aQualification, aTeam, monday } from '../../unit/handoff/a-qualified-lead.ts';

const { leads: table } = await testTables();
const handoffs = handoffStore(table, 'UTC');

beforeAll(async () => {
  for (const [n, score] of [55, 90, 60, 20, 71].entries()) {
    const leadId = `lead${'abcde'[n]}`;
    const qualification = { cycle: 1, activityId: 'activity-1', score, qualifiedAt: monday, open: true } as const;
    const lead = aLead({ leadId, qualification: { ...qualification, reason: 'threshold' } });
    await table.client.send(new PutCommand({ TableName: table.name, Item: leadItem(lead) }));
    await handOffLead(aQualification({ leadId, score, reason: score === 20 ? 'explicit-request' : 'threshold' }), {
      leads: leadStore(table, 'UTC'),
      handoffs,
      team: aTeam(),
      account: { timeZone: 'UTC', language: 'en' },
      silenced: async () => [],
      now: () => Date.parse(monday) + n * 1000,
      pause: async () => {},
    });
  }
});

async function list(query: string): Promise<{ handoffs: { score: number; rep: string }[]; cursor: string | null }> {
  const { body } = await readHandoffs({ params: {}, query: new URLSearchParams(query) }, { handoffs });
  return JSON.parse(String(body));
}

describe('reading hand-offs', () => {
  it('lists open requests first, then the highest score (D11)', async () => {
    const { handoffs, cursor } = await list('status=assigned');
    expect(handoffs.map(({ score }) => score)).toEqual([20, 90, 71, 60, 55]);
    expect(cursor).toBeNull();
  });

  it('pages without losing or repeating one, also across statuses', async () => {
    const seen: number[] = [];
    let cursor: string | null = null;
    do {
      const page = await list(`limit=2${cursor ? `&cursor=${cursor}` : ''}`);
      expect(page.handoffs.length).toBeLessThanOrEqual(2);
      seen.push(...page.handoffs.map(({ score }) => score));
      cursor = page.cursor;
    } while (cursor);
    expect(seen).toEqual([20, 90, 71, 60, 55]);
  });

  it('finds what one rep has, and one hand-off by its id without the keys of its row', async () => {
    expect((await list('rep=bruno')).handoffs).toMatchObject([{ rep: 'bruno', score: 90 }]);
    const { body } = await readHandoffs({ params: { id: 'leadb.1' }, query: new URLSearchParams() }, { handoffs });
    const handoff = JSON.parse(String(body));
    expect(handoff).toMatchObject({ handoffId: 'leadb.1', cycle: 1, status: 'assigned', turn: 1, outcome: null });
    expect(handoff).not.toHaveProperty('pk');
  });

  it.each([
    ['status=warm', 'status'],
    ['limit=0', 'limit'],
    ['cursor=%7B%7D', 'cursor'],
    ['cursor=bm9uc2Vuc2U', 'cursor'],
  ])('answers %s with what is wrong', async (query, path) => {
    await expect(list(query)).rejects.toMatchObject({ status: 400, path });
  });

  it.each(['leadz.1', 'leada.2', 'leada', '__proto__', 'leada.1.1'])('knows no hand-off %s', async (id) => {
    await expect(readHandoffs({ params: { id }, query: new URLSearchParams() }, { handoffs })).rejects.toMatchObject({
      status: 404,
    });
  });
});
