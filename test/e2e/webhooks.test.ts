import { createHash, createHmac } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { discard, type Ripen, startRipen } from '../support/ripen.ts';

interface Call {
  readonly host: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly answered: number;
}

interface DeliveryView {
  readonly id: string;
  readonly deliveryId: string;
  readonly endpoint: string;
  readonly what: string;
  readonly status: string;
  readonly replays: number;
  readonly attempts: readonly { readonly status?: number }[];
}

const playbook = mkdtempSync(join(tmpdir(), 'ripen-playbook-'));
let ripen: Ripen;

/** One rep, who is told by Slack; and a CRM that wants to know of everything. */
function writePlaybook(): void {
  cpSync('playbook', playbook, { recursive: true });
  const file = join(playbook, 'team.yaml');
  const team = parse(readFileSync(file, 'utf8'));
  team.reps = [{ ...team.reps[0], channel: { kind: 'slack', endpoint: 'sales-slack' } }];
  team.webhooks = [{ id: 'crm', endpoint: 'crm' }];
  writeFileSync(file, stringify(team));
}

beforeAll(async () => {
  writePlaybook();
  ripen = await startRipen(undefined, playbook);
});
afterAll(async () => {
  await discard(ripen);
  rmSync(playbook, { recursive: true, force: true });
});

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const ask = async (email: string) => {
  await ripen.post('/f/consultation', `email=${email}&name=Sol&consent=marketing&submission_id=${email}`, form);
  await ripen.settle();
};
const weather = (host: string, status: number) => ripen.post('/_local/outbound-weather', { host, status });
const callsTo = async (host: string) => {
  const { calls } = await ripen.get<{ calls: readonly Call[] }>(`/_local/outbound?host=${host}`);
  return [...calls].reverse();
};
const deliveries = async (query: string) => {
  const page = await ripen.get<{ deliveries: readonly DeliveryView[] }>(`/api/deliveries?${query}`);
  return page.deliveries;
};
/** On from one look for what is due to the next, by as long as is waited for a second call. */
const later = async () => {
  await ripen.advance('PT2M');
  await ripen.settle();
};

/** As a receiver would: the key of a made-up endpoint is made of its name. */
function isOurs({ headers, body }: Call, endpoint: string): boolean {
  const key = createHash('sha256').update(endpoint).digest();
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  const signature = createHmac('sha256', key).update(signed).digest('base64');
  return headers['webhook-signature'] === `v1,${signature}`;
}

it('tells a CRM that was down of a hand-off once it is up, in calls of one id (I-H3)', async () => {
  await weather('crm.example', 500);
  await ask('crm-down@example.com');
  const [first] = await callsTo('crm.example');
  expect(first).toMatchObject({ answered: 500 });
  expect(await deliveries('endpoint=crm&status=pending')).toMatchObject([{ what: 'handoff.assigned' }]);

  await weather('crm.example', 200);
  await later();
  const calls = await callsTo('crm.example');
  expect(calls.map(({ answered }) => answered)).toEqual([500, 200]);
  expect(new Set(calls.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  expect(new Set(calls.map(({ body }) => body)).size).toBe(1);
  expect(calls.every((call) => isOurs(call, 'crm'))).toBe(true);
  // The time is that of the call, so that a receiver can refuse an old one.
  expect(calls[0]?.headers['webhook-timestamp']).not.toBe(calls[1]?.headers['webhook-timestamp']);
  expect(JSON.parse(calls[1]?.body ?? '')).toMatchObject({
    type: 'handoff.assigned',
    data: { lead: { email: 'crm-down@example.com' }, rep: { id: 'ana-souza' } },
  });
  await later();
  expect(await callsTo('crm.example')).toHaveLength(2);
  expect(await deliveries('endpoint=crm')).toMatchObject([
    { status: 'delivered', attempts: [{ status: 500 }, { status: 200 }] },
  ]);
});

it('tells a rep by e-mail whose channel is gone, and the manager of the channel', async () => {
  await weather('sales-slack.example', 404);
  const before = (await ripen.inbox('ana.souza@orchard.example')).length;
  await ask('slack-gone@example.com');
  expect(await deliveries('endpoint=sales-slack&status=failed')).toMatchObject([
    { what: 'hot-lead', attempts: [{ status: 404 }] },
  ]);
  expect((await ripen.inbox('ana.souza@orchard.example')).length).toBe(before + 1);
  const told = await ripen.inbox('marta.reis@orchard.example');
  expect(told.map(({ subject }) => subject)).toEqual([expect.stringContaining('sales-slack')]);
});

it('tells again what a person wants told again, under its id', async () => {
  const [known] = await deliveries('endpoint=crm&status=delivered');
  const id = known?.id ?? '';
  const before = (await callsTo('crm.example')).length;
  const answer = await ripen.post(`/api/deliveries/${id}/replay`, {});
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ status: 'delivered', replays: 1 });
  const calls = await callsTo('crm.example');
  expect(calls).toHaveLength(before + 1);
  expect(calls.at(-1)?.headers['webhook-id']).toBe(known?.deliveryId);

  // While it is tried again by itself, nobody can have it tried again.
  await weather('crm.example', 503);
  expect((await ripen.post(`/api/deliveries/${id}/replay`, {})).status).toBe(200);
  expect((await ripen.post(`/api/deliveries/${id}/replay`, {})).status).toBe(409);
  const fromPage = await ripen.post(`/api/deliveries/nobody.nothing/replay`, 'back=/deliveries', form);
  expect(fromPage.status).toBe(404);

  const page = await (await fetch(`${ripen.url}/deliveries`)).text();
  expect(page).toContain('handoff.assigned');
  expect(page).toContain('HTTP 503');
});
