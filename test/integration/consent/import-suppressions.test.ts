import { describe, expect, it } from 'vitest';
import { columnMap } from '../../../bin/import/columns.ts';
import { readRow } from '../../../bin/import/read-row.ts';
import type { ImportedReason } from '../../../functions/consent/suppress-lead.ts';
import { aConsentRoom, aTwin, type ConsentRoom, email, leadId } from './a-consent-room.ts';

const columns = ['email', 'date'];

/** The command's own reading of one row, on its way through the bus. */
async function importRow(room: ConsentRoom, reason: ImportedReason, date = '') {
  const read = readRow(
    { line: 2, cells: [email, date] },
    {
      of: { kind: 'suppression', reason, evidence: 'list of the old system' },
      ...{ columns, map: columnMap(columns, [], new Map()), consents: [], starting: 'recent rows' },
      ...{ sensitiveAttributes: [], language: 'en', timeZone: 'UTC', now: room.clock.now },
    },
  );
  if (read.outcome === 'rejected') throw new Error(read.reason);
  for (const activity of read.activities) await room.deliver(activity);
}

describe('an imported refusal', () => {
  it('suppresses a lead, with its evidence, and twice is once', async () => {
    const room = await aConsentRoom(aTwin());
    await room.submit('ebook');
    room.advance(1000);
    await importRow(room, 'complaint');
    const once = [await room.lead(), await room.view()];
    room.advance(1000);
    await importRow(room, 'complaint');
    expect([await room.lead(), await room.view()]).toEqual(once);
    expect(once[0]).toMatchObject({
      suppressed: { reason: 'complaint' },
      consent: { marketing: { status: 'revoked' } },
    });
    expect(once[1]).toMatchObject({
      suppressions: [{ reason: 'complaint', evidence: 'imported: list of the old system' }],
    });
  });

  it('makes no lead of somebody we do not know, and holds when they become one', async () => {
    const room = await aConsentRoom(aTwin());
    await importRow(room, 'unsubscribe');
    expect(await room.lead()).toBeNull();
    expect(await room.deps.suppressions.get(leadId)).toMatchObject({ reason: 'unsubscribe' });
    room.advance(1000);
    await room.submit('ebook');
    expect(await room.lead()).toMatchObject({
      suppressed: { reason: 'unsubscribe' },
      consent: { marketing: { status: 'revoked' } },
    });
  });

  it('I-C2 of before they came back by their own yes changes nothing, however often the file is imported', async () => {
    const room = await aConsentRoom(aTwin());
    await room.submit('ebook');
    room.advance(1000);
    await importRow(room, 'unsubscribe');
    room.advance(1000);
    await room.submit('newsletter');
    room.advance(1000);
    await room.confirm('POST');
    room.advance(1000);
    await importRow(room, 'unsubscribe');
    await importRow(room, 'unsubscribe', '2026-01-31');
    expect(await room.lead()).toMatchObject({ suppressed: null, consent: { marketing: { status: 'granted' } } });
    await importRow(room, 'bounce');
    expect(await room.lead()).toMatchObject({ suppressed: { reason: 'bounce' } });
  });
});
