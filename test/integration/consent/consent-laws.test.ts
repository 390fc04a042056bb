import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Purpose } from '../../../functions/leads/activity.ts';
import type { Lead } from '../../../functions/leads/lead.ts';
import { aConsentRoom, aTwin, type ConsentRoom, leadId } from './a-consent-room.ts';

const hourMs = 60 * 60_000;

type Doing =
  | {
      readonly kind: 'form' | 'form to confirm' | 'confirm' | 'unsubscribe' | 'bounce' | 'complaint' | 'import of a no';
    }
  | { readonly kind: 'import of a yes' | 'saves yes' | 'saves no' }
  /** The bus brings something once more: the how manieth of all it brought. */
  | { readonly kind: 'again'; readonly nth: number }
  | { readonly kind: 'time'; readonly hours: number };

const doing: fc.Arbitrary<Doing> = fc.oneof(
  fc.record({
    kind: fc.constantFrom(
      ...(['form', 'form to confirm', 'form to confirm', 'confirm', 'confirm', 'unsubscribe', 'bounce'] as const),
      ...(['complaint', 'import of a no', 'import of a yes', 'saves yes', 'saves no'] as const),
    ),
  }),
  fc.record({ kind: fc.constant('again' as const), nth: fc.nat(50) }),
  fc.record({ kind: fc.constant('time' as const), hours: fc.constantFrom(1, 6, 25) }),
);

const history = fc.array(doing, { minLength: 1, maxLength: 14 });

async function act(room: ConsentRoom, what: Doing): Promise<void> {
  const seen = new Date(room.clock.now).toISOString();
  // Nothing happens at the very instant of something else.
  room.advance(1000);
  switch (what.kind) {
    case 'form':
      return room.submit('ebook');
    case 'form to confirm':
      return room.submit('newsletter');
    case 'confirm':
      if (room.requested.length > 0) await room.confirm('POST', { seen });
      return;
    case 'unsubscribe':
      return void (await room.unsubscribe());
    case 'bounce':
      return room.feedback('email.bounced', 'ses', { properties: { bounceType: 'Permanent' } });
    case 'complaint':
      return room.feedback('email.complained', 'ses');
    case 'import of a no':
      return room.feedback('email.unsubscribed', 'import');
    case 'import of a yes':
      return room.feedback('form.submitted', 'import', {
        properties: { form: 'newsletter', permits: ['marketing'] },
        consents: [{ purpose: 'marketing', status: 'granted', evidence: 'a file' }],
      });
    case 'saves yes':
    case 'saves no':
      if (await room.lead())
        await room.preferences('POST', { marketing: what.kind === 'saves yes' ? 'yes' : 'no', seen });
      return;
    case 'again': {
      const activity = room.captured[what.nth % Math.max(1, room.captured.length)];
      if (activity) await room.deliver(activity);
      return;
    }
    case 'time':
      return room.advance(what.hours * hourMs);
  }
}

const theirOwnYes = ['confirm', 'saves yes'];
const severity = { none: 0, unsubscribe: 1, bounce: 2, complaint: 3, erasure: 4 } as const;

function severityOf(lead: Lead | null): number {
  return severity[lead?.suppressed?.reason ?? 'none'];
}

/** Lives a history, and looks at the person before and after each doing. */
function everyHistory(
  check: (step: { room: ConsentRoom; what: Doing; before: Lead | null; after: Lead | null }) => void | Promise<void>,
  numRuns = 300,
) {
  return fc.assert(
    fc.asyncProperty(history, async (doings) => {
      const room = await aConsentRoom(aTwin());
      for (const what of doings) {
        const before = await room.lead();
        await act(room, what);
        await check({ room, what, before, after: await room.lead() });
      }
    }),
    { numRuns },
  );
}

describe('whatever happens to a person, in whatever order and however often', () => {
  it('I-C2 a suppression is lifted by their own yes only, and only when it was their own no', () =>
    everyHistory(({ what, before, after }) => {
      if (severityOf(after) >= severityOf(before)) return;
      expect(theirOwnYes).toContain(what.kind);
      expect(before?.suppressed?.reason).toBe('unsubscribe');
    }));

  it('Q23 consent falls by their own no or a complaint only, and rises from a no by their own yes only', () =>
    everyHistory(({ what, before, after }) => {
      const [was, is] = [before?.consent.marketing?.status, after?.consent.marketing?.status];
      if (was === is) return;
      // Who said no before they were a lead is born with it.
      if (is === 'revoked' && was !== undefined)
        expect(['unsubscribe', 'complaint', 'import of a no', 'saves no', 'again']).toContain(what.kind);
      if (was === 'revoked') expect(theirOwnYes).toContain(what.kind);
      if (was === 'granted') expect(is).toBe('revoked');
    }));

  it('I-C2 what the bus brings once more changes neither consent nor suppression', () =>
    everyHistory(({ what, before, after }) => {
      if (what.kind !== 'again') return;
      expect(after?.suppressed).toEqual(before?.suppressed);
      // Who bounced, and said no before they were a lead: that no finds its place when it is told again. Nothing is sent either way.
      if (before?.suppressed?.reason !== 'bounce') expect(after?.consent).toEqual(before?.consent);
    }));

  it('I-C5 every permission has a row of evidence, and so has every refusal', () =>
    everyHistory(async ({ room, after }) => {
      if (!after) return;
      const { evidence } = await room.view();
      const purposes: readonly Purpose[] = ['marketing', 'sales-contact', 'tracking'];
      for (const purpose of purposes) {
        const status = after.consent[purpose]?.status;
        if (status !== undefined)
          expect(evidence.map((row) => `${row.purpose} ${row.status}`)).toContain(`${purpose} ${status}`);
      }
    }));

  it('I-F1 they are asked at most once in 24 hours, and never when their mailbox or a complaint says no', () =>
    everyHistory(({ room, what, before }) => {
      const [last, asked] = room.requestedAt.slice(-2);
      if (last !== undefined && asked !== undefined) expect(asked - last).toBeGreaterThanOrEqual(24 * hourMs);
      if (room.requestedAt.at(-1) !== room.clock.now) return;
      expect(['form to confirm', 'again']).toContain(what.kind);
      expect([undefined, 'unsubscribe']).toContain(before?.suppressed?.reason);
    }));

  it('the lead and the suppression beside it always say the same', () =>
    everyHistory(async ({ room, after }) => {
      if (after) expect(await room.deps.suppressions.get(leadId)).toEqual(after.suppressed);
    }));
});

describe('a yes and a no at the same instant', () => {
  it('I-C1 I-C2 however their reads and writes fall between each other, the no holds', async () => {
    const pace = fc.infiniteStream(fc.nat(4));
    await fc.assert(
      fc.asyncProperty(pace, fc.boolean(), async (ticks, hadGone) => {
        let isUneven = false;
        const room = await aConsentRoom(
          aTwin(async () => {
            for (let tick = isUneven ? (ticks.next().value ?? 0) : 0; tick > 0; tick--) await undefined;
          }),
        );
        await room.submit('newsletter');
        if (hadGone) {
          room.advance(25 * hourMs);
          await room.unsubscribe();
          room.advance(1000);
          await room.submit('newsletter');
        }
        room.advance(1000);
        const seen = new Date(room.clock.now).toISOString();
        isUneven = true;
        await Promise.all([room.confirm('POST', { seen }), room.unsubscribe(), room.confirm('POST', { seen })]);
        isUneven = false;
        await room.drain();
        expect(await room.lead()).toMatchObject({
          suppressed: { reason: 'unsubscribe' },
          consent: { marketing: { status: 'revoked' } },
        });
        expect(await room.deps.suppressions.get(leadId)).toMatchObject({ reason: 'unsubscribe' });
      }),
      { numRuns: 500 },
    );
  });
});

describe('while the suppressions cannot be read', () => {
  it('nothing is permitted, asked or acknowledged: what comes by the bus comes back', async () => {
    let isBroken = false;
    const room = await aConsentRoom(
      aTwin((items) => {
        if (isBroken && items.some((item) => item.endsWith('SUPPRESSION'))) throw new Error('the table is not there');
      }),
    );
    await room.submit('newsletter');
    room.advance(hourMs);
    const before = await room.lead();
    isBroken = true;
    await expect(room.confirm('POST')).rejects.toThrow('not there');
    await expect(room.unsubscribe()).rejects.toThrow('not there');
    await expect(room.preferences('POST', { marketing: 'no' })).rejects.toThrow('not there');
    await expect(room.feedback('email.complained', 'ses')).rejects.toThrow('not there');
    room.advance(48 * hourMs);
    await expect(room.submit('newsletter')).rejects.toThrow('not there');
    expect(room.requested).toHaveLength(1);
    expect(await room.lead()).toMatchObject({ consent: before?.consent, suppressed: null });
  });
});
