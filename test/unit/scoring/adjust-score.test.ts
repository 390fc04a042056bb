import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CapturedActivity } from '../../../functions/leads/activity.ts';
import { errorAnswer, json, RequestError } from '../../../functions/runtime/http.ts';
import { answerPosted } from '../../../functions/runtime/posted.ts';
import type { OutgoingEvent } from '../../../functions/runtime/publish.ts';
import { adjustScore } from '../../../functions/scoring/adjust-score.ts';
import { aRequest, bodyOf } from '../../support/http.ts';
import { aLead, monday } from '../../support/lead.ts';

const good = { points: 15, reason: 'met her at the fair', author: 'Clara' };

async function post(content: unknown, headers: Record<string, string> = {}, leadId = 'lead-ana') {
  const events: OutgoingEvent[] = [];
  const deps = {
    leads: { get: async (id: string) => (id === 'lead-ana' || id === 'new-address-of-ana' ? aLead() : null) },
    publish: async (more: readonly OutgoingEvent[]) => void events.push(...more),
    now: () => Date.parse(monday),
    newId: () => 'fresh',
    key: headers['idempotency-key'],
  };
  const body = typeof content === 'string' ? content : JSON.stringify(content);
  const request = aRequest({ headers: { 'content-type': 'application/json', ...headers }, body });
  const answer = await answerPosted(request, `/leads/${leadId}`, async (fields) =>
    json(202, await adjustScore(leadId, fields, deps)),
  ).catch((error: unknown) => {
    if (error instanceof RequestError) return errorAnswer(error);
    throw error;
  });
  return { answer, activities: events.map(({ detail }) => CapturedActivity.parse(detail)) };
}

const form = { 'content-type': 'application/x-www-form-urlencoded' };

describe('points by hand', () => {
  it('are an activity of an operator, with who and why (Q2)', async () => {
    const { answer, activities } = await post(good);
    expect(answer.status).toBe(202);
    expect(bodyOf(answer)).toEqual({ activityId: activities[0]?.activityId });
    expect(activities).toMatchObject([
      { type: 'score.adjusted', source: 'operator', occurredAt: monday, subject: { leadId: 'lead-ana' }, quiet: false },
    ]);
    expect(activities[0]?.properties).toEqual(good);
  });

  it('are given once, however often the same request comes', async () => {
    const ids = async (content: object, headers = {}, leadId = 'lead-ana') =>
      (await post(content, headers, leadId)).activities[0]?.activityId;
    const once = await ids(good, { 'idempotency-key': 'k-1' });
    expect(await ids(good, { 'idempotency-key': 'k-1' })).toBe(once);
    expect(await ids({ ...good, adjustment_id: 'k-1' })).toBe(once);
    expect(await ids(good, { 'idempotency-key': 'k-1' }, 'new-address-of-ana')).toBe(once);
    expect(await ids(good, { 'idempotency-key': 'k-2' })).not.toBe(once);
  });

  it('come from the lead’s page as a form, and lead back to it', async () => {
    const { answer, activities } = await post(
      'points=-5&reason=A+student%0Aof+ours&author=Clara&adjustment_id=a1',
      form,
    );
    expect(answer).toMatchObject({ status: 303, headers: { location: '/leads/lead-ana' } });
    expect(activities[0]?.properties).toEqual({ points: -5, reason: 'A student of ours', author: 'Clara' });
  });

  it('say on a page what to mend, with the way back', async () => {
    const { answer, activities } = await post('points=five&reason=<b>&author=Clara', form);
    expect(answer.status).toBe(422);
    expect(String(answer.body)).toContain('Write the points as a whole number');
    expect(String(answer.body)).toContain('href="/leads/lead-ana"');
    expect(activities).toEqual([]);
  });

  it.each([
    ['points', { ...good, points: 0 }],
    ['points', { ...good, points: -0 }],
    ['points', { ...good, points: 1001 }],
    ['points', { ...good, points: 1.5 }],
    ['points', { ...good, points: '1e3' }],
    ['points', { ...good, points: null }],
    ['points', { reason: 'x', author: 'y' }],
    ['reason', { ...good, reason: ' \n ' }],
    ['reason', { ...good, reason: 'x'.repeat(501) }],
    ['author', { ...good, author: 7 }],
    ['author', { ...good, author: '\u200b\u2060\ufeff' }],
    ['author', { ...good, author: '\u202e \u202c' }],
    ['reason', { ...good, reason: '\u3164\u00ad\ufe0f' }],
    ['adjustment_id', { ...good, adjustment_id: 5 }],
    ['author', { points: 1, reason: 'x' }],
    [undefined, []],
    [undefined, 'null'],
    [undefined, '{"points"'],
  ])('refuse a wrong %s: %j', async (path, content) => {
    const { answer, activities } = await post(content);
    expect(answer.status).toBe(422);
    expect(bodyOf(answer)).toMatchObject({ error: { message: expect.any(String), ...(path && { path }) } });
    expect(activities).toEqual([]);
  });

  it('say what to write for an id that is no text', async () => {
    const { answer } = await post({ ...good, adjustment_id: 5 });
    expect(bodyOf(answer)).toMatchObject({ error: { message: 'Write adjustment_id as a text.' } });
  });

  it('keep a name as it is written, but for what turns the direction of writing', async () => {
    const { activities } = await post({ ...good, author: '\u202eClara 👩‍🚀 نامه\u200cها' });
    expect(activities[0]?.properties.author).toBe('Clara 👩‍🚀 نامه\u200cها');
  });

  it('answer anything with what is wrong with it (I-B1)', async () => {
    const field = fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary' }), fc.integer());
    const anything = fc.oneof(fc.jsonValue(), fc.record({ points: field, reason: field, author: field }));
    await fc.assert(
      fc.asyncProperty(anything, async (content) => {
        const { answer, activities } = await post(JSON.stringify(content));
        expect([202, 422]).toContain(answer.status);
        for (const { properties } of activities) expect(JSON.stringify(properties).isWellFormed()).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('are for somebody we know, in words we read', async () => {
    expect((await post(good, {}, 'nobody')).answer.status).toBe(404);
    expect((await post('x', { 'content-type': 'text/plain' })).answer.status).toBe(415);
    expect((await post({ ...good, reason: 'x'.repeat(20_000) })).answer.status).toBe(413);
  });
});
