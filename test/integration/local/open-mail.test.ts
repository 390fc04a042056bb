import { expect, it } from 'vitest';
import { openBus } from '../../../bin/local/events/bus.ts';
import { openMail } from '../../../bin/local/mail/open-mail.ts';
import { openQueues } from '../../../bin/local/queues/queues.ts';
import { openDatabase } from '../../../bin/local/storage/database.ts';
import { openWriteGroup } from '../../../bin/local/storage/write-group.ts';
import { openClock } from '../../../bin/local/time/clock.ts';
import { aRawMail, onTheBus, start } from './a-ses.ts';

const topic = 'arn:aws:sns:eu-west-1:000000000000:feedback';

/** Bus, queue, topic and SES as the pipeline wires them: both ways of feedback lead to one queue. */
function opened() {
  const db = openDatabase(':memory:');
  const clock = openClock(db, start, () => start);
  const queues = openQueues(db, [{ name: 'feedback', visibilityTimeoutSeconds: 30 }]);
  let serial = 0;
  const newId = () => `id-${++serial}`;
  const rule = {
    name: 'events',
    bus: 'default',
    pattern: { source: ['aws.ses'] },
    targets: [{ id: 'queue', kind: 'queue' as const, name: 'feedback' }],
  };
  const bus = openBus({ db, clock, queues, buses: ['ripen'], rules: [rule], invoke: async () => null, newId });
  const set = onTheBus('ripen');
  const blueprint = {
    account: '000000000000',
    region: 'eu-west-1',
    topics: [{ arn: topic, queues: ['feedback'] }],
    buckets: [],
    receiptRules: [],
    mail: {
      configurationSets: [{ ...set, destinations: [...set.destinations, { to: topic, eventTypes: ['send'] }] }],
      identities: ['ripen.example'],
    },
  };
  const write = openWriteGroup(db);
  const mail = openMail({ blueprint, db, clock, queues, bus, write, newId, url: 'http://127.0.0.1:4000' });
  const send = async (tags: string) => {
    const raw = await aRawMail({ headers: { 'X-SES-MESSAGE-TAGS': tags } });
    const form = { Action: 'SendRawEmail', 'RawMessage.Data': raw.toString('base64') };
    await mail.ses.handle({ body: `${new URLSearchParams(form)}` });
  };
  return { ...mail, bus, queues, send, newId };
}

it('hands an event to the queue on both ways, in the envelope and bare', async () => {
  const { send, queues } = opened();
  await send('lead=lead-1');
  const bodies = queues.receive('feedback', 10).map(({ body }) => JSON.parse(body));
  const [enveloped, bare, delivered, ...others] = bodies;
  expect(enveloped).toMatchObject({ source: 'aws.ses', 'detail-type': 'Email Sent', detail: bare });
  expect(delivered).toMatchObject({ 'detail-type': 'Email Delivered' });
  expect(others).toEqual([]);
});

it('forgets the mail to and about a lead when their erasure is told on the bus', async () => {
  const { send, bus, ses } = opened();
  await send('lead=lead-1');
  await send('about=lead-1, audience=team');
  await send('lead=lead-2');
  const Entries = [
    {
      EventBusName: 'ripen',
      Source: 'ripen',
      DetailType: 'LeadErased',
      Detail: '{"leadId":"lead-1","at":"2026-03-02"}',
    },
    { EventBusName: 'ripen', Source: 'elsewhere', DetailType: 'LeadErased', Detail: '{"leadId":"lead-2"}' },
  ];
  expect(bus.putEvents({ Entries })).toMatchObject({ FailedEntryCount: 0 });
  expect(ses.inbox.list().map(({ tags }) => tags)).toEqual([{ lead: 'lead-2' }]);
});
