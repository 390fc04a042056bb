import { expect, it } from 'vitest';
import { suppressLead } from '../../../functions/consent/suppress-lead.ts';
import { handOffLead } from '../../../functions/handoff/hand-off-lead.ts';
import { handoffStore } from '../../../functions/handoff/handoff.store.ts';
import type { LeadStore } from '../../../functions/leads/lead.store.ts';
import { leadIdOf } from '../../../functions/leads/lead-id.ts';
import { Counter } from '../../../functions/metrics/counter.ts';
import { decideReview } from '../../../functions/scoring/decide-review.ts';
import { rescoreLead } from '../../../functions/scoring/rescore-lead.ts';
import { settleLead } from '../../../functions/scoring/settle-lead.ts';
import { testTables } from '../../support/dynamodb.ts';
import { account } from '../../support/forms.ts';
import { anActivity } from '../../support/scoring.ts';
import { aTeam } from '../../unit/handoff/a-qualified-lead.ts';
import { aLifeOf, anErasureRoom } from './an-erasure-room.ts';

const { leads: table } = await testTables({ stream: false });
const room = await anErasureRoom(table);
await room.scoring.activate('v2');
const { deps } = room.scoring;
const idOf = (email: string) => leadIdOf(email, 'pepper');

/** What is stored that speaks of a person, beside what is meant to stay. */
async function leftOf(email: string): Promise<readonly unknown[]> {
  const items = await room.items();
  return items.filter((item) => {
    const { kind, detailType, due } = item;
    const stays = kind === 'erased' || kind === 'suppression' || detailType === 'LeadErased' || due === 'erasure';
    return !stays && new RegExp(`${email}|${idOf(email)}`).test(JSON.stringify(item));
  });
}

it('I-E2 sixty-four writers at once, and an erasure among them: nothing is left, whoever came last', async () => {
  for (let round = 1; round <= 4; round++) {
    const email = `busy.${round}@example.com`;
    const leadId = idOf(email);
    await room.score(...aLifeOf(email, `browser-busy-${round}`));
    const before = await room.figures();
    let erased: unknown = null;
    const writers = Array.from({ length: 64 }, async (_, n) => {
      // A third before, a third while, a third after it, as far as chance has it.
      if (n === 20) erased = await room.erase(leadId);
      else await writing(n, email, `browser-busy-${round}-${n}`);
    });
    await Promise.all(writers);
    expect(erased).toMatchObject({ leadId });
    await room.look(leadId, 0);
    expect(await leftOf(email)).toEqual([]);
    expect(await deps.leads.known(leadId)).toBe('erased');
    // What was recorded before the tombstone counts, and nothing that was counted before is lost.
    const after = await room.figures();
    for (const [day, { total }] of Object.entries(before))
      for (const counter of Counter.options)
        expect(after[day]?.total[counter] ?? 0, `${day} ${counter}`).toBeGreaterThanOrEqual(total[counter] ?? 0);
  }
});

/** One of those who write to a lead: recording, cooling, another model, a no. */
async function writing(n: number, email: string, visitor: string): Promise<void> {
  const leadId = idOf(email);
  switch (n % 4) {
    case 0:
      return settleLead(leadId, deps);
    case 1: {
      await rescoreLead({ leadId }, n % 8 === 1 ? 'v2' : 'v1', deps);
      return;
    }
    case 2: {
      const complaint = anActivity('email.complained', { source: 'ses', subject: { leadId } });
      return suppressLead(complaint, { ...deps, suppressions: room.suppressions });
    }
    default:
      return room.score(
        anActivity('form.submitted', { subject: { email, anonymousId: visitor }, attributes: { name: email } }),
      );
  }
}

const paths: Readonly<Record<string, (email: string, erasing: LeadStore) => Promise<unknown>>> = {
  'recording what they did': (email, leads) =>
    room.scoreWith({ ...deps, leads }, anActivity('trial.started', { subject: { email } })),
  'settling a score': (email, leads) => settleLead(idOf(email), { ...deps, leads }),
  'moving to another model': (email, leads) => rescoreLead({ leadId: idOf(email) }, 'v2', { ...deps, leads }),
  'handing them to sales': (email, leads) =>
    handOffLead(
      {
        ...{ leadId: idOf(email), cycle: 1, reason: 'explicit-request', score: 30, activityId: 'a', reasons: [] },
        qualifiedAt: '2026-03-10T12:00:00.000Z',
      },
      {
        ...{ leads, handoffs: handoffStore(table, account.timeZone), account, team: aTeam(1) },
        silenced: async () => [],
        now: () => room.clock.now,
        pause: async () => {},
      },
    ),
  'deciding on a review': async (email, leads) => {
    const lead = await deps.leads.get(idOf(email));
    if (!lead) return;
    const review = { leadId: lead.leadId, modelVersion: 'v2', before: 1, after: 60, at: lead.createdAt, decided: null };
    return decideReview(
      lead.leadId,
      { decision: 'leave', author: 'Rita' },
      { ...deps, leads, reviews: { get: async () => review } },
    );
  },
};

it.each(Object.keys(paths))(
  'I-E2 %s, when they are erased between the look and the write: nothing is written',
  async (name) => {
    const email = `${name.replaceAll(' ', '-')}@example.com`;
    await room.scoring.activate('v1');
    await room.score(...aLifeOf(email, `browser of ${name}`));
    await room.scoring.activate('v2');
    let looks = 0;
    const erasing: LeadStore = {
      ...deps.leads,
      get: async (leadId) => {
        const lead = await deps.leads.get(leadId);
        if (++looks === 1) await room.erase(leadId);
        return lead;
      },
      known: async (leadId) => {
        const lead = await deps.leads.known(leadId);
        if (++looks === 1) await room.erase(leadId);
        return lead;
      },
    };
    await paths[name]?.(email, erasing);
    expect(looks).toBeGreaterThan(1);
    expect(await leftOf(email)).toEqual([]);
  },
);

it('I-E2 somebody who is erased before they are a lead for the second time, and somebody nobody knew yet', async () => {
  const email = 'second@example.com';
  await room.score(...aLifeOf(email, 'browser-second'));
  await room.erase(idOf(email));
  // The first look says nobody: a lead would be made, and the tombstone refuses it.
  let looks = 0;
  const blind: LeadStore = {
    ...deps.leads,
    known: async (leadId) => (++looks === 1 ? null : deps.leads.known(leadId)),
  };
  await room.scoreWith({ ...deps, leads: blind }, anActivity('trial.started', { subject: { email } }));
  expect(looks).toBe(2);
  expect(await leftOf(email)).toEqual([]);
});
