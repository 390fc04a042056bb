import { afterAll, beforeAll, expect, it } from 'vitest';
import { discard, type Ripen, startRipen } from '../support/ripen.ts';

let ripen: Ripen;
beforeAll(async () => {
  ripen = await startRipen();
});
afterAll(() => discard(ripen));

interface Told {
  readonly type: string;
  readonly properties: { readonly messageId?: string };
}

/** What the ledger says of the first e-mails to a lead who signs up in this weather, by the message's template. */
async function firstMails(email: string, weather: object) {
  await ripen.post('/_local/ses-weather', weather);
  const fields = new URLSearchParams({ email, name: 'Ana', company: 'Pomar', consent: 'marketing' });
  await ripen.post('/f/trial', fields.toString(), { 'content-type': 'application/x-www-form-urlencoded' });
  await ripen.settle();
  const mails = await ripen.inbox(email);
  expect(mails.length).toBeGreaterThan(0);
  return async () => {
    const { leads } = await ripen.get<{ leads: readonly { leadId: string }[] }>(
      `/api/leads?email=${encodeURIComponent(email)}`,
    );
    const { activities } = await ripen.get<{ activities: readonly Told[] }>(
      `/api/leads/${leads[0]?.leadId}/activities`,
    );
    return mails.map(({ messageId }) =>
      activities.filter(({ properties }) => properties.messageId === messageId).map(({ type }) => type),
    );
  };
}

const known = ['email.sent', 'email.delivered'];
const notSaid = { dropBus: 0, dropTopic: 0, duplicate: 0 };

it('T16 one way of feedback cut, all of it doubled: nothing is lost, nothing counts twice', async () => {
  const told = await firstMails('one-way@example.com', { ...notSaid, dropBus: 1, duplicate: 1 });
  for (const types of await told()) expect(types.toSorted()).toEqual(known.toSorted());
});

it('T16 both ways cut: after two nights everything is known, exactly once', async () => {
  const told = await firstMails('no-way@example.com', { ...notSaid, dropBus: 1, dropTopic: 1 });
  expect((await told()).flat()).toEqual([]);
  // The night after the next: what is not yet six hours old by the first is left to the second.
  await ripen.advance('P2D');
  for (const types of await told()) expect(types.toSorted()).toEqual(known.toSorted());
  await ripen.advance('P1D');
  for (const types of await told()) expect(types.toSorted()).toEqual(known.toSorted());
});
