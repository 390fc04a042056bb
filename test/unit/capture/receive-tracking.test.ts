import { Analytics } from '@segment/analytics-node';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Forms } from '../../../functions/capture/form.ts';
import {
  maxBatchBytes,
  maxEventBytes,
  receiveTracking,
  type TrackingDeps,
} from '../../../functions/capture/receive-tracking.ts';
import { CapturedActivity } from '../../../functions/leads/activity.ts';
import { errorAnswer, type HttpAnswer, RequestError } from '../../../functions/runtime/http.ts';
import type { OutgoingEvent } from '../../../functions/runtime/publish.ts';
import { account, forms } from '../../support/forms.ts';
import { aRequest, bodyOf } from '../../support/http.ts';

const now = Date.parse('2026-11-02T12:00:00.000Z');

interface Sent {
  readonly headers?: Record<string, string>;
  readonly local?: boolean;
  readonly at?: number;
  readonly deps?: Partial<TrackingDeps>;
}

async function post(path: string, content: unknown, { headers = {}, local = true, at = now, deps = {} }: Sent = {}) {
  const events: OutgoingEvent[] = [];
  const body = typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content);
  const answer: HttpAnswer = await receiveTracking(aRequest({ path, headers, body }), {
    forms,
    account,
    local,
    now: () => at,
    publish: async (more) => void events.push(...more),
    ...deps,
  }).catch((error: unknown) => {
    if (error instanceof RequestError) return errorAnswer(error);
    throw error;
  });
  return { answer, activities: events.map(({ detail }) => CapturedActivity.parse(detail)) };
}

const one = async (path: string, content: unknown) => (await post(path, content)).activities[0];

describe('a tracked page', () => {
  it('is a page view of a visitor, with its path, its origin and no query', async () => {
    const activity = await one('/v1/page', {
      anonymousId: 'visitor-1',
      messageId: 'message-0001',
      name: 'Pricing',
      properties: {
        url: 'https://orchard.example/pricing?email=a@example.com&utm_source=google&utm_medium=cpc#top',
        title: 'Prices',
      },
    });
    expect(activity).toMatchObject({
      activityId: 'message-0001',
      type: 'page.viewed',
      source: 'tracker',
      subject: { anonymousId: 'visitor-1' },
      properties: { path: '/pricing', title: 'Prices', name: 'Pricing', url: 'https://orchard.example/pricing' },
      origin: { channel: 'paid', source: 'google', landingPage: 'https://orchard.example/pricing' },
    });
    expect(JSON.stringify(activity)).not.toContain('a@example.com');
  });

  it('keeps which link of a message brought them, when it is one', async () => {
    const linkIdOf = async (linkId: unknown) =>
      (await one('/v1/page', { anonymousId: 'visitor-1', properties: { path: '/a', linkId } }))?.properties.linkId;
    expect(await linkIdOf('payload.mac')).toBe('payload.mac');
    for (const odd of ['', 'x'.repeat(513), 42, { id: 'x' }, ['x'], null]) expect(await linkIdOf(odd)).toBeUndefined();
  });

  it('is taken as text/plain and on the short routes, as a leaving page can send it', async () => {
    const { answer, activities } = await post(
      '/p',
      { anonymousId: 'v', context: { page: { path: '/a', referrer: '' } } },
      { headers: { 'content-type': 'text/plain' } },
    );
    expect(answer.status).toBe(200);
    expect(bodyOf(answer)).toEqual({ success: true });
    expect(activities[0]).toMatchObject({
      type: 'page.viewed',
      properties: { path: '/a' },
      origin: { channel: 'direct' },
    });
  });
});

describe('an identify', () => {
  it('says who a visitor is, and only what our forms ask about them', async () => {
    const activity = await one('/v1/identify', {
      anonymousId: 'visitor-1',
      userId: 97980,
      traits: {
        email: 'Peter@Example.com',
        firstName: 'Peter',
        lastName: 'Gibbons',
        plan: 'premium',
        score: 99,
        age: 40,
        country: 'US',
        revenue: 5,
      },
    });
    expect(activity).toMatchObject({
      type: 'visitor.identified',
      subject: {
        anonymousId: 'visitor-1',
        userId: '97980',
        email: 'peter@example.com',
        emailAsTyped: 'Peter@Example.com',
      },
    });
    expect(activity?.attributes).toEqual({ name: 'Peter Gibbons', country: 'US', revenue: 5 });
    expect(activity?.consents).toEqual([]);
  });

  it('drops what is sensitive and counts it, unless the account has opted in by name (requirements §2.20)', async () => {
    const age = { name: 'age', type: 'number' as const, label: { en: 'Age' } };
    const { demo, ...others } = forms.forms;
    const asking = { ...demo, fields: [...(demo?.fields ?? []), age] };
    const asked = Forms.parse({ ...forms, forms: { ...others, demo: asking } });
    const sent = {
      userId: 'u',
      traits: { age: 40, Gênero: 'f', country: 'US', number_of_children: 2 },
      properties: { children: 2, nested: { gender: 'f', colour: 'red' } },
    };
    const told = async (allowed: string[]) =>
      (await post('/i', sent, { deps: { forms: asked, account: { sensitiveAttributes: allowed } } })).activities[0];
    expect(await told([])).toMatchObject({
      attributes: { country: 'US' },
      properties: { nested: { colour: 'red' }, droppedFields: 4 },
    });
    expect(JSON.stringify(await told([]))).not.toMatch(/40|children|gender|Gênero/);
    expect(await told(['age'])).toMatchObject({
      attributes: { country: 'US', age: 40 },
      properties: { droppedFields: 3 },
    });
  });
});

describe('a tracked event', () => {
  const names: readonly [string, string][] = [
    ['trial.started', 'trial.started'],
    ['Trial Started', 'trial.started'],
    ['appointment.booked', 'appointment.booked'],
    ['deal.won', 'deal.won'],
    ['Email Opened', 'email.opened'],
    ['Email Link Clicked', 'email.clicked'],
    ['Email Delivered', 'email.delivered'],
    ['Email Bounced', 'email.bounced'],
    ['Email Marked as Spam', 'email.complained'],
    ['Unsubscribed', 'email.unsubscribed'],
    ['Signed Up', 'account.registered'],
    ['User Registered', 'account.registered'],
    ['Account Deleted', 'account.cancelled'],
    ['Live Chat Conversation Started', 'chat.started'],
    ['Course Clicked', 'track.course-clicked'],
    ['Inscrição iniciada', 'track.inscricao-iniciada'],
    ['購入', 'track.other'],
    ['3D view', 'track.d-view'],
    ['constructor', 'track.constructor'],
  ];
  for (const [event, type] of names)
    it(`called ${event} is ${type}`, async () => {
      expect((await one('/v1/track', { userId: 'u', event }))?.type).toBe(type);
    });

  it('never adjusts a score or fakes a submission', async () => {
    for (const event of ['score.adjusted', 'form.submitted', 'Form Submitted', 'Score Adjusted', 'address.changed']) {
      const { answer, activities } = await post('/v1/track', { userId: 'u', event });
      expect(answer.status).toBe(400);
      expect(bodyOf(answer)).toMatchObject({ error: { code: 'reserved-event', path: 'event' } });
      expect(activities).toEqual([]);
    }
    const records = (type: string) =>
      Forms.safeParse({ ...forms, forms: { ...forms.forms, demo: { ...forms.forms.demo, records: [type] } } }).success;
    expect(['appointment.booked', 'score.adjusted', 'address.changed'].map(records)).toEqual([true, false, false]);
  });

  it('knows a message, a link and an appointment by Segment’s names for them', async () => {
    const activity = await one('/v1/track', {
      user_id: 'u',
      event: 'Email Link Clicked',
      context: { traits: { email: 'joanna@example.com' } },
      properties: { email_id: 'm-1', link_url: 'https://a.example/?x=1' },
    });
    expect(activity).toMatchObject({
      subject: { userId: 'u', email: 'joanna@example.com' },
      properties: { messageId: 'm-1', link: 'https://a.example/?x=1' },
    });
  });

  it('happened when the client says, corrected by how wrong its clock is', async () => {
    const at = async (times: object) => (await one('/v1/track', { userId: 'u', event: 'X', ...times }))?.occurredAt;
    expect(await at({ timestamp: '2026-11-02T11:59:00.000Z' })).toBe('2026-11-02T11:59:00.000Z');
    expect(await at({ timestamp: '2030-01-01T00:00:00.000Z', sentAt: '2030-01-01T00:00:05.000Z' })).toBe(
      '2026-11-02T11:59:55.000Z',
    );
    expect(await at({ timestamp: '2030-01-01T00:00:00.000Z' })).toBe('2026-11-02T12:00:00.000Z');
    expect(await at({})).toBe('2026-11-02T12:00:00.000Z');
  });

  it('cannot take the id of a form post that is still to come', async () => {
    const messageId = 'abcdefghijklmnopqrstuvwxyz234567';
    const activity = await one('/v1/track', { anonymousId: 'visitor-1', event: 'Trial Started', messageId });
    expect(activity?.activityId).toMatch(/^[a-z2-7]{32}$/);
    expect(activity?.activityId).not.toBe(messageId);
  });

  it('keeps nothing that no table can hold: half a character, a number beyond its range', async () => {
    const activity = await one('/v1/track', {
      anonymousId: 'visitor-1',
      event: `${'e'.repeat(255)}😀`,
      properties: { huge: 1e200, tiny: 5e-324, fine: 1e15, negative: -1e300 },
      context: { userAgent: `${'a'.repeat(511)}😀` },
    });
    expect(JSON.stringify(activity).isWellFormed()).toBe(true);
    expect(activity?.properties.userAgent).toSatisfy((text: string) => text.isWellFormed());
    const texts = { huge: '1e+200', tiny: '5e-324', fine: 1e15, negative: '-1e+300' };
    expect(activity?.properties).toMatchObject(texts);
  });

  it('keeps an id of nineteen digits as it was written', async () => {
    const body = '{"anonymousId":"visitor-1","event":"Order Viewed","properties":{"order_id":1234567890123456789}}';
    expect((await one('/v1/track', body))?.properties.order_id).toBe('1234567890123456789');
  });

  it('sent twice is one activity', async () => {
    const event = { userId: 'u', event: 'X', messageId: 'ajs-f8ca1e4de5024d9430b3928bd8ac6b96' };
    expect((await one('/v1/track', event))?.activityId).toBe((await one('/v1/track', event))?.activityId);
    const short = { userId: 'u', event: 'X', messageId: '1' };
    expect((await one('/v1/track', short))?.activityId).toHaveLength(32);
  });
});

describe('a batch', () => {
  it('takes each event that can be taken, and says what is wrong with the others', async () => {
    const { answer, activities } = await post('/v1/batch', {
      batch: [
        { type: 'track', event: 'A', userId: 'u' },
        { type: 'track', event: 'B' },
        { type: 'group', userId: 'u', groupId: 'g' },
        { type: 'alias', userId: 'u', previousId: 'visitor-1' },
        7,
        { type: 'page', anonymousId: 'v', properties: { note: 'x'.repeat(maxEventBytes) } },
      ],
    });
    expect(answer.status).toBe(200);
    expect(activities.map(({ type }) => type)).toEqual(['track.a', 'visitor.identified']);
    expect(activities[1]?.subject).toEqual({ userId: 'u', anonymousId: 'visitor-1' });
    expect(bodyOf(answer)).toMatchObject({
      success: false,
      errors: [
        { index: 1, code: 'no-subject' },
        { index: 4, code: 'not-an-object' },
        { index: 5, code: 'event-too-large' },
      ],
    });
  });

  it('with nothing in it that can be taken is a 400, since sending it again cannot help', async () => {
    const { answer } = await post('/v1/batch', { batch: [{ type: 'track', event: 'B' }] });
    expect(answer.status).toBe(400);
  });

  it('is an Analytics client’s own, unchanged', async () => {
    const statuses: number[] = [];
    const types: string[] = [];
    const analytics = new Analytics({
      writeKey: 'local',
      host: 'http://127.0.0.1:9',
      flushAt: 3,
      httpClient: {
        async makeRequest({ url, body, headers }: { url: string; body: string; headers: Record<string, string> }) {
          const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
          const { answer, activities } = await post(new URL(url).pathname, body, {
            headers: lower,
            local: false,
            at: Date.now(),
          });
          statuses.push(answer.status);
          types.push(...activities.map(({ type }) => type));
          return {
            status: answer.status,
            statusText: 'OK',
            text: async () => String(answer.body),
            json: async () => bodyOf(answer),
            headers: {},
          };
        },
      },
    });
    analytics.identify({ userId: 'u', traits: { email: 'a@example.com' } });
    analytics.page({ userId: 'u', properties: { url: 'https://orchard.example/pricing' } });
    analytics.track({ userId: 'u', event: 'trial.started' });
    await analytics.closeAndFlush();
    expect(statuses).toEqual([200]);
    expect(types).toEqual(['visitor.identified', 'page.viewed', 'trial.started']);
  });
});

describe('a write key', () => {
  const event = { userId: 'u', event: 'X' };
  const basic = (user: string) => ({ authorization: `Basic ${Buffer.from(`${user}:`).toString('base64')}` });

  it('is taken from Basic authorization or the body', async () => {
    expect((await post('/v1/track', event, { local: false, headers: basic('local') })).answer.status).toBe(200);
    expect((await post('/v1/track', { ...event, writeKey: 'local' }, { local: false })).answer.status).toBe(200);
  });

  it('may be left out on a laptop only, and a wrong one is never taken', async () => {
    expect((await post('/v1/track', event)).answer.status).toBe(200);
    expect((await post('/v1/track', event, { local: false })).answer.status).toBe(401);
    expect((await post('/v1/track', event, { headers: basic('wrong') })).answer.status).toBe(401);
  });
});

describe('what cannot be taken', () => {
  const cases: readonly [string, string, unknown, number][] = [
    ['no JSON', '/v1/track', '{', 400],
    ['no UTF-8', '/v1/track', Buffer.from([0x7b, 0xff, 0x7d]), 400],
    ['a list', '/v1/track', [], 400],
    ['no event name', '/v1/track', { userId: 'u' }, 400],
    ['nobody', '/v1/track', { event: 'X' }, 400],
    ['a time that is none', '/v1/track', { event: 'X', userId: 'u', timestamp: 'yesterday' }, 400],
    ['a batch that is none', '/v1/batch', { batch: 'x' }, 400],
    [
      'an event over 32 KB',
      '/v1/track',
      { event: 'X', userId: 'u', properties: { x: 'x'.repeat(maxEventBytes) } },
      413,
    ],
    ['a batch over 500 KB', '/v1/batch', { batch: [], x: 'x'.repeat(maxBatchBytes) }, 413],
    [
      'nesting without end',
      '/v1/batch',
      `{"batch":[{"type":"track","event":"X","userId":"u","properties":${'['.repeat(10_000)}${']'.repeat(10_000)}}]}`,
      400,
    ],
  ];
  for (const [what, path, content, status] of cases)
    it(`answers ${status} to ${what}`, async () => {
      const { answer, activities } = await post(path, content);
      expect(answer.status).toBe(status);
      expect(bodyOf(answer)).toMatchObject({ error: { code: expect.any(String), message: expect.any(String) } });
      expect(activities).toEqual([]);
    });

  it('is never a fault of ours, and nothing kept is more than our schema', async () => {
    const declared = new Set(Object.values(forms.forms).flatMap(({ fields }) => fields.map(({ name }) => name)));
    const member = fc.constantFrom(
      'type',
      'event',
      'userId',
      'anonymousId',
      'messageId',
      'timestamp',
      'sentAt',
      'properties',
      'traits',
      'context',
      '__proto__',
      'email',
      'toString',
    );
    const message = fc.dictionary(
      member,
      fc.oneof(
        fc.jsonValue(),
        fc.dictionary(member, fc.jsonValue()),
        fc.constantFrom('track', 'page', 'identify', 'a@example.com'),
      ),
    );
    const content = fc.oneof(
      message,
      fc.record({ batch: fc.array(fc.oneof(message, fc.jsonValue())) }),
      fc.string({ unit: 'binary' }),
      fc.uint8Array().map((bytes) => Buffer.from(bytes)),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('/v1/track', '/v1/page', '/v1/identify', '/v1/batch'),
        content,
        async (path, sent) => {
          const { answer, activities } = await post(path, sent);
          expect([200, 400, 401, 413]).toContain(answer.status);
          for (const { attributes } of activities)
            for (const name of Object.keys(attributes)) expect(declared).toContain(name);
        },
      ),
      { numRuns: 500 },
    );
  });
});
