import {
  GetAccountSendingEnabledCommand,
  GetSendQuotaCommand,
  GetSendStatisticsCommand,
  SendEmailCommand,
  SendRawEmailCommand,
  SendTemplatedEmailCommand,
} from '@aws-sdk/client-ses';
import { afterEach, describe, expect, it } from 'vitest';
import { aRawMail, aSes, onTheBus, start } from './a-ses.ts';

const open: Awaited<ReturnType<typeof aSes>>[] = [];
const opened: typeof aSes = async (overrides) => {
  const bench = await aSes(overrides);
  open.push(bench);
  return bench;
};
afterEach(async () => {
  for (const bench of open.splice(0)) await bench.close();
});

describe('the local SES', () => {
  it('accepts a raw message and keeps all of it', async () => {
    const { send, ses } = await opened();
    const messageId = await send({ cc: 'bo@example.com', bcc: 'cy@example.com' });
    expect(messageId).toMatch(/^0100[0-9a-f]{12}-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-000000$/);
    expect(ses.inbox.list()).toEqual([
      expect.objectContaining({
        messageId,
        from: 'Ripen <hello@ripen.example>',
        to: ['ana@example.com'],
        cc: ['bo@example.com'],
        bcc: ['cy@example.com'],
        subject: 'Olá, Ana',
        text: 'Hello\n',
        html: expect.stringContaining('<p>Hello'),
        tags: { lead: 'lead-1', step: 'welcome' },
        configurationSet: 'ripen',
        acceptedAt: '2026-03-02T09:00:00.000Z',
      }),
    ]);
  });

  it('accepts a simple message with every recipient, tag and its configuration set', async () => {
    const { client, ses, emitted } = await opened();
    await client.send(
      new SendEmailCommand({
        Source: 'Ripen <hello@ripen.example>',
        Destination: {
          ToAddresses: ['ana@example.com', 'Bo <bo@example.com>'],
          CcAddresses: ['cy@example.com'],
          BccAddresses: ['di@example.com', 'ed@example.com'],
        },
        ReplyToAddresses: ['reply@ripen.example'],
        Message: {
          Subject: { Data: 'Prices & plans' },
          Body: { Html: { Data: '<b>hi</b>' }, Text: { Data: 'hi' } },
        },
        Tags: [
          { Name: 'lead', Value: 'lead-1' },
          { Name: 'run', Value: '7' },
        ],
        ConfigurationSetName: 'ripen',
      }),
    );
    expect(ses.inbox.list()).toMatchObject([
      {
        to: ['ana@example.com', 'bo@example.com'],
        cc: ['cy@example.com'],
        bcc: ['di@example.com', 'ed@example.com'],
        subject: 'Prices & plans',
        headers: { 'reply-to': 'reply@ripen.example' },
        tags: { lead: 'lead-1', run: '7' },
      },
    ]);
    expect(emitted[1]?.detail).toMatchObject({ delivery: { recipients: { length: 5 } } });
  });

  it('lets the tags of the call win over those of the header', async () => {
    const { client, ses } = await opened();
    const RawMessage = { Data: await aRawMail() };
    await client.send(new SendRawEmailCommand({ RawMessage, Tags: [{ Name: 'only', Value: 'this' }] }));
    expect(ses.inbox.list()[0]?.tags).toEqual({ only: 'this' });
  });

  it('refuses in the words of SES, and keeps nothing it refused', async () => {
    const { send, client, ses, emitted } = await opened();
    const sendTo = async (...Destinations: string[]) =>
      client.send(new SendRawEmailCommand({ RawMessage: { Data: await aRawMail() }, Destinations }));
    const refusals: [() => Promise<unknown>, string, string | RegExp][] = [
      [
        () => send({ from: 'eve@elsewhere.example' }),
        'MessageRejected',
        'Email address is not verified. The following identities failed the check in region US-EAST-1: eve@elsewhere.example',
      ],
      [
        () => send({ headers: { 'X-SES-CONFIGURATION-SET': 'none' } }),
        'ConfigurationSetDoesNotExistException',
        'Configuration set <none> does not exist.',
      ],
      [
        () => send({ headers: { 'X-SES-MESSAGE-TAGS': 'lead=a:b' } }),
        'InvalidParameterValue',
        "Invalid tag value <a:b>: only alphanumeric ASCII characters, '_', and '-' are allowed.",
      ],
      [() => sendTo('nobody'), 'InvalidParameterValue', "Missing final '@domain'"],
      [() => sendTo('aña@example.com'), 'InvalidParameterValue', 'Local address contains control or whitespace'],
      [() => sendTo('ana@exa_mple.com'), 'InvalidParameterValue', 'Domain contains illegal character'],
      [() => send({ to: '' }), 'InvalidParameterValue', 'Missing destination.'],
      [() => send({ from: '' }), 'InvalidParameterValue', "Missing required header 'From'."],
      [
        () => send({ to: Array.from({ length: 51 }, (_, n) => `a${n}@example.com`).join() }),
        'InvalidParameterValue',
        'Recipient count exceeds 50.',
      ],
      [
        () =>
          client.send(
            new SendTemplatedEmailCommand({
              Source: 'hello@ripen.example',
              Destination: { ToAddresses: ['ana@example.com'] },
              Template: 'welcome',
              TemplateData: '{}',
            }),
          ),
        'InvalidAction',
        /^Could not find operation SendTemplatedEmail/,
      ],
    ];
    for (const [ask, name, message] of refusals) {
      await expect(ask()).rejects.toMatchObject({ name, message: expect.stringMatching(message) });
    }
    expect(ses.inbox.list()).toEqual([]);
    expect(emitted).toEqual([]);
  });

  it('takes a verified address, and any sub-domain of a verified domain', async () => {
    const { send } = await opened({ identities: ['Ripen.example', 'ana@solo.example'] });
    await expect(send({ from: 'x@news.ripen.example' })).resolves.toMatch(/^0100/);
    await expect(send({ from: 'ANA@solo.example' })).resolves.toMatch(/^0100/);
    await expect(send({ from: 'bo@solo.example' })).rejects.toThrow(/bo@solo\.example/);
    await expect(send({ from: 'x@notripen.example' })).rejects.toThrow(/notripen/);
  });

  it('throttles over the rate of a second, counting recipients', async () => {
    const { send, wait } = await opened({ quota: { maxSendRate: 2, max24HourSend: -1 } });
    await send({ cc: 'bo@example.com' });
    const throttled = { name: 'Throttling', message: 'Maximum sending rate exceeded.' };
    await expect(send()).rejects.toMatchObject(throttled);
    wait(999);
    await expect(send()).rejects.toMatchObject(throttled);
    wait(1);
    await expect(send()).resolves.toMatch(/^0100/);
  });

  it('throttles over the quota of a day, and says how much is left', async () => {
    const { send, wait, client } = await opened({ quota: { maxSendRate: 10, max24HourSend: 1 } });
    await send();
    wait(60_000);
    await expect(send()).rejects.toMatchObject({ name: 'Throttling', message: 'Daily message quota exceeded.' });
    const quota = { Max24HourSend: 1, MaxSendRate: 10 };
    expect(await client.send(new GetSendQuotaCommand())).toMatchObject({ ...quota, SentLast24Hours: 1 });
    wait(24 * 3_600_000);
    expect(await client.send(new GetSendQuotaCommand())).toMatchObject({ ...quota, SentLast24Hours: 0 });
    await expect(send()).resolves.toMatch(/^0100/);
  });

  it('counts attempts, bounces and complaints per quarter of an hour', async () => {
    const { send, client } = await opened();
    await send();
    await send({ to: 'bounce@simulator.amazonses.com' });
    expect((await client.send(new GetSendStatisticsCommand())).SendDataPoints).toEqual([
      { Timestamp: new Date(start), DeliveryAttempts: 2, Bounces: 1, Complaints: 0, Rejects: 0 },
    ]);
    expect(await client.send(new GetAccountSendingEnabledCommand())).toMatchObject({ Enabled: true });
  });

  it('reports Send and Delivery on the default bus, in the shapes SES documents', async () => {
    const { send, emitted } = await opened();
    const messageId = await send();
    const arn = 'arn:aws:ses:us-east-1:000000000000:configuration-set/ripen';
    expect(emitted).toMatchObject([
      {
        version: '0',
        source: 'aws.ses',
        'detail-type': 'Email Sent',
        account: '000000000000',
        region: 'us-east-1',
        time: '2026-03-02T09:00:00Z',
        resources: [arn],
        detail: {
          eventType: 'Send',
          send: {},
          mail: {
            timestamp: '2026-03-02T09:00:00.000Z',
            messageId,
            destination: ['ana@example.com'],
            headersTruncated: false,
            commonHeaders: { to: ['ana@example.com'], subject: 'Olá, Ana', messageId },
            tags: { lead: ['lead-1'], step: ['welcome'], 'ses:configuration-set': ['ripen'] },
          },
        },
      },
      {
        'detail-type': 'Email Delivered',
        detail: { eventType: 'Delivery', delivery: { recipients: ['ana@example.com'] }, mail: { messageId } },
      },
    ]);
    expect(new Set(emitted.map(({ id }) => id)).size).toBe(2);
  });

  it('publishes only what the configuration set asks for, and nothing without one', async () => {
    const { send, client, emitted, ses } = await opened({
      configurationSets: [onTheBus('ripen', ['BOUNCE', 'renderingFailure', 'delivery'])],
    });
    const messageId = await send();
    expect(emitted.map((event) => event['detail-type'])).toEqual(['Email Delivered']);
    expect(ses.inbox.events(messageId).map(({ state }) => state)).toEqual(['ignored', 'emitted']);
    const Source = 'hello@ripen.example';
    const Message = { Subject: { Data: 'Hi' }, Body: { Text: { Data: 'Hi' } } };
    await client.send(new SendEmailCommand({ Source, Message, Destination: { ToAddresses: ['ana@example.com'] } }));
    expect(emitted).toHaveLength(1);
  });

  it.each([
    ['bounce@simulator.amazonses.com', ['Send', 'Bounce'], { bounceType: 'Permanent', bounceSubType: 'General' }],
    ['bounce+a-label@simulator.amazonses.com', ['Send', 'Bounce'], { bounceType: 'Permanent' }],
    ['suppressionlist@simulator.amazonses.com', ['Send', 'Bounce'], { bounceSubType: 'Suppressed' }],
    ['ooto@simulator.amazonses.com', ['Send', 'Delivery', 'Bounce'], { bounceType: 'Transient' }],
    ['complaint@simulator.amazonses.com', ['Send', 'Delivery', 'Complaint'], { complaintFeedbackType: 'abuse' }],
    ['success+1@simulator.amazonses.com', ['Send', 'Delivery'], {}],
    ['someone@placeholder.invalid', ['Send', 'Bounce'], { bounceType: 'Permanent', bounceSubType: 'General' }],
  ])('gives %s its fate', async (to, eventTypes, part) => {
    const { send, ses } = await opened();
    const events = ses.inbox.events(await send({ to }));
    expect(events.map(({ eventType }) => eventType)).toEqual(eventTypes);
    expect(events.at(-1)?.detail).toMatchObject({ [eventTypes.at(-1)?.toLowerCase() ?? '']: part });
    expect(events.map(({ at }) => at)).toEqual([...events.map(({ at }) => at)].sort((a, b) => a - b));
  });

  it('bounces for some and delivers to the rest of one message', async () => {
    const { send, emitted } = await opened();
    await send({ to: 'ana@example.com, gone@nowhere.invalid' });
    expect(emitted.map(({ detail }) => detail)).toMatchObject([
      { eventType: 'Send' },
      { delivery: { recipients: ['ana@example.com'] } },
      { bounce: { bouncedRecipients: [{ emailAddress: 'gone@nowhere.invalid', status: '5.4.4' }] } },
    ]);
  });

  it('answers the sender and keeps the events when the bus fails, and emits each once afterwards', async () => {
    const emitted: string[] = [];
    let broken = true;
    const emit = (event: { 'detail-type': string }) => {
      if (broken) throw new Error('the bus is away');
      emitted.push(event['detail-type']);
    };
    const first = await opened({ emit });
    await expect(first.send()).resolves.toMatch(/^0100/);
    expect(first.ses.pending()).toBe(2);
    broken = false;
    const restarted = await opened({ db: first.db, emit });
    restarted.ses.drain();
    restarted.ses.drain();
    expect(emitted).toEqual(['Email Sent', 'Email Delivered']);
    expect(restarted.ses.pending()).toBe(0);
    expect(restarted.ses.inbox.list()).toHaveLength(1);
  });

  it('takes line breaks in a subject for part of the subject', async () => {
    const { client, ses } = await opened();
    await client.send(
      new SendEmailCommand({
        Source: 'hello@ripen.example',
        Destination: { ToAddresses: ['ana@example.com'] },
        Message: { Subject: { Data: 'Hi\r\nBcc: all@example.com' }, Body: { Text: { Data: 'Hi' } } },
      }),
    );
    expect(ses.inbox.list()).toMatchObject([{ subject: 'Hi Bcc: all@example.com', bcc: [], to: ['ana@example.com'] }]);
  });
});

describe('the ways on which SES tells', () => {
  const topic = 'arn:aws:sns:us-east-1:000000000000:feedback';
  const both = [
    { to: 'bus', eventTypes: ['send', 'delivery', 'open', 'click'] },
    { to: topic, eventTypes: ['send', 'delivery', 'open', 'click'] },
  ];
  const quiet = both.map(({ to }) => ({ to, eventTypes: ['send', 'delivery', 'bounce'] }));
  const configurationSets = [
    { name: 'ripen', destinations: both },
    { name: 'quiet', destinations: quiet },
  ];

  it('are both taken: the bus gets the envelope, the topic the body of the same event', async () => {
    const { send, emitted, published } = await opened({ configurationSets });
    await send();
    expect(published.map((each) => each.topic)).toEqual([topic, topic]);
    expect(published.map(({ message }) => JSON.parse(message))).toEqual(emitted.map(({ detail }) => detail));
  });

  it('lose and double events at the chances of the weather, and nothing else does', async () => {
    const { send, ses, emitted, published } = await opened({ configurationSets, random: () => 0.5 });
    ses.settings.setWeather({ dropBus: 0.6, dropTopic: 0.4, duplicate: 0.6, loseResponse: 0 });
    const messageId = await send();
    expect(emitted).toEqual([]);
    expect(published).toHaveLength(4);
    expect(ses.insights(messageId)?.Insights[0]?.Events.map(({ Type }) => Type)).toEqual(['SEND', 'DELIVERY']);
  });

  it('lose the answer to a message that was accepted', async () => {
    const { send, ses, client } = await opened({ random: () => 0 });
    ses.settings.setWeather({ dropBus: 0, dropTopic: 0, duplicate: 0, loseResponse: 1 });
    await expect(send()).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(ses.inbox.list()).toHaveLength(1);
    await expect(client.send(new GetSendQuotaCommand())).resolves.toMatchObject({ SentLast24Hours: 1 });
  });

  it('stay as they were set over a restart, and so does the quota', async () => {
    const { ses, db } = await opened();
    ses.settings.setQuota({ maxSendRate: 7, max24HourSend: 70 });
    ses.settings.setWeather({ dropBus: 1, dropTopic: 0, duplicate: 0, loseResponse: 0 });
    const again = await opened({ db });
    expect(again.ses.settings).toMatchObject({ quota: { maxSendRate: 7 }, weather: { dropBus: 1 } });
    const quota = { MaxSendRate: 7, Max24HourSend: 70, SentLast24Hours: 0 };
    expect(await again.client.send(new GetSendQuotaCommand())).toMatchObject(quota);
  });

  it('say nothing of opens and clicks when the set asks for neither, and leave every link alone', async () => {
    const { send, ses, ask } = await opened({ configurationSets });
    const messageId = await send({ headers: { 'X-SES-CONFIGURATION-SET': 'quiet' } });
    const { body } = await ask('GET', `/_local/inbox/${messageId}/html`);
    expect(body).toContain('href="https://ripen.example/pricing?a=1&amp;b=2"');
    await ask('GET', `/_local/inbox/${messageId}`);
    expect(ses.inbox.click(messageId, 0)).toBe('https://ripen.example/pricing?a=1&b=2');
    ses.inbox.simulate(messageId, 'scanner-click');
    expect(ses.inbox.events(messageId).map(({ eventType }) => eventType)).toEqual(['Send', 'Delivery']);
    expect((await ask('GET', `/_local/inbox/${messageId}`)).body).not.toContain('scanner-open');
  });
});

describe('the insights of a message', () => {
  it('tell each recipient what became of the message, with everything nobody was told', async () => {
    const { send, ses } = await opened({ configurationSets: [onTheBus('ripen', [])] });
    const messageId = await send({ to: 'ana@example.com, gone@nowhere.invalid' });
    expect(ses.insights(messageId)).toMatchObject({
      MessageId: messageId,
      FromEmailAddress: 'Ripen <hello@ripen.example>',
      Subject: 'Olá, Ana',
      EmailTags: [
        { Name: 'lead', Value: 'lead-1' },
        { Name: 'step', Value: 'welcome' },
      ],
      Insights: [
        {
          Destination: 'ana@example.com',
          Events: [
            { Type: 'SEND', Timestamp: start / 1000 },
            { Type: 'DELIVERY', Timestamp: (start + 1) / 1000 },
          ],
        },
        {
          Destination: 'gone@nowhere.invalid',
          Events: [{ Type: 'SEND' }, { Type: 'BOUNCE', Details: { Bounce: { BounceType: 'PERMANENT' } } }],
        },
      ],
    });
    expect(ses.insights('unknown')).toBeNull();
  });
});

describe('an erased lead', () => {
  it('leaves no mail to or about them, and none of its events', async () => {
    const { send, ses, db } = await opened();
    await send();
    await send({ to: 'rep@ripen.example', headers: { 'X-SES-MESSAGE-TAGS': 'about=lead-1, audience=team' } });
    const other = await send({ headers: { 'X-SES-MESSAGE-TAGS': 'lead=lead-10' } });
    expect(ses.forget('lead-1')).toBe(2);
    expect(ses.inbox.list().map(({ messageId }) => messageId)).toEqual([other]);
    expect(db.prepare('SELECT DISTINCT message_id AS id FROM ses_events').all()).toEqual([{ id: other }]);
    expect(db.prepare('SELECT address FROM ses_recipients').all()).toEqual([{ address: 'ana@example.com' }]);
  });
});
