import { GetMessageInsightsCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { afterEach, describe, expect, it } from 'vitest';
import { openBus } from '../../../bin/local/events/bus.ts';
import { awsEndpoints } from '../../../bin/local/http/endpoints.ts';
import { listen } from '../../../bin/local/http/listener.ts';
import { openOutboundCalls } from '../../../bin/local/outbound/outbound-calls.ts';
import { openQueues } from '../../../bin/local/queues/queues.ts';
import { openWriteGroup } from '../../../bin/local/storage/write-group.ts';
import { openClock } from '../../../bin/local/time/clock.ts';
import { aSes, start } from './a-ses.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** The one address of all services, as functions know it. */
async function opened() {
  const bench = await aSes();
  closing.push(bench.close);
  const { db, ses, buckets } = bench;
  const clock = openClock(db, start, () => start);
  const queues = openQueues(db, []);
  const bus = openBus({ db, clock, queues, buses: [], rules: [], invoke: async () => null, newId: () => 'id' });
  const listener = await listen(0, () => {});
  closing.push(() => listener.close(0));
  const secrets = { handle: () => ({ status: 200, body: {} }) };
  const outside = { calls: openOutboundCalls(db), now: clock.now };
  const write = openWriteGroup(db);
  listener.serve(awsEndpoints({ bus, ses, buckets, secrets, write, ...outside, port: listener.port }));
  const endpoint = `http://127.0.0.1:${listener.port}`;
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const sesV2 = new SESv2Client({ region: 'us-east-1', endpoint, credentials, maxAttempts: 1 });
  return { ...bench, endpoint, sesV2 };
}

const signedFor = (service: string) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=local/20260302/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=x`,
});

describe('the address of all services', () => {
  it('tells the insights of a message in the words of SES v2', async () => {
    const { send, sesV2 } = await opened();
    const MessageId = await send({ to: 'bounce@simulator.amazonses.com' });
    const Bounce = {
      BounceType: 'PERMANENT',
      BounceSubType: 'General',
      DiagnosticCode: 'smtp; 550 5.1.1 user unknown',
    };
    expect(await sesV2.send(new GetMessageInsightsCommand({ MessageId }))).toMatchObject({
      MessageId,
      Insights: [
        {
          Destination: 'bounce@simulator.amazonses.com',
          Events: [
            { Type: 'SEND', Timestamp: new Date(start) },
            { Type: 'BOUNCE', Details: { Bounce } },
          ],
        },
      ],
    });
    const unknown = sesV2.send(new GetMessageInsightsCommand({ MessageId: 'unknown' }));
    await expect(unknown).rejects.toMatchObject({ name: 'NotFoundException' });
  });

  it('answers nobody who has not signed, and refuses a service that does not run here', async () => {
    const { endpoint } = await opened();
    const unsigned = await fetch(endpoint, { method: 'POST', body: 'Action=GetSendQuota' });
    expect(unsigned.status).toBe(403);
    const sns = await fetch(endpoint, { method: 'POST', headers: signedFor('sns'), body: 'Action=Publish' });
    expect([sns.status, sns.headers.get('x-amzn-errortype')]).toEqual([400, 'UnknownOperationException']);
  });
});
