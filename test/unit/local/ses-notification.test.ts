import { expect, it } from 'vitest';
import { readSesEvent } from '../../../bin/local/mail/ses-events.ts';

const home = { account: '000000000000', region: 'us-east-1' };
const inbound = {
  notificationType: 'Received',
  mail: { messageId: 'in-1', source: 'ana@example.com', destination: ['hello@orchard.example'] },
  receipt: { recipients: ['hello@orchard.example'] },
};

it('mail that came in goes on the bus as SES tells of it, wrapped or not', () => {
  const expected = {
    outcome: 'read',
    messageId: 'in-1',
    eventType: 'Received',
    event: { source: 'aws.ses', 'detail-type': 'Email Received', detail: inbound, time: '2026-11-02T12:00:00Z' },
  };
  const at = Date.parse('2026-11-02T12:00:00.500Z');
  expect(readSesEvent(inbound, home, 'id-1', at)).toMatchObject(expected);
  const envelope = { source: 'aws.ses', 'detail-type': 'Email Received', detail: inbound };
  expect(readSesEvent(envelope, home, 'id-1', at)).toMatchObject(expected);
});

it('but without its mail it is nothing, and an event is held to its own shape', () => {
  expect(readSesEvent({ notificationType: 'Received' }, home, 'id-1', 0)).toMatchObject({ outcome: 'refused' });
  expect(readSesEvent({ ...inbound, eventType: 'Opened' }, home, 'id-1', 0)).toMatchObject({
    outcome: 'refused',
    path: 'eventType',
  });
});
