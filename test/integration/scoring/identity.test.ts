import { beforeEach, describe, expect, it } from 'vitest';
import type { CapturedActivity } from '../../../functions/leads/activity.ts';
import { leadIdOf } from '../../../functions/leads/lead-id.ts';
import { personOf, scoreActivities } from '../../../functions/scoring/score-activities.ts';
import { testTables } from '../../support/dynamodb.ts';
import { aScoringRoom } from '../../support/models.ts';
import { anActivity } from '../../support/scoring.ts';

const { leads: table } = await testTables();
const room = aScoringRoom(table, { now: Date.parse('2026-03-10T13:00:00.000Z') });
await room.activate('v1');

let serial = 0;
beforeEach(() => {
  serial += 1;
});
const email = (name: string) => `${name}-${serial}@example.com`;
const idOf = (name: string) => leadIdOf(email(name), 'pepper');
const at = (hour: number) => `2026-03-10T${String(hour).padStart(2, '0')}:00:00.000Z`;
const view = (hour: number, subject: CapturedActivity['subject']) =>
  anActivity('page.viewed', { occurredAt: at(hour), subject, properties: { path: `/pricing/${hour}` } });
const identified = (hour: number, name: string, subject: CapturedActivity['subject']) =>
  anActivity('visitor.identified', { occurredAt: at(hour), subject: { ...subject, email: email(name) } });

async function score(...captured: readonly CapturedActivity[]): Promise<void> {
  for (const one of captured) await scoreActivities([one], await personOf(one, room.deps), room.deps);
}

const hoursOf = async (name: string) =>
  (await room.deps.leads.history(idOf(name))).map(({ occurredAt }) => Number(occurredAt.slice(11, 13)));

describe('a computer that two people share', () => {
  const browser = () => ({ anonymousId: `visitor-${serial}` });

  it('is each one’s in their own time: what came before the second stays the first one’s', async () => {
    await score(view(1, browser()), identified(2, 'ana', browser()), view(3, browser()));
    await score(identified(5, 'bob', browser()), view(6, browser()), view(4, browser()));
    await score(identified(8, 'ana', browser()), view(9, browser()), view(7, browser()));
    expect(await hoursOf('ana')).toEqual([1, 2, 3, 4, 8, 9]);
    expect(await hoursOf('bob')).toEqual([5, 6, 7]);
    expect((await room.deps.leads.get(idOf('ana')))?.email).toBe(email('ana'));
    expect((await room.deps.leads.get(idOf('bob')))?.email).toBe(email('bob'));
  });

  it('gives what has waited to the one who was there, even when the other’s message is recorded first', async () => {
    await score(view(1, browser()), view(6, browser()));
    // The second of them is known by now, and the first one’s form has to come again.
    await room.deps.visitors.identify(`a:visitor-${serial}`, idOf('ana'), [at(2)]);
    await score(identified(5, 'bob', browser()));
    expect(await hoursOf('bob')).toEqual([5, 6]);
    await score(identified(2, 'ana', browser()));
    expect(await hoursOf('ana')).toEqual([1, 2]);
    expect(await room.deps.visitors.waiting(`a:visitor-${serial}`)).toEqual([]);
  });

  it('told everything twice is told once', async () => {
    const all = [
      view(1, browser()),
      identified(2, 'ana', browser()),
      identified(5, 'bob', browser()),
      view(6, browser()),
    ];
    await score(...all);
    await score(...all);
    expect([await hoursOf('ana'), await hoursOf('bob')]).toEqual([
      [1, 2],
      [5, 6],
    ]);
  });
});

it('never merges two known addresses: the user id of one, told with the address of the other, makes two leads', async () => {
  const user = { userId: `user-${serial}` };
  await score(identified(1, 'ana', user), view(2, user), identified(3, 'bob', user), view(4, user));
  expect([await hoursOf('ana'), await hoursOf('bob')]).toEqual([
    [1, 2],
    [3, 4],
  ]);
});

describe('somebody who says late who they are', () => {
  const opened = (hour: number, messageId: string, subject: CapturedActivity['subject']) =>
    anActivity('email.opened', { occurredAt: at(hour), source: 'ses', subject, properties: { messageId } });
  const story = (who: CapturedActivity['subject'], known: CapturedActivity['subject']) => [
    view(1, who),
    anActivity('page.viewed', { occurredAt: at(2), subject: who, properties: { path: '/pricing' } }),
    anActivity('chat.started', { occurredAt: at(3), subject: who }),
    anActivity('form.submitted', {
      occurredAt: at(4),
      subject: known,
      properties: { form: 'webinar', solution: true },
      consents: [{ purpose: 'marketing', status: 'granted', evidence: 'ticked' }],
    }),
    opened(5, 'm-1', known),
    anActivity('page.viewed', { occurredAt: at(6), subject: who, properties: { path: '/pricing' } }),
  ];
  /** What a lead adds up to, whatever they are called. */
  const sumOf = async (name: string) => {
    const lead = await room.deps.leads.get(idOf(name));
    const rows = await room.deps.leads.history(idOf(name));
    return {
      score: lead?.score,
      tallies: Object.entries(lead?.fold.tallies ?? {}),
      stages: Object.entries(lead?.milestones ?? {})
        .map(([stage, { occurredAt }]) => `${stage} ${occurredAt}`)
        .sort(),
      rows: rows.map(({ type, occurredAt, verdict }) => [type, occurredAt, verdict?.by]),
    };
  };

  it('scores exactly as if they had been known from the start, by identify, by form, in any order (I-S3)', async () => {
    const known = { email: email('known') };
    await score(...story(known, known));
    const expected = await sumOf('known');
    expect(expected.rows).toHaveLength(6);

    for (const [name, order] of [
      ['late', [0, 1, 2, 3, 4, 5]],
      ['later', [5, 2, 0, 1, 4, 3]],
      ['latest', [4, 5, 3, 2, 1, 0]],
    ] as const) {
      const visitor = { anonymousId: `${name}-${serial}` };
      const told = story(visitor, { ...visitor, email: email(name) });
      await score(...order.flatMap((index) => told[index] ?? []));
      expect(await sumOf(name)).toEqual(expected);
      await score(...told);
      expect(await sumOf(name)).toEqual(expected);
    }
  });
});
