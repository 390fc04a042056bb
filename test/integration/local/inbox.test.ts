import { afterEach, describe, expect, it } from 'vitest';
import { aSes } from './a-ses.ts';

const open: Awaited<ReturnType<typeof aSes>>[] = [];
const opened: typeof aSes = async (overrides) => {
  const bench = await aSes(overrides);
  open.push(bench);
  return bench;
};
afterEach(async () => {
  for (const bench of open.splice(0)) await bench.close();
});

/** The kinds of events of a message, without the Send and Delivery every message has. */
function since(events: readonly { eventType: string }[]): string[] {
  return events.map(({ eventType }) => eventType).filter((type) => type !== 'Send' && type !== 'Delivery');
}

describe('/_local/inbox.json', () => {
  it('lists messages in the stable shape, newest first', async () => {
    const { send, ask, wait } = await opened();
    await send({ subject: 'first' });
    wait(1_000);
    const messageId = await send({
      subject: 'second',
      text: 'Hi',
      html: '<b>Hi</b>',
      headers: { 'List-Unsubscribe': '<http://127.0.0.1:3000/u/t>', 'X-Twice': 'one' },
    });
    const answer = await ask('GET', '/_local/inbox.json');
    expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'application/json; charset=utf-8' } });
    const [newest, oldest] = JSON.parse(answer.body);
    expect(oldest.subject).toBe('first');
    expect(newest).toEqual({
      messageId,
      from: 'Ripen <hello@ripen.example>',
      to: ['ana@example.com'],
      cc: [],
      bcc: [],
      subject: 'second',
      headers: expect.objectContaining({
        from: 'Ripen <hello@ripen.example>',
        subject: 'second',
        'list-unsubscribe': '<http://127.0.0.1:3000/u/t>',
        'x-twice': 'one',
        'message-id': `<${messageId}@email.amazonses.com>`,
        date: 'Mon, 02 Mar 2026 09:00:01 +0000',
      }),
      html: '<b>Hi</b>\n',
      text: 'Hi\n',
      tags: { lead: 'lead-1', step: 'welcome' },
      configurationSet: 'ripen',
      acceptedAt: '2026-03-02T09:00:01.000Z',
    });
  });

  it('filters by recipient in any capitals, Bcc and unencoded plus included', async () => {
    const { send, ask } = await opened();
    await send({ to: 'Ana+News@example.com' });
    await send({ to: 'bo@example.com', bcc: 'ana+news@example.com' });
    await send({ to: 'xana+news@example.com' });
    for (const to of ['ana%2Bnews@EXAMPLE.com', 'ana+news@example.com']) {
      expect(JSON.parse((await ask('GET', `/_local/inbox.json?to=${to}`)).body)).toHaveLength(2);
    }
    expect(JSON.parse((await ask('GET', '/_local/inbox.json?to=no@example.com')).body)).toEqual([]);
  });

  it('still has every message after a restart', async () => {
    const { send, db } = await opened();
    const messageId = await send();
    const again = await opened({ db });
    expect(again.ses.inbox.get(messageId)?.subject).toBe('Olá, Ana');
  });
});

describe('the inbox pages', () => {
  it('say what to do next when there is nothing', async () => {
    const { ask } = await opened();
    const { status, body } = await ask('GET', '/_local/inbox');
    expect(status).toBe(200);
    expect(body).toContain('No e-mail yet');
    expect(body).toContain('href="/connect"');
    expect((await ask('GET', '/_local/inbox?to=%22%3E%3Cb%3E')).body).toContain('No message to &quot;&gt;&lt;b&gt;');
  });

  it('page through many messages', async () => {
    const { send, ask } = await opened();
    for (let n = 0; n < 51; n++) await send({ subject: `n${n}` });
    const first = (await ask('GET', '/_local/inbox?to=ana@example.com')).body;
    expect(first).toContain('>n50<');
    expect(first).not.toContain('>n0<');
    const older = /href="(\/_local\/inbox\?[^"]*before=[^"]*)"/.exec(first)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const second = (await ask('GET', older)).body;
    expect(second).toContain('>n0<');
    expect(second).not.toContain('>n1<');
    expect(second).not.toContain('Older messages');
  });

  it('render a hostile message inert', async () => {
    const { send, ask } = await opened();
    const evil = '"><script>alert(1)</script>';
    const messageId = await send({
      subject: evil,
      text: evil,
      html: `<script>alert(2)</script><a href="javascript:alert(3)">x</a>`,
      headers: { 'X-Evil': evil, 'List-Unsubscribe': '<javascript:alert(4)>' },
    });
    const list = await ask('GET', '/_local/inbox');
    const mail = await ask('GET', `/_local/inbox/${messageId}`);
    for (const { body, headers } of [list, mail]) {
      expect(body).not.toContain('<script');
      expect(body).not.toMatch(/\sstyle=|\son\w+=|href="javascript:/i);
      expect(headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'self'/);
    }
    const part = await ask('GET', `/_local/inbox/${messageId}/html`);
    const policy = part.headers['content-security-policy'];
    expect(policy).toMatch(/^default-src 'none';/);
    expect(policy).toMatch(/sandbox allow-popups allow-popups-to-escape-sandbox$/);
    expect(policy).not.toMatch(/script-src|allow-scripts|allow-same-origin/);
  });

  it('emit one Open per view by a person, and list it', async () => {
    const { send, ask, ses, emitted, wait } = await opened();
    const messageId = await send();
    wait(12_000);
    const { body } = await ask('GET', `/_local/inbox/${messageId}`);
    expect(emitted.at(-1)).toMatchObject({
      'detail-type': 'Email Opened',
      time: '2026-03-02T09:00:12Z',
      detail: {
        eventType: 'Open',
        open: {
          timestamp: '2026-03-02T09:00:12.000Z',
          ipAddress: '192.0.2.10',
          userAgent: expect.stringMatching(/Chrome/),
        },
        mail: { messageId, tags: { lead: ['lead-1'] } },
      },
    });
    expect(body).toMatch(/<strong>Opened<\/strong>.*<time datetime="2026-03-02T09:00:12.000Z">/s);
    await ask('GET', `/_local/inbox/${messageId}/html`);
    await ask('HEAD', `/_local/inbox/${messageId}`);
    await ask('GET', `/_local/inbox/${messageId}`, '', { 'sec-purpose': 'prefetch' });
    expect(since(ses.inbox.events(messageId))).toEqual(['Open']);
    await ask('GET', `/_local/inbox/${messageId}`);
    expect(since(ses.inbox.events(messageId))).toEqual(['Open', 'Open']);
  });

  it('see no Open where SES could see none: a text-only or a bounced message', async () => {
    const { send, ask, ses } = await opened();
    const ids = [await send({ html: null }), await send({ to: 'gone@nowhere.invalid' })];
    for (const id of ids) await ask('GET', `/_local/inbox/${id}`);
    expect(ids.map((id) => since(ses.inbox.events(id)))).toEqual([[], ['Bounce']]);
  });

  it('route links through a Click to the stored address, and nowhere else', async () => {
    const { send, ask, ses, emitted } = await opened();
    const messageId = await send({
      html: '<a href="https://ripen.example/a?x=1&amp;y=2" ses:tags="cta:top;">A</a> <a href="mailto:x@y.z">m</a> <a ses:no-track href="https://ripen.example/u">u</a>',
    });
    const { body } = await ask('GET', `/_local/inbox/${messageId}/html`);
    expect(body).toContain(`href="/_local/inbox/${messageId}/click?n=0"`);
    expect(body).not.toContain('click?n=1');
    const click = await ask('GET', `/_local/inbox/${messageId}/click?n=0&url=https://evil.example`);
    expect(click).toMatchObject({ status: 302, headers: { location: 'https://ripen.example/a?x=1&y=2' } });
    expect(emitted.at(-1)).toMatchObject({
      'detail-type': 'Email Clicked',
      detail: {
        eventType: 'Click',
        click: { link: 'https://ripen.example/a?x=1&y=2', linkTags: { cta: ['top'] }, ipAddress: '192.0.2.10' },
      },
    });
    for (const n of ['1', '-1', '0.5', 'x', '']) {
      expect(await ask('GET', `/_local/inbox/${messageId}/click?n=${n}`)).toMatchObject({ status: 404 });
    }
    expect(since(ses.inbox.events(messageId))).toEqual(['Click']);
  });

  it.each([
    ['delay', 'DeliveryDelay', { deliveryDelay: { delayType: 'MailboxFull' } }],
    ['reject', 'Reject', { reject: { reason: 'Bad content' } }],
    ['bounce', 'Bounce', { bounce: { bounceType: 'Permanent' } }],
    ['complaint', 'Complaint', { complaint: { complainedRecipients: [{ emailAddress: 'ana@example.com' }] } }],
    ['scanner-open', 'Open', { open: { userAgent: 'Mozilla/5.0' } }],
    ['scanner-click', 'Click', { click: { userAgent: 'Mozilla/5.0' } }],
  ])('simulate %s at a button, without opening the message', async (event, eventType, detail) => {
    const { send, ask, ses, emitted } = await opened();
    const messageId = await send();
    const answer = await ask('POST', `/_local/inbox/${messageId}/simulate`, `event=${event}`);
    expect(answer).toMatchObject({ status: 303, headers: { location: `/_local/inbox/${messageId}?notice=${event}` } });
    expect((await ask('GET', answer.headers.location ?? '')).body).toContain('role="status"');
    expect(since(ses.inbox.events(messageId))).toEqual([eventType]);
    expect(emitted.at(-1)?.detail).toMatchObject(detail);
  });

  it('offer the one-click unsubscribe a mail client offers', async () => {
    const { send, ask } = await opened();
    const messageId = await send({
      headers: {
        'List-Unsubscribe': '<http://127.0.0.1:3000/u/token>, <mailto:stop@ripen.example>',
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      },
    });
    const { body } = await ask('GET', `/_local/inbox/${messageId}`);
    expect(body).toContain(`action="/_local/inbox/${messageId}/unsubscribe"`);
    expect(body).toContain('href="mailto:stop@ripen.example"');
  });

  it('post no unsubscribe to another machine', async () => {
    const { send, ask } = await opened();
    const messageId = await send({
      headers: {
        'List-Unsubscribe': '<https://elsewhere.example/u>',
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      },
    });
    const answer = await ask('POST', `/_local/inbox/${messageId}/unsubscribe`);
    expect(answer.headers.location).toBe(`/_local/inbox/${messageId}?notice=unsubscribe-elsewhere`);
  });

  it('answer 404 for an unknown message, 405 for a wrong method, and leave other paths alone', async () => {
    const { ask, ses } = await opened();
    expect(await ask('GET', '/_local/inbox/none')).toMatchObject({ status: 404 });
    expect(await ask('POST', '/_local/inbox')).toMatchObject({ status: 405, headers: { allow: 'GET' } });
    expect(await ask('GET', '/_local/inbox.css')).toMatchObject({
      headers: { 'content-type': 'text/css; charset=utf-8' },
    });
    const elsewhere = { method: 'GET', path: '/_local/queues', query: new URLSearchParams(), headers: {}, body: '' };
    expect(await ses.route(elsewhere)).toBeNull();
  });
});

describe('POST /_local/ses-events', () => {
  const mail = { messageId: 'm-1', tags: { 'ses:configuration-set': ['ripen'], lead: ['lead-1'] } };
  const body = { eventType: 'Open', mail, open: { userAgent: 'Mozilla/5.0' } };

  it('wraps a bare SES body as SES would', async () => {
    const { ask, emitted } = await opened();
    const answer = await ask('POST', '/_local/ses-events', JSON.stringify(body));
    expect(answer.status).toBe(202);
    expect(JSON.parse(answer.body)).toEqual({ count: 1, ids: [emitted[0]?.id] });
    expect(emitted).toMatchObject([
      {
        source: 'aws.ses',
        'detail-type': 'Email Opened',
        time: '2026-03-02T09:00:00Z',
        resources: ['arn:aws:ses:us-east-1:000000000000:configuration-set/ripen'],
        detail: body,
      },
    ]);
  });

  it('delivers an array, and a whole envelope as it is, as often as it is sent', async () => {
    const { ask, emitted } = await opened();
    const envelope = {
      version: '0',
      id: 'given',
      source: 'aws.ses',
      'detail-type': 'Email Opened',
      account: '123456789012',
      time: '2026-02-01T00:00:00Z',
      region: 'eu-west-1',
      resources: [],
      detail: body,
    };
    for (let n = 0; n < 2; n++) await ask('POST', '/_local/ses-events', JSON.stringify([envelope, body]));
    expect(emitted).toHaveLength(4);
    expect(emitted[0]).toEqual(envelope);
    expect(emitted[2]).toEqual(envelope);
  });

  it('knows every kind of event SES publishes', async () => {
    const { ask, emitted } = await opened();
    const parts = { failure: {}, deliveryDelay: {}, subscription: {}, reject: {} };
    const kinds = ['Rendering Failure', 'DeliveryDelay', 'Subscription', 'Reject'];
    await ask('POST', '/_local/ses-events', JSON.stringify(kinds.map((eventType) => ({ eventType, mail, ...parts }))));
    expect(emitted.map((event) => event['detail-type'])).toEqual([
      'Email Rendering Failed',
      'Email Delivery Delayed',
      'Email Subscribed',
      'Email Rejected',
    ]);
  });

  it.each([
    ['{', 'invalid-json', undefined],
    [JSON.stringify(7), 'invalid-ses-event', undefined],
    [JSON.stringify({ ...body, eventType: 'Opened' }), 'invalid-ses-event', 'eventType'],
    [JSON.stringify({ eventType: 'Open', open: {} }), 'invalid-ses-event', 'mail'],
    [JSON.stringify({ eventType: 'Open', mail }), 'invalid-ses-event', 'open'],
    [JSON.stringify([body, { ...body, mail: { messageId: 7 } }]), 'invalid-ses-event', '1.mail.messageId'],
    [
      JSON.stringify({ source: 'aws.ses', 'detail-type': 'Email Clicked', detail: body }),
      'invalid-ses-event',
      'detail-type',
    ],
    [JSON.stringify({ source: 'my.app', 'detail-type': 'Email Opened', detail: body }), 'invalid-ses-event', 'source'],
  ])('refuses %s and delivers nothing', async (text, code, path) => {
    const { ask, emitted } = await opened();
    const answer = await ask('POST', '/_local/ses-events', text);
    expect(answer.status).toBe(422);
    expect(JSON.parse(answer.body).error).toMatchObject({ code, ...(path === undefined ? {} : { path }) });
    expect(emitted).toEqual([]);
  });
});
