import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import MailComposer from 'nodemailer/lib/mail-composer';
import { openBuckets } from '../../../bin/local/buckets/buckets.ts';
import type { BusEvent } from '../../../bin/local/events/bus.ts';
import { openInbound } from '../../../bin/local/mail/inbound.ts';
import { openSes, type SesDeps } from '../../../bin/local/mail/ses.ts';
import { openDatabase } from '../../../bin/local/storage/database.ts';
import { openClock } from '../../../bin/local/time/clock.ts';

export const start = Date.parse('2026-03-02T09:00:00.000Z');
export const everyEvent = ['send', 'delivery', 'open', 'click', 'bounce', 'complaint', 'reject', 'deliveryDelay'];

/** A configuration set that tells the default bus of `eventTypes`. */
export function onTheBus(name: string, eventTypes = everyEvent) {
  return { name, destinations: [{ to: 'bus', eventTypes }] };
}

/** The local SES behind a real HTTP listener, spoken to by the real SDK; its clock stands until it is moved. */
export async function aSes(overrides: Partial<SesDeps> = {}) {
  const db = overrides.db ?? openDatabase(':memory:');
  let wall = start;
  let serial = 0;
  const emitted: BusEvent[] = [];
  const published: { topic: string; message: string }[] = [];
  const clock = openClock(db, start, () => wall);
  const publish = (topic: string, message: string) => void published.push({ topic, message });
  const newId = () => `id-${++serial}`;
  const buckets = openBuckets(db, [{ name: 'mail', expiry: [{ prefix: '', days: 7 }] }], clock.now);
  const inbound = openInbound({
    db,
    buckets,
    publish,
    newId,
    now: clock.now,
    write: async (work) => work(),
    rules: [
      {
        name: 'replies',
        recipients: ['reply.ripen.example'],
        actions: [{ bucket: 'mail', prefix: 'in/', topic: 'arn:aws:sns:us-east-1:000000000000:inbound' }],
      },
    ],
  });
  const ses = openSes({
    db,
    clock,
    emit: (event) => emitted.push(event),
    publish,
    inbound,
    configurationSets: [onTheBus('ripen')],
    identities: ['ripen.example'],
    newId,
    baseUrl: () => 'http://127.0.0.1:3000',
    ...overrides,
  });
  const server = createServer(async (request, response) => {
    const answer = await ses.handle({ body: await text(request) });
    if (answer === 'lost') return response.socket?.resetAndDestroy();
    response.writeHead(answer.status, { 'content-type': 'text/xml' }).end(answer.body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = new SESClient({
    region: 'us-east-1',
    endpoint: `http://127.0.0.1:${portOf(server.address())}`,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
  return {
    db,
    ses,
    buckets,
    inbound,
    client,
    emitted,
    published,
    wait: (ms: number) => {
      wall += ms;
    },
    send: async (mail: Parameters<typeof aRawMail>[0] = {}) => {
      const answer = await client.send(new SendRawEmailCommand({ RawMessage: { Data: await aRawMail(mail) } }));
      return answer.MessageId ?? '';
    },
    /** A browser's or a script's request to the local routes. */
    ask: async (method: string, url: string, body = '', headers: Record<string, string> = {}) => {
      const { pathname, searchParams } = new URL(url, 'http://127.0.0.1:3000');
      const answer = await ses.route({ method, path: pathname, query: searchParams, headers, body });
      if (answer === null) throw new Error(`no local route answers ${method} ${url}`);
      return answer;
    },
    close: async () => {
      client.destroy();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

/** A message with both parts, in the configuration set `ripen`. */
export function aRawMail(
  mail: {
    readonly from?: string;
    readonly to?: string;
    readonly cc?: string;
    readonly bcc?: string;
    readonly subject?: string;
    readonly html?: string | null;
    readonly text?: string;
    readonly headers?: Record<string, string>;
  } = {},
): Promise<Buffer> {
  const { html = '<p>Hello <a href="https://ripen.example/pricing?a=1&amp;b=2">prices</a></p>', ...rest } = mail;
  const composer = new MailComposer({
    from: 'Ripen <hello@ripen.example>',
    to: 'Ana <ana@example.com>',
    subject: 'Olá, Ana',
    text: 'Hello',
    ...rest,
    ...(html === null ? {} : { html }),
    headers: {
      'X-SES-CONFIGURATION-SET': 'ripen',
      'X-SES-MESSAGE-TAGS': 'lead=lead-1, step=welcome',
      ...mail.headers,
    },
  });
  const message = composer.compile();
  message.keepBcc = true;
  return message.build();
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('the test server listens on no port');
  return address.port;
}
