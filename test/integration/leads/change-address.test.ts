import { beforeEach, describe, expect, it } from 'vitest';
import { suppressLead } from '../../../functions/consent/suppress-lead.ts';
import { suppressionStore } from '../../../functions/consent/suppression.store.ts';
import { CapturedActivity } from '../../../functions/leads/activity.ts';
import { addressStore } from '../../../functions/leads/address.store.ts';
import { changeAddress } from '../../../functions/leads/change-address.ts';
import { leadIdOf } from '../../../functions/leads/lead-id.ts';
import { readActivities, readLeads } from '../../../functions/leads/read-leads.ts';
import { key } from '../../../functions/leads/table.ts';
import { queryAll } from '../../../functions/runtime/query-all.ts';
import { personOf, scoreActivities } from '../../../functions/scoring/score-activities.ts';
import { testTables } from '../../support/dynamodb.ts';
import { aScoringRoom } from '../../support/models.ts';
import { anActivity, trialSubmission } from '../../support/scoring.ts';

const { leads: table } = await testTables();
const clock = { now: Date.parse('2026-03-02T13:00:00.000Z') };
const room = aScoringRoom(table, clock);
await room.activate('v1');
const { leads, pepper } = room.deps;
const suppressions = suppressionStore(table);
const deps = { leads, addresses: addressStore(table), suppressions, pepper, now: () => clock.now };

let serial = 0;
beforeEach(() => {
  serial += 1;
});
const email = (name: string) => `${name}-${serial}@example.com`;
const idOf = (name: string) => leadIdOf(email(name), 'pepper');

async function score(...captured: readonly CapturedActivity[]): Promise<void> {
  for (const one of captured) await scoreActivities([one], await personOf(one, room.deps), room.deps);
}
const submit = (name: string) =>
  score(...trialSubmission().map((one) => ({ ...one, subject: { email: email(name), emailAsTyped: email(name) } })));
const change = (from: string, to: string, author = 'Clara') =>
  changeAddress(idOf(from), { email: to.includes('@') ? to : email(to), author }, deps);
const rowsOf = (name: string) =>
  queryAll(table, {
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': key.lead(idOf(name)).pk },
    ConsistentRead: true,
  });
/** What the stream puts on the bus, brought to the scoring room. */
async function published(name: string): Promise<void> {
  for (const row of await rowsOf(name))
    if (row.detailType === 'ActivityCaptured') await score(CapturedActivity.parse(row.detail));
}

describe('a lead with a new address', () => {
  it('keeps its id, score and history, and is found by both', async () => {
    await submit('ana');
    const before = await leads.get(idOf('ana'));
    expect(await change('ana', `Nova-${serial}@Example.com`)).toEqual({
      leadId: idOf('ana'),
      email: email('nova'),
      changed: true,
    });
    await published('ana');
    const after = await leads.get(idOf('ana'));
    expect(after).toMatchObject({
      leadId: idOf('ana'),
      email: email('nova'),
      emailAsTyped: `Nova-${serial}@Example.com`,
    });
    expect(after?.fold).toEqual(before?.fold);
    expect(after?.consent).toEqual(before?.consent);
    expect(await leads.get(idOf('nova'))).toEqual(after);
    for (const address of ['ana', 'nova'])
      expect((await readLeads({ email: email(address) }, deps)).leads).toMatchObject([{ leadId: idOf('ana') }]);
    const { activities } = await readActivities(idOf('nova'), deps);
    expect(activities.map(({ type }) => type).sort()).toEqual([
      'address.changed',
      'form.submitted',
      'list.subscribed',
      'trial.started',
    ]);
  });

  it('names nobody in the ledger, and knows who has changed it and what it was', async () => {
    await submit('ana');
    await change('ana', 'nova');
    await published('ana');
    const history = await leads.history(idOf('ana'));
    expect(history.find(({ type }) => type === 'address.changed')).toMatchObject({
      source: 'operator',
      properties: { author: 'Clara' },
    });
    expect(JSON.stringify(history)).not.toContain('@');
    expect((await rowsOf('ana')).filter(({ kind }) => kind === 'former-address')).toMatchObject([
      { email: email('ana'), author: 'Clara', until: '2026-03-02T13:00:00.000Z' },
    ]);
  });

  it('takes what comes under either address, and there is no second lead', async () => {
    await submit('ana');
    await change('ana', 'nova');
    await submit('nova');
    await score(anActivity('chat.started', { subject: { email: email('ana') } }));
    await submit('ana');
    expect(await leads.history(idOf('ana'))).toHaveLength(10);
    // Mail goes to the new one, also after something came under the old one.
    expect(await leads.get(idOf('ana'))).toMatchObject({ email: email('nova'), emailAsTyped: email('nova') });
    expect((await rowsOf('nova')).map(({ kind }) => kind)).toEqual(['alias']);
  });

  it('has what was told about mail to the new address before', async () => {
    await score(anActivity('email.delivered', { source: 'ses', subject: { email: email('nova') } }));
    await submit('ana');
    await change('ana', 'nova');
    expect((await leads.history(idOf('ana'))).map(({ type }) => type)).not.toContain('email.delivered');
    await published('ana');
    expect((await leads.history(idOf('ana'))).map(({ type }) => type)).toContain('email.delivered');
  });

  it('is told twice and changed once; and may go back, and on again', async () => {
    await submit('ana');
    expect(await change('ana', 'nova')).toMatchObject({ changed: true });
    expect(await change('ana', 'nova')).toMatchObject({ changed: false });
    expect(await change('nova', 'ana')).toMatchObject({ leadId: idOf('ana'), changed: true });
    expect(await change('ana', 'nova')).toMatchObject({ changed: true });
    expect(await change('ana', 'third')).toMatchObject({ changed: true });
    await published('ana');
    await published('ana');
    const history = await leads.history(idOf('ana'));
    expect(history.filter(({ type }) => type === 'address.changed')).toHaveLength(4);
    for (const name of ['ana', 'nova', 'third'])
      expect(await leads.get(idOf(name))).toMatchObject({ leadId: idOf('ana'), email: email('third') });
  });

  it('is never made one with another', async () => {
    await submit('ana');
    await submit('bob');
    await expect(change('ana', 'bob')).rejects.toMatchObject({ status: 409, code: 'address-taken', path: 'email' });
    await change('bob', 'rob');
    for (const name of ['rob', 'bob']) await expect(change('ana', name)).rejects.toMatchObject({ status: 409 });
    expect(await leads.get(idOf('ana'))).toMatchObject({ email: email('ana'), ver: 3 });
  });

  it('must exist, and the address must be one', async () => {
    await expect(change('nobody', 'nova')).rejects.toMatchObject({ status: 404 });
    await submit('ana');
    await expect(change('ana', 'not an@address')).rejects.toMatchObject({ status: 422, path: 'email' });
    await expect(change('ana', 'nova', '')).rejects.toMatchObject({ status: 422, path: 'author' });
  });

  it('loses nothing that happens at the same moment, and of two changes to one address one wins', async () => {
    await submit('ana');
    await submit('bob');
    const views = Array.from({ length: 6 }, () =>
      anActivity('page.viewed', { subject: { email: email('ana') }, properties: { path: '/pricing' } }),
    );
    const both = [change('ana', 'nova'), change('bob', 'nova')];
    const outcomes = await Promise.allSettled([...both, ...views.map((view) => score(view))]);
    expect(outcomes.filter(({ status }) => status === 'rejected')).toMatchObject([{ reason: { status: 409 } }]);
    expect((await leads.history(idOf('ana'))).filter(({ type }) => type === 'page.viewed')).toHaveLength(6);
    const holder = await leads.get(idOf('nova'));
    expect([idOf('ana'), idOf('bob')]).toContain(holder?.leadId);
    expect(holder?.email).toBe(email('nova'));
  });

  it('is made by a form under that address, or takes it: never both', async () => {
    await submit('ana');
    const [changed] = await Promise.allSettled([change('ana', 'nova'), submit('nova')]);
    const holder = await leads.get(idOf('nova'));
    expect(holder?.leadId).toBe(changed?.status === 'fulfilled' ? idOf('ana') : idOf('nova'));
    expect((await leads.history(holder?.leadId ?? '')).filter(({ type }) => type === 'trial.started')).toHaveLength(
      changed?.status === 'fulfilled' ? 2 : 1,
    );
  });
});

describe('an address that must not be mailed', () => {
  const refusal = (type: string, name: string) =>
    anActivity(type, { source: 'ses', subject: { email: email(name) }, properties: { bounceType: 'Permanent' } });

  it.each([
    ['email.unsubscribed', 'unsubscribe', 'revoked'],
    ['email.complained', 'complaint', 'revoked'],
    ['email.bounced', 'bounce', 'granted'],
  ])('stays so when it becomes a lead’s: %s (I-C2)', async (type, reason, consent) => {
    await suppressLead(refusal(type, 'nova'), deps);
    await submit('ana');
    await change('ana', 'nova');
    expect(await leads.get(idOf('ana'))).toMatchObject({
      email: email('nova'),
      suppressed: { reason },
      consent: { marketing: { status: consent } },
    });
    expect(await suppressions.get(idOf('ana'))).toMatchObject({ reason });
  });

  it('is the lead’s as soon as it is theirs, whichever address is named', async () => {
    await submit('ana');
    await change('ana', 'nova');
    await suppressLead(refusal('email.complained', 'nova'), deps);
    expect(await leads.get(idOf('ana'))).toMatchObject({ suppressed: { reason: 'complaint' } });
    expect(await suppressions.get(idOf('ana'))).toMatchObject({ reason: 'complaint' });
  });

  it('is not slipped past at the very moment of the change', async () => {
    for (let round = 0; round < 10; round++) {
      serial += 1;
      await submit('ana');
      await Promise.all([change('ana', 'nova'), suppressLead(refusal('email.complained', 'nova'), deps)]);
      expect(await leads.get(idOf('ana'))).toMatchObject({ email: email('nova'), suppressed: { reason: 'complaint' } });
    }
  });

  it('does not lift what the lead said under the old one', async () => {
    await submit('ana');
    await suppressLead(refusal('email.unsubscribed', 'ana'), deps);
    await change('ana', 'nova');
    expect(await leads.get(idOf('ana'))).toMatchObject({ suppressed: { reason: 'unsubscribe' } });
  });
});
