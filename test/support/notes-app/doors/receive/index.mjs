import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';

const bus = new EventBridgeClient({});

/** `{"text", "remindAt"?}` → the bus → 202. `sleep` outlives the time-out, `crash` throws. */
export async function handler({ body, isBase64Encoded, pathParameters }) {
  const note = JSON.parse(isBase64Encoded ? Buffer.from(body, 'base64').toString() : body);
  if (note.text === 'crash') throw new Error('crashed as asked');
  if (note.text === 'sleep') await new Promise(() => {});
  const detail = { id: pathParameters?.name ?? note.id, takenAt: new Date().toISOString(), ...note };
  const entry = {
    EventBusName: process.env.BUS_NAME,
    Source: 'notes',
    DetailType: 'NoteTaken',
    Detail: JSON.stringify(detail),
  };
  const { FailedEntryCount } = await bus.send(new PutEventsCommand({ Entries: [entry] }));
  return {
    statusCode: FailedEntryCount === 0 ? 202 : 500,
    body: JSON.stringify({ id: detail.id }),
    cookies: ['a=1', 'b=2'],
  };
}
