import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sendingSwitchStore, switchCheck } from '../../../functions/nurture/sending-switch.store.ts';
import { letsThrough, pause, pauseSequence, untouched } from '../../../functions/nurture/sending-switch.ts';
import { writeAll } from '../../../functions/runtime/transaction.ts';
import { testTables } from '../../support/dynamodb.ts';

const { leads } = await testTables();
const store = sendingSwitchStore(leads);
const now = Date.parse('2026-11-20T12:00:00.000Z');
const decision = (reason: string, at = now) => ({ reason, by: 'Ana', now: at });

/** Would the claim's transaction take the message? Something must be written beside a check. */
async function claims(message: Parameters<typeof switchCheck>[1]): Promise<boolean> {
  const written = { Put: { TableName: leads.name, Item: { pk: `TEST#${message.leadId}`, sk: 'A' } } };
  return (await writeAll(leads, [written, switchCheck(leads.name, message)])).outcome === 'written';
}

const lead = (n: number) => `lead-${n}`;
const marketing = { leadId: lead(1), purpose: 'marketing', sequence: 'welcome' } as const;

describe('the sending switch', () => {
  it('lets everything through before anybody has touched it', async () => {
    expect(await store.get()).toEqual(untouched);
    expect(await claims(marketing)).toBe(true);
    expect(await claims({ ...marketing, purpose: 'transactional' })).toBe(true);
  });

  it('holds every lead back once a pause is acknowledged, whichever copy they check', async () => {
    const before = await store.get();
    expect(await store.save(pause(before, 'marketing', decision('a wrong price')))).toBe('saved');
    for (let n = 0; n < 60; n++) expect(await claims({ ...marketing, leadId: lead(n) })).toBe(false);
    expect(await claims({ ...marketing, purpose: 'transactional' })).toBe(true);
    expect(await claims({ ...marketing, purpose: 'team' })).toBe(true);
  });

  it('keeps who did what and why, newest first', async () => {
    await store.save(pause(await store.get(), 'nothing', decision('the price is right now', now + 60_000)));
    const [latest, first] = await store.changes(2);
    expect(latest).toMatchObject({ by: 'Ana', reason: 'the price is right now', after: { paused: 'nothing', ver: 2 } });
    expect(first).toMatchObject({ reason: 'a wrong price', at: '2026-11-20T12:00:00.000Z' });
  });

  it('refuses the second of two changes made from the same reading', async () => {
    const before = await store.get();
    expect(await store.save(pauseSequence(before, 'welcome', true, decision('one')))).toBe('saved');
    expect(await store.save(pauseSequence(before, 'faq', true, { ...decision('two'), by: 'Bea' }))).toBe('conflict');
    expect((await store.get()).sequences).toEqual(['welcome']);
  });

  it('takes its own change again for saved: an answer may be lost', async () => {
    const change = pauseSequence(await store.get(), 'faq', true, decision('three'));
    expect(await store.save(change)).toBe('saved');
    expect(await store.save(change)).toBe('saved');
  });

  it('brings copies up to date that were not told', async () => {
    const latest = await store.get();
    const item = { pk: 'Z#3', sk: 'SWITCH', ...latest, paused: 'nothing', sequences: [], ver: 1 };
    await writeAll(leads, [{ Put: { TableName: leads.name, Item: item } }]);
    await store.tellCopies();
    for (let n = 0; n < 60; n++) expect(await claims({ ...marketing, leadId: lead(n) })).toBe(false);
  });

  it('asks DynamoDB exactly what it tells people', async () => {
    const sequence = fc.constantFrom('welcome', 'faq', 'renewal');
    const property = fc.asyncProperty(
      fc.constantFrom('nothing', 'marketing', 'all'),
      fc.uniqueArray(sequence),
      fc.record({
        leadId: fc.nat(1000).map(lead),
        purpose: fc.constantFrom('marketing', 'transactional', 'team'),
        sequence,
      }),
      async (paused, sequences, message) => {
        const before = await store.get();
        const change = pause({ ...before, sequences }, paused, decision('a test'));
        await store.save(change);
        expect(await claims(message)).toBe(letsThrough(change.after, message));
      },
    );
    await fc.assert(property, { numRuns: 60 });
  });
});
