import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { SESClient } from '@aws-sdk/client-ses';
import { expect, it } from 'vitest';
import type { Message } from '../../../functions/nurture/message.ts';
import { toMime } from '../../../functions/nurture/mime.ts';
import { sesSender } from '../../../functions/nurture/ses.ts';
import { aSes } from '../local/a-ses.ts';

const message: Message = {
  from: { name: 'Clara', address: 'hello@orchard.example' },
  replyTo: 'hello@orchard.example',
  to: { name: 'Ana', address: 'ana@example.com' },
  subject: 'Hello',
  html: '<p>Hello</p>',
  text: 'Hello',
  unsubscribeUrl: 'https://mail.orchard.example/u/t',
  tracked: true,
  tags: { lead: 'ana', run: 'what?# ever' },
};

const send = async (client: SESClient, changed: Partial<Message> = {}) => {
  const outgoing = { ...message, ...changed };
  return sesSender({ tracked: 'ripen', untracked: 'ripen-untracked' }, client)(outgoing, await toMime(outgoing, 0));
};

/** SES as whatever answers at this listener; `requests` counts its calls. */
async function anSes(answer: RequestListener) {
  let requests = 0;
  const server = createServer((request, response) => {
    requests += 1;
    answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const client = new SESClient({
    region: 'us-east-1',
    endpoint: `http://127.0.0.1:${port}`,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
  return { client, requests: () => requests, close: () => new Promise((done) => server.close(done)) };
}

it('hands over one recipient, the tags SES takes, and its configuration set', async () => {
  const { client, ses, close } = await aSes({ identities: ['orchard.example'] });
  expect(await send(client)).toMatchObject({ outcome: 'accepted' });
  expect(ses.inbox.list()).toMatchObject([
    {
      to: ['ana@example.com'],
      cc: [],
      bcc: [],
      configurationSet: 'ripen',
      tags: { lead: 'ana', run: 'what---ever' },
    },
  ]);
  await close();
});

it('knows that a throttled or misconfigured call sent nothing, and that a rejected message never will', async () => {
  const full = await aSes({ identities: ['orchard.example'], quota: { maxSendRate: 10, max24HourSend: 0 } });
  expect(await send(full.client)).toEqual({ outcome: 'not-sent', reason: 'Throttling' });
  await full.close();
  const without = await aSes({ identities: ['orchard.example'], configurationSets: [] });
  expect(await send(without.client)).toMatchObject({
    outcome: 'not-sent',
    reason: expect.stringContaining('ConfigurationSetDoesNotExist'),
  });
  await without.close();
  const right = await aSes({ identities: ['orchard.example'] });
  const from = { name: 'Eve', address: 'eve@elsewhere.example' };
  expect(await send(right.client, { from })).toEqual({ outcome: 'refused', reason: 'MessageRejected' });
  await right.close();
});

it('I-M1 does not know, and does not try again, when the connection breaks or SES stumbles', async () => {
  const broken = await anSes((request) => request.socket.destroy());
  expect(await send(broken.client)).toEqual({ outcome: 'unknown', reason: 'ECONNRESET' });
  expect(broken.requests()).toBe(1);
  await broken.close();
  const stumbling = await anSes((_, response) => response.writeHead(503).end());
  expect((await send(stumbling.client)).outcome).toBe('unknown');
  expect(stumbling.requests()).toBe(1);
  await stumbling.close();
});

it('knows that nobody was there', async () => {
  const gone = await anSes(() => undefined);
  await gone.close();
  expect(await send(gone.client)).toEqual({ outcome: 'not-sent', reason: 'ECONNREFUSED' });
});
