import { afterAll, beforeAll, expect, it } from 'vitest';
import { discard, type Ripen, startRipen } from '../support/ripen.ts';

interface Walk {
  readonly sequence: string;
  readonly status: string;
}
interface Recorded {
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
}
interface Handoff {
  readonly handoffId: string;
  readonly leadId: string;
  readonly cycle: number;
  readonly rep: string;
}
interface Task {
  readonly taskId: string;
  readonly leadId: string;
  readonly rep: string;
  readonly outcome: string | null;
}

let ripen: Ripen;
beforeAll(async () => {
  ripen = await startRipen();
});
afterAll(() => discard(ripen));

let submission = 0;
async function submit(form: string, email: string): Promise<void> {
  const fields = { email, name: 'Iara', consent: 'marketing', ripen_aid: `visitor-${email}` };
  const body = new URLSearchParams({ ...fields, submission_id: `follow-up-${++submission}` }).toString();
  const answer = await ripen.post(`/f/${form}`, body, { 'content-type': 'application/x-www-form-urlencoded' });
  expect(answer.status).toBe(202);
  await ripen.settle();
}

const idOf = async (email: string): Promise<string> => {
  const { leads } = await ripen.get<{ leads: readonly { leadId: string }[] }>(`/api/leads?email=${email}`);
  return leads[0]?.leadId ?? '';
};
const walksOf = async (leadId: string) =>
  (await ripen.get<{ enrollments: readonly Walk[] }>(`/api/leads/${leadId}/enrollments`)).enrollments;
const walkOf = async (leadId: string, sequence: string) =>
  (await walksOf(leadId)).find((walk) => walk.sequence === sequence);
const recorded = async (leadId: string, type: string) =>
  (await ripen.get<{ activities: readonly Recorded[] }>(`/api/leads/${leadId}/activities?limit=100`)).activities.filter(
    (activity) => activity.type === type,
  );
const handoffOf = async (leadId: string, cycle: number) =>
  (await ripen.get<{ handoffs: readonly Handoff[] }>('/api/handoffs')).handoffs.find(
    (handoff) => handoff.leadId === leadId && handoff.cycle === cycle,
  );
async function say(handoffId: string, what: string, body: object = {}): Promise<void> {
  const answer = await ripen.post(`/api/handoffs/${handoffId}/${what}`, body);
  expect(answer.status).toBe(200);
  expect(await ripen.settle()).toEqual({ queued: 0, inFlight: 0, deadLetters: 0 });
}

it('re-engages an MQL who books nothing in two weeks, and shows them advertisements (U3)', async () => {
  const email = 'iara@example.com';
  await submit('case-study', email);
  await ripen.post('/v1/page', {
    ...{ anonymousId: `visitor-${email}`, messageId: 'follow-up-page-1' },
    properties: { path: '/pricing' },
  });
  await ripen.settle();
  const leadId = await idOf(email);
  expect(await walkOf(leadId, 'mql-follow-up')).toBeUndefined();

  await ripen.advance('P13D');
  expect(await recorded(leadId, 'audience.joined')).toEqual([]);
  await ripen.advance('P1DT1H');
  expect(await recorded(leadId, 'audience.joined')).toMatchObject([
    { properties: { audience: 'mql-retargeting', leadType: 'mql' } },
  ]);
  expect((await walkOf(leadId, 'mql-follow-up'))?.status).toBe('waiting');
  await ripen.advance('P5D');
  expect((await ripen.inbox(email)).map(({ tags }) => tags.template)).toContain('mql-follow-up-1');
});

it('reminds the rep of an SQL who does not buy, nurtures them when they are given back, and hands them over again', async () => {
  const email = 'sol@example.com';
  await submit('consultation', email);
  const leadId = await idOf(email);
  const first = await handoffOf(leadId, 1);
  if (!first) throw new Error('an explicit request is handed off');
  await say(first.handoffId, 'accept');
  expect((await ripen.get<{ tasks: readonly Task[] }>('/api/tasks')).tasks).toEqual([]);

  await ripen.advance('P7DT1M');
  const { tasks } = await ripen.get<{ tasks: readonly Task[] }>(`/api/tasks?rep=${first.rep}`);
  expect(tasks).toMatchObject([{ leadId, rep: first.rep }]);

  await say(first.handoffId, 'outcome', { outcome: 'recycled' });
  expect((await ripen.get<{ tasks: readonly Task[] }>('/api/tasks')).tasks).toEqual([]);
  const done = await ripen.get<{ tasks: readonly Task[] }>('/api/tasks?open=false');
  expect(done.tasks).toMatchObject([{ leadId, outcome: 'recycled' }]);
  expect(await recorded(leadId, 'handoff.recycled')).toHaveLength(1);
  expect((await walkOf(leadId, 'engagement'))?.status).toBe('waiting');

  await submit('consultation', email);
  expect(await handoffOf(leadId, 2)).toMatchObject({ cycle: 2, rep: first.rep });
  expect((await walkOf(leadId, 'engagement'))?.status).toBe('exited');
});
