import { expect, it } from 'vitest';
import { suppressionStore } from '../../../functions/consent/suppression.store.ts';
import { leadStore } from '../../../functions/leads/lead.store.ts';
import { leadIdOf } from '../../../functions/leads/lead-id.ts';
import { leadFilter, readActivities, readLeads } from '../../../functions/leads/read-leads.ts';
import { visitorStore } from '../../../functions/leads/visitor.store.ts';
import { scoreActivities } from '../../../functions/scoring/score-activities.ts';
import { testTables } from '../../support/dynamodb.ts';
import { testLinkKeys } from '../../support/link-keys.ts';
import { anActivity, compiledShippedModel } from '../../support/scoring.ts';
import { deployModel } from '../../support/stored-model.ts';

const { leads: table } = await testTables();
const timeZone = 'America/Sao_Paulo';
const pepper = async () => 'pepper';
const leads = leadStore(table, timeZone);
const models = await deployModel(table, compiledShippedModel);
const deps = { leads, pepper, now: () => Date.parse('2026-03-02T12:30:00.000Z') };

async function aLead(email: string, types: readonly string[]): Promise<void> {
  const scoring = {
    leads,
    visitors: visitorStore(table, timeZone),
    models,
    suppressions: suppressionStore(table),
    pepper,
    linkKeys: async () => testLinkKeys,
    now: deps.now,
  };
  const activities = types.map((type) =>
    anActivity(type, { subject: { email }, attributes: { name: email.split('@')[0] ?? '' } }),
  );
  await scoreActivities(activities, `L#${leadIdOf(email, 'pepper')}`, scoring);
}

await aLead('cold@example.com', ['list.subscribed']);
await aLead('hot@example.com', ['chat.started', 'trial.started']);
await aLead('warm@example.com', ['trial.started', 'list.subscribed']);

it('lists leads hottest first, page by page, each once', async () => {
  const names: (string | null)[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof readLeads>> = await readLeads({ limit: 1, ...(cursor && { cursor }) }, deps);
    names.push(...page.leads.map(({ name }) => name));
    cursor = page.cursor;
  } while (cursor);
  expect(names).toEqual(['hot', 'warm', 'cold']);
});

it('finds a person by their address in any spelling, and says nothing of a stranger', async () => {
  const { leads: found } = await readLeads({ email: ' WARM@Example.com' }, deps);
  expect(found[0]).toMatchObject({ score: { total: 30 }, types: ['trial'], completeness: 0.667, rating: 'warm' });
  expect((await readLeads({ email: 'stranger@example.com' }, deps)).leads).toEqual([]);
});

it('filters by rating and stage, and names the parameter that is wrong', async () => {
  expect((await readLeads({ rating: 'cold' }, deps)).leads.map(({ name }) => name)).toEqual(['cold']);
  expect((await readLeads({ stage: 'sql' }, deps)).leads.map(({ name }) => name)).toEqual(['hot']);
  expect(() => leadFilter(new URLSearchParams('rating=boiling'))).toThrow(
    expect.objectContaining({ status: 422, path: 'rating' }),
  );
  await expect(readLeads({ cursor: 'bm90IGEgY3Vyc29y' }, deps)).rejects.toMatchObject({ status: 422, path: 'cursor' });
});

it('answers 404 for the timeline of nobody', async () => {
  await expect(readActivities('nobody', deps)).rejects.toMatchObject({ status: 404 });
});
