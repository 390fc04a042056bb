import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Activity } from '../../../functions/leads/activity.ts';
import { verdictReachMs } from '../../../functions/scoring/compiled-model.ts';
import { judge } from '../../../functions/scoring/verdict.ts';
import { aClick, aRow, chrome, deliveredAt, filter, pricing, safari, trap } from './a-reaction.ts';

const seconds = fc.oneof(fc.integer({ min: -20, max: 300 }), fc.integer({ min: 0, max: 6000 })).map((half) => half / 2);
const messageId = fc.constantFrom('m1', 'm2');
const linkId = fc.constantFrom('id.1', 'id.2');
const click = fc
  .record({
    messageId,
    userAgent: fc.constantFrom(safari, safari, chrome, 'Mozilla/5.0'),
    link: fc.constantFrom(`${pricing}?ripen_lid=id.1`, `${pricing}?ripen_lid=id.2`, 'https://a.example/', trap),
    isBotEvent: fc.constantFrom('Likely', 'Unlikely', ''),
  })
  .chain((properties) => seconds.map((at) => aClick(at, properties)));
const row = fc.oneof(
  { weight: 5, arbitrary: click },
  seconds.chain((at) => messageId.map((id) => aRow('email.delivered', at, { messageId: id }))),
  seconds.chain((at) => messageId.map((id) => aRow('email.opened', at, { messageId: id, userAgent: safari }))),
  seconds.chain((at) => linkId.map((id) => aRow('page.viewed', at, { linkId: id }))),
);
const history = fc
  .array(row, { maxLength: 25 })
  .map((rows) => rows.map((each, index) => ({ ...each, activityId: `activity-${index}` })));

const elsewhere = fc.oneof(
  seconds.map((at) => aRow('page.viewed', at, { path: '/p/pricing' })),
  seconds.map((at) => aRow('page.viewed', at, { linkId: 'another' })),
  seconds.map((at) => aRow('email.delivered', at, { messageId: 'another' })),
  seconds.map((at) => aClick(at, { messageId: 'another', link: trap })),
  seconds.map((at) => aRow('form.submitted', at, { form: 'trial' })),
);

it('the order in which activities arrive changes no verdict (I-S3)', () => {
  fc.assert(
    fc.property(
      history.chain((rows) => fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length }))),
      ([rows, shuffled]) => {
        expect(Object.fromEntries(judge(shuffled, filter))).toEqual(Object.fromEntries(judge(rows, filter)));
      },
    ),
    { numRuns: 1000 },
  );
});

it('what has nothing to do with a reaction changes nothing about it', () => {
  fc.assert(
    fc.property(history, fc.array(elsewhere, { maxLength: 10 }), (rows, others) => {
      const more = others.map((each, index) => ({ ...each, activityId: `other-${index}` }));
      const among = judge([...more, ...rows], filter);
      for (const [activityId, verdict] of judge(rows, filter)) expect(among.get(activityId)).toEqual(verdict);
    }),
    { numRuns: 1000 },
  );
});

it('a verdict looks no further than the scoring door loads: two minutes around, half an hour ahead', () => {
  const { aroundMs, proofMs } = verdictReachMs;
  const near = ({ occurredAt }: Activity, { occurredAt: other }: Activity) => {
    const distance = Date.parse(other) - Date.parse(occurredAt);
    return distance >= -2 * aroundMs && distance <= proofMs;
  };
  fc.assert(
    fc.property(history, (rows) => {
      const all = judge(rows, filter);
      for (const each of rows) {
        const around = rows.filter((other) => near(each, other));
        expect(judge(around, filter).get(each.activityId)).toEqual(all.get(each.activityId));
      }
    }),
    { numRuns: 1000 },
  );
});

it('a long history is judged in one go: ten thousand clicks of one link and one burst of them', () => {
  const rows = Array.from({ length: 10_000 }, (_, index) =>
    aClick(index / 100, { link: `https://a.example/${index % 7}` }, `activity-${index}`),
  );
  const delivered = rows.map((_, index) =>
    aRow('email.delivered', index / 50, { messageId: 'm1' }, `delivery-${index}`),
  );
  const verdicts = judge([...rows, ...delivered], filter);
  expect(verdicts.size).toBe(10_000);
  expect([...verdicts.values()].every(({ by }) => by === 'machine')).toBe(true);
  expect(Date.parse(rows[0]?.occurredAt ?? '')).toBe(deliveredAt);
});
