import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { receiveForm } from '../../../functions/capture/receive-form.ts';
import { CapturedActivity } from '../../../functions/leads/activity.ts';
import { type HttpAnswer, RequestError } from '../../../functions/runtime/http.ts';
import type { OutgoingEvent } from '../../../functions/runtime/publish.ts';
import { account, forms } from '../../support/forms.ts';
import { aRequest, bodyOf } from '../../support/http.ts';

const now = Date.parse('2026-11-02T12:00:30.000Z');

async function post(
  formId: string,
  {
    body,
    type = 'application/x-www-form-urlencoded',
    headers = {},
  }: { body: string | Buffer; type?: string; headers?: Record<string, string> },
) {
  const events: OutgoingEvent[] = [];
  const deps = {
    forms,
    account,
    now: () => now,
    publish: async (more: readonly OutgoingEvent[]) => void events.push(...more),
  };
  const request = aRequest({ params: { formId }, headers: { 'content-type': type, ...headers }, body });
  const answer = await receiveForm(request, deps);
  const activities = events
    .filter(({ detailType }) => detailType === 'ActivityCaptured')
    .map(({ detail }) => CapturedActivity.parse(detail));
  const rejections = events.filter(({ detailType }) => detailType === 'SubmissionRejected').map(({ detail }) => detail);
  return { answer, activities, rejections };
}

const json = (content: unknown) => ({ type: 'application/json', body: JSON.stringify(content) });
const multipart = (boundary: string, ...parts: readonly string[]) => ({
  type: `multipart/form-data; boundary=${boundary}`,
  body: `${parts.map((part) => `--${boundary}\r\nContent-Disposition: form-data; ${part}\r\n`).join('')}--${boundary}--\r\n`,
});
const types = (activities: readonly CapturedActivity[]) => activities.map(({ type }) => type);
const header = (answer: HttpAnswer, name: string) => answer.headers?.[name];

describe('a form post', () => {
  it('is one submission, and a list subscription when marketing is agreed to', async () => {
    const { answer, activities } = await post('ebook', {
      body: 'email=Maria.Silva%40Example.com&name=Maria+Silva&phone=%2B55+21+99999-8888&consent=marketing&utm_source=google&utm_medium=cpc&utm_campaign=spring&ripen_aid=visitor-1',
    });
    expect(answer.status).toBe(202);
    expect(bodyOf(answer)).toEqual({ activityId: activities[0]?.activityId });
    expect(types(activities)).toEqual(['form.submitted', 'list.subscribed']);
    expect(activities[0]).toMatchObject({
      source: 'form',
      subject: { email: 'maria.silva@example.com', emailAsTyped: 'Maria.Silva@Example.com', anonymousId: 'visitor-1' },
      attributes: { name: 'Maria Silva', phone: '+5521999998888' },
      properties: {
        form: 'ebook',
        magnet: 'e-book',
        funnelStage: 'TOFU',
        solution: false,
        explicitRequest: false,
        language: 'en',
      },
      origin: { channel: 'paid', source: 'google', medium: 'cpc', campaign: 'spring' },
      consents: [
        {
          purpose: 'marketing',
          status: 'granted',
          evidence: 'answered yes on the form ebook',
          wording: expect.stringMatching(/^[0-9a-f]{64}$/),
        },
      ],
      quiet: false,
    });
    expect(activities[0]?.attributes).not.toHaveProperty('email');
  });

  it('is the same whichever way it is sent', async () => {
    const urlencoded = await post('ebook', { body: 'email=a%40example.com&name=Ana&consent=true' });
    const asJson = await post('ebook', json({ email: 'a@example.com', name: 'Ana', consent: { marketing: true } }));
    const parts = await post(
      'ebook',
      multipart('x', 'name="email"\r\n\r\na@example.com', 'name="name"\r\n\r\nAna', 'name="consent"\r\n\r\nmarketing'),
    );
    expect(asJson.activities).toEqual(urlencoded.activities);
    expect(parts.activities).toEqual(urlencoded.activities);
  });

  it('is stored without consent, and subscribes nobody', async () => {
    const { activities } = await post('ebook', { body: 'email=a%40example.com' });
    expect(types(activities)).toEqual(['form.submitted']);
    expect(activities[0]?.consents).toEqual([]);
  });

  it('keeps a program’s no as an answer', async () => {
    const { activities } = await post('ebook', json({ email: 'a@example.com', consent: { marketing: false } }));
    expect(activities[0]?.consents).toMatchObject([{ purpose: 'marketing', status: 'denied' }]);
  });

  it('waits for the confirmation where the form uses double opt-in', async () => {
    const { activities } = await post('newsletter', { body: 'email=a%40example.com&consent=marketing' });
    expect(types(activities)).toEqual(['form.submitted']);
    expect(activities[0]?.consents).toMatchObject([{ purpose: 'marketing', status: 'pending' }]);
  });

  it('records the trial it starts', async () => {
    const { activities } = await post('trial', { body: 'email=a%40example.com&consent=marketing' });
    expect(types(activities)).toEqual(['form.submitted', 'list.subscribed', 'trial.started']);
    expect(activities[2]).toMatchObject({
      properties: { form: 'trial', subject: 'trial' },
      subject: { email: 'a@example.com' },
    });
    expect(new Set(activities.map(({ activityId }) => activityId)).size).toBe(3);
  });

  it('lets sales call whoever asks to be called', async () => {
    const { activities } = await post('demo', { body: 'email=a%40example.com' });
    expect(activities[0]).toMatchObject({
      properties: { explicitRequest: true, solution: true },
      consents: [{ purpose: 'sales-contact', status: 'granted' }],
    });
  });

  it('drops and counts what the form does not ask', async () => {
    const { activities } = await post('ebook', {
      body: JSON.stringify({ email: 'a@example.com', score: 99, owner: 'me', constructor: 'x' }).replace(
        '{',
        '{"__proto__":{"polluted":true},',
      ),
      type: 'application/json',
    });
    expect(activities[0]?.attributes).toEqual({});
    expect(activities[0]?.properties.droppedFields).toBe(4);
    expect(Object.prototype).not.toHaveProperty('polluted');
  });

  it('sends a browser to the thank-you page', async () => {
    const { answer } = await post('ebook', { body: 'email=a%40example.com', headers: { accept: 'text/html,*/*' } });
    expect(answer.status).toBe(303);
    expect(header(answer, 'location')).toBe('/p/thank-you?form=ebook');
  });

  it('gives a browser the form back with what was typed, escaped', async () => {
    const { answer } = await post('ebook', {
      body: 'email=nobody&name=%3Cscript%3E&language=pt-BR',
      headers: { accept: 'text/html' },
    });
    expect(answer.status).toBe(422);
    expect(answer.body).toContain('Isto não é um e-mail');
    expect(answer.body).toContain('value="&lt;script&gt;"');
    expect(answer.body).not.toContain('<script>');
  });

  it('takes a phone number, a country, a number and a web address as what they are', async () => {
    const { activities } = await post(
      'ebook',
      json({
        email: 'a@example.com',
        phone: '(21) 99999-8888',
        country: 'br',
        revenue: 2500000,
        site: 'https://a.example',
      }),
    );
    expect(activities[0]?.attributes).toEqual({
      phone: '+5521999998888',
      country: 'BR',
      revenue: 2_500_000,
      site: 'https://a.example',
    });
  });

  it('keeps a phone number nobody can read as it was typed', async () => {
    const { activities } = await post('ebook', json({ email: 'a@example.com', phone: 'ask for Ana, ext 4' }));
    expect(activities[0]?.attributes.phone).toBe('ask for Ana, ext 4');
  });
});

describe('a form posted twice', () => {
  it('is one submission under one Idempotency-Key, whatever the minute', async () => {
    const first = await post('ebook', { body: 'email=a%40example.com', headers: { 'idempotency-key': 'k-1' } });
    const second = await post('ebook', { body: 'email=a%40example.com&submission_id=k-1' });
    const other = await post('ebook', { body: 'email=a%40example.com&submission_id=k-2' });
    expect(first.activities[0]?.activityId).toBe(second.activities[0]?.activityId);
    expect(other.activities[0]?.activityId).not.toBe(first.activities[0]?.activityId);
  });

  it('is two submissions when two people come under one id, or under an empty key', async () => {
    for (const headers of [{ 'idempotency-key': 'static' }, { 'idempotency-key': '  ' }]) {
      const ana = await post('ebook', { body: 'email=ana@example.com', headers });
      const bia = await post('ebook', { body: 'email=bia@example.com', headers });
      expect(ana.activities[0]?.activityId).not.toBe(bia.activities[0]?.activityId);
    }
    const empty = { 'idempotency-key': ' ' };
    const first = await post('ebook', { body: 'email=ana@example.com&name=Ana', headers: empty });
    const second = await post('ebook', { body: 'email=ana@example.com&name=Ana+Maria', headers: empty });
    expect(first.activities[0]?.activityId).not.toBe(second.activities[0]?.activityId);
  });

  it('is one submission with the same content within a minute', async () => {
    const first = await post('ebook', { body: 'email=a%40example.com&name=Ana' });
    const second = await post('ebook', { body: 'name=Ana&email=A%40example.com' });
    const other = await post('ebook', { body: 'name=Eva&email=a%40example.com' });
    expect(second.activities[0]?.activityId).toBe(first.activities[0]?.activityId);
    expect(other.activities[0]?.activityId).not.toBe(first.activities[0]?.activityId);
  });
});

describe('a form post that cannot be taken', () => {
  const cases: readonly [string, string, Parameters<typeof post>[1], number, string, string?][] = [
    ['an unknown form', 'nothing', { body: 'email=a%40example.com' }, 404, 'unknown-form'],
    ['a form called constructor', 'constructor', { body: '' }, 404, 'unknown-form'],
    ['malformed JSON', 'ebook', { body: '{"email":', type: 'application/json' }, 422, 'malformed-body'],
    ['JSON that is a list', 'ebook', json([1]), 422, 'malformed-body'],
    ['65 KB', 'ebook', { body: `email=a%40example.com&name=${'x'.repeat(65 * 1024)}` }, 413, 'body-too-large'],
    [
      'a 2 MB multipart',
      'ebook',
      multipart('x', `name="f"; filename="f"\r\n\r\n${'x'.repeat(2_000_000)}`),
      413,
      'body-too-large',
    ],
    ['plain text', 'ebook', { body: 'email=a', type: 'text/plain' }, 415, 'unsupported-content-type'],
    ['no content type', 'ebook', { body: 'email=a', type: '' }, 415, 'unsupported-content-type'],
    ['a multipart without boundary', 'ebook', { body: 'x', type: 'multipart/form-data' }, 422, 'malformed-body'],
    [
      'a multipart whose file is cut off',
      'ebook',
      {
        body: '--x\r\nContent-Disposition: form-data; name="email"; filename="a.txt"\r\n\r\nabc',
        type: 'multipart/form-data; boundary=x',
      },
      422,
      'malformed-body',
    ],
    [
      'a multipart cut off',
      'ebook',
      {
        body: '--x\r\nContent-Disposition: form-data; name="email"\r\n\r\na@',
        type: 'multipart/form-data; boundary=x',
      },
      422,
      'malformed-body',
    ],
    ['bad percent-encoding', 'ebook', { body: 'email=a%40example.com&name=%ZZ' }, 422, 'malformed-body'],
    ['Latin-1 percent-encoding', 'ebook', { body: 'email=a%40example.com&name=Jos%E9' }, 422, 'malformed-body'],
    ['raw Latin-1', 'ebook', { body: Buffer.from('email=a%40example.com&name=José', 'latin1') }, 422, 'malformed-body'],
    [
      'Latin-1 in a multipart',
      'ebook',
      {
        ...multipart('x'),
        body: Buffer.from('--x\r\nContent-Disposition: form-data; name="name"\r\n\r\nJosé\r\n--x--\r\n', 'latin1'),
      },
      422,
      'malformed-body',
    ],
    ['no address', 'ebook', { body: 'name=Ana' }, 422, 'required', 'email'],
    ['no real address', 'ebook', { body: 'email=ana' }, 422, 'not-an-email', 'email'],
    [
      'CR/LF in a name',
      'ebook',
      { body: 'email=a%40example.com&name=Ana%0D%0ABcc%3A+x%40example.com' },
      422,
      'not-plain-text',
      'name',
    ],
    ['CR/LF in an address', 'ebook', { body: 'email=a%40exam%0D%0Aple.com' }, 422, 'not-plain-text', 'email'],
    ['half a character', 'ebook', json({ email: 'a@example.com', name: '\ud800' }), 422, 'not-plain-text', 'name'],
    ['a name too long', 'ebook', { body: `email=a%40example.com&name=${'x'.repeat(41)}` }, 422, 'too-long', 'name'],
    ['an object for a name', 'ebook', json({ email: { $gt: '' } }), 422, 'not-text', 'email'],
    ['two addresses', 'ebook', { body: 'email=a%40example.com&email=b%40example.com' }, 422, 'given-twice', 'email'],
    ['an unknown option', 'ebook', { body: 'email=a%40example.com&size=9000' }, 422, 'not-an-option', 'size'],
    [
      'a script for an address of a site',
      'ebook',
      { body: 'email=a%40example.com&site=javascript:alert(1)' },
      422,
      'not-a-web-address',
      'site',
    ],
    ['a word for a number', 'ebook', { body: 'email=a%40example.com&revenue=lots' }, 422, 'not-a-number', 'revenue'],
    [
      'a page of another site',
      'demo',
      { body: 'email=a%40example.com', headers: { origin: 'https://evil.example' } },
      403,
      'origin-not-allowed',
    ],
  ];

  for (const [what, formId, posted, status, code, path] of cases)
    it(`answers ${status} to ${what}`, async () => {
      const { answer, activities, rejections } = await post(formId, posted);
      expect(answer.status).toBe(status);
      expect(bodyOf(answer)).toMatchObject({ error: { code, message: expect.any(String), ...(path && { path }) } });
      expect(activities).toEqual([]);
      expect(rejections).toMatchObject(status === 404 ? [] : [{ formId, code, ...(path && { path }) }]);
      const asPage = await post(formId, { ...posted, headers: { ...posted.headers, accept: 'text/html' } });
      expect(asPage.answer.status).toBe(status);
      expect(asPage.answer.headers?.['content-type']).toContain('text/html');
    });

  it('never tells the bus what the visitor typed', async () => {
    const { rejections } = await post('ebook', { body: 'email=secret-word&name=secret-word' });
    expect(JSON.stringify(rejections)).not.toContain('secret-word');
  });
});

describe('whatever is posted', () => {
  const declared = new Set(forms.forms.ebook?.fields.map(({ name }) => name));
  const contentType = fc.constantFrom(
    'application/x-www-form-urlencoded',
    'application/json',
    'multipart/form-data; boundary=x',
    'multipart/form-data; boundary=""',
    'text/html',
    '',
  );
  const names = fc.oneof(
    fc.constantFrom('email', 'name', 'consent', '__proto__', 'constructor', 'utm_source', 'score'),
    fc.string(),
  );
  const body = fc.oneof(
    fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes)),
    fc.string({ unit: 'binary' }).map((text) => Buffer.from(text)),
    fc.json().map((text) => Buffer.from(text)),
    fc
      .dictionary(names, fc.oneof(fc.jsonValue(), fc.constant('a@example.com')))
      .map((content) => Buffer.from(JSON.stringify(content))),
    fc
      .array(fc.tuple(names, fc.string({ unit: 'binary' })))
      .map((pairs) => Buffer.from(`email=a%40example.com&${pairs.map((pair) => pair.join('=')).join('&')}`)),
    fc.array(fc.string()).map((parts) => Buffer.from(parts.map((part) => `--x\r\n${part}\r\n`).join(''))),
  );

  it('gets a documented answer, and nothing undeclared is stored', async () => {
    await fc.assert(
      fc.asyncProperty(contentType, body, fc.boolean(), async (type, bytes, browser) => {
        const { answer, activities } = await post('ebook', {
          body: bytes,
          type,
          headers: browser ? { accept: 'text/html' } : {},
        });
        expect([202, 303, 413, 415, 422]).toContain(answer.status);
        for (const { attributes } of activities)
          for (const name of Object.keys(attributes)) expect(declared).toContain(name);
      }),
      { numRuns: 500 },
    );
  });

  it('does not swallow a fault of ours', async () => {
    const request = aRequest({
      params: { formId: 'ebook' },
      headers: { 'content-type': 'application/json' },
      body: '{"email":"a@example.com"}',
    });
    const publish = async () => Promise.reject(new Error('EventBridge is away'));
    const answer = receiveForm(request, { forms, account, now: () => now, publish });
    await expect(answer).rejects.not.toBeInstanceOf(RequestError);
  });
});
