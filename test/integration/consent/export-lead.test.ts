import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { exportStore } from '../../../functions/consent/export-lead.store.ts';
import { type ExportedItem, exportLead } from '../../../functions/consent/export-lead.ts';
import { leadIdOf } from '../../../functions/leads/lead-id.ts';
import { leadOf } from '../../../functions/leads/lead-item.ts';
import { testTables } from '../../support/dynamodb.ts';
import { anActivity } from '../../support/scoring.ts';
import { aLifeOf, anErasureRoom } from './an-erasure-room.ts';

const { leads: table } = await testTables();
const room = await anErasureRoom(table);
const deps = { exports: exportStore(table), pepper: async () => 'pepper', now: () => room.clock.now };
const idOf = (email: string) => leadIdOf(email, 'pepper');

async function exported(id: string): Promise<readonly ExportedItem[]> {
  const items: ExportedItem[] = [];
  let cursor: string | null | undefined;
  while (cursor !== null) {
    const page = await exportLead(id, cursor, deps);
    items.push(...page.items);
    cursor = page.cursor;
  }
  return items;
}

/** Whatever in the table speaks of one of these, however it is packed. */
async function storedAbout(names: readonly string[]): Promise<readonly string[]> {
  const items = await room.items();
  return items
    .filter((item) => {
      const text = JSON.stringify(item.kind === 'lead' ? leadOf(item) : item);
      return names.some((name) => text.includes(name));
    })
    .map(({ pk, sk }) => `${pk} ${sk}`);
}

it('I-E3 holds every item kept about a person, and none of anybody else', async () => {
  const people = ['ana', 'bob', 'eve'];
  let run = 0;
  const doings = fc.array(
    fc.record({
      who: fc.constantFrom(...people),
      browser: fc.constantFrom('one', 'two', null),
      type: fc.constantFrom('page.viewed', 'form.submitted', 'visitor.identified', 'email.bounced', 'trial.started'),
      isNamed: fc.boolean(),
      hour: fc.integer({ min: 10, max: 20 }),
      moves: fc.constantFrom(false, false, false, true),
    }),
    { minLength: 1, maxLength: 14 },
  );
  await fc.assert(
    fc.asyncProperty(doings, async (list) => {
      run += 1;
      const address = (who: string, n = 0) => `${who}.${run}.${n}@example.com`;
      const moved = new Map<string, number>();
      for (const { who, browser, type, isNamed, hour, moves } of list) {
        const known = { email: address(who, moved.get(who)) };
        const visitor = browser === null ? {} : { anonymousId: `browser-${browser}-${run}` };
        const subject = isNamed || browser === null ? { ...known, ...visitor } : visitor;
        const consents = [{ purpose: 'marketing' as const, status: 'granted' as const, evidence: 'ticked' }];
        const occurredAt = `2026-03-09T${hour}:00:00.000Z`;
        await room.score(anActivity(type, { subject, occurredAt, consents, attributes: { name: who } }));
        if (!moves || !(await room.scoring.deps.leads.get(idOf(address(who))))) continue;
        const n = (moved.get(who) ?? 0) + 1;
        await room.changeAddress(idOf(address(who)), address(who, n));
        moved.set(who, n);
      }
      for (const who of people) {
        const leadId = idOf(address(who));
        if (!(await room.scoring.deps.leads.get(leadId))) continue;
        const all = Array.from({ length: (moved.get(who) ?? 0) + 1 }, (_, n) => address(who, n));
        const items = await exported(idOf(all.at(-1) ?? ''));
        const ids = items.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids.toSorted()).toEqual((await storedAbout([...all, ...all.map(idOf)])).toSorted());
        for (const other of people.filter((one) => one !== who))
          expect(JSON.stringify(items)).not.toContain(idOf(address(other)));
      }
    }),
    { numRuns: 40 },
  );
});

it('can be read: what is packed is unpacked, and what only finds things is left out', async () => {
  const email = 'readable@example.com';
  await room.score(...aLifeOf(email, 'browser-of-readable'));
  const items = await exported(idOf(email));
  expect(items.find(({ kind }) => kind === 'lead')).toMatchObject({
    ...{ email, attributes: { name: 'Ana Anonymissima', phone: '+5511987654321' } },
    origin: { campaign: 'spring' },
  });
  expect(items.filter(({ type }) => type === 'page.viewed')).toHaveLength(3);
  expect(items.find(({ kind }) => kind === 'consent')).toMatchObject({ evidence: 'ticked', purpose: 'marketing' });
  expect(items.find(({ kind }) => kind === 'visitor')).toMatchObject({ identified: [{ leadId: idOf(email) }] });
  for (const item of items)
    for (const name of ['pk', 'packed', 'listPk', 'dayPk', 'byTime']) expect(item).not.toHaveProperty(name);
});

it('comes in parts when it is long', async () => {
  const email = 'long@example.com';
  const note = 'x'.repeat(60_000);
  const views = Array.from({ length: 50 }, () =>
    anActivity('track.noted', { subject: { email }, properties: { note } }),
  );
  await room.score(anActivity('trial.started', { subject: { email } }), ...views);
  const first = await exportLead(idOf(email), undefined, deps);
  expect(first.cursor).not.toBeNull();
  expect(JSON.stringify(first).length).toBeLessThan(5_000_000);
  const ids = (await exported(idOf(email))).map(({ id }) => id);
  expect(ids.toSorted()).toEqual((await storedAbout([email, idOf(email)])).toSorted());
  await expect(exportLead(idOf(email), 'nonsense', deps)).rejects.toMatchObject({ status: 422 });
});

it('says of an erased person that nothing is kept, and of nobody that nobody is known', async () => {
  const email = 'gone@example.com';
  await room.score(...aLifeOf(email, 'browser-of-gone'));
  await room.erase(idOf(email));
  await expect(exportLead(idOf(email), undefined, deps)).rejects.toMatchObject({ status: 410, code: 'erased-lead' });
  await expect(exportLead('nobody', undefined, deps)).rejects.toMatchObject({ status: 404 });
});
