import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import * as z from 'zod';
import { type Runner, startRunner } from '../../../bin/local/runner.ts';
import { synthesizeNotesApp } from '../../support/notes-app/app.ts';

const folder = mkdtempSync(join(tmpdir(), 'ripen-runner-'));
const assemblyFolder = join(folder, 'cdk.out');
let folders = 0;
const newData = () => join(folder, `data-${++folders}`);
const running = new Set<Runner>();

beforeAll(() => synthesizeNotesApp(assemblyFolder));
afterEach(async () => {
  for (const runner of running) await runner.stop();
  running.clear();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function start(dataFolder: string, startAt?: number): Promise<Runner> {
  const runner = await startRunner({
    port: 0,
    dataFolder,
    assemblyFolder,
    ...(startAt === undefined ? {} : { startAt }),
  });
  running.add(runner);
  return runner;
}

async function stop(runner: Runner): Promise<void> {
  running.delete(runner);
  await runner.stop();
}

const json = { 'content-type': 'application/json' };
const post = (url: string, body: object, headers: Record<string, string> = {}) =>
  fetch(url, { method: 'POST', headers: { ...json, ...headers }, body: JSON.stringify(body) });

const Everything = z.looseObject({
  notes: z.record(z.string(), z.record(z.string(), z.string())),
  counted: z.number(),
});
const Queues = z.object({ queues: z.array(z.looseObject({ name: z.string() })) });
const read = async (url: string) => Everything.parse(await (await fetch(`${url}/notes`)).json());

it('takes a note over HTTP, bus, rule, queue, table and stream, and keeps it over a restart', async () => {
  const data = newData();
  const first = await start(data);
  const answer = await post(`${first.url}/notes`, { id: '1', text: 'hello' });
  expect([answer.status, await answer.json(), answer.headers.getSetCookie()]).toEqual([
    202,
    { id: '1' },
    ['a=1', 'b=2'],
  ]);
  expect(await first.settle()).toEqual({ settled: true, queued: 0, inFlight: 0, deadLetters: 0 });
  const before = await read(first.url);
  expect(before).toMatchObject({
    caller: 'local-operator',
    counted: 1,
    region: 'us-east-1',
    secretLength: 32,
    inherited: [],
  });
  await stop(first);

  const second = await start(data);
  await second.settle();
  expect(await read(second.url)).toEqual(before);
  await post(`${second.url}/notes/two`, { text: 'again' });
  await second.settle();
  expect(await read(second.url)).toMatchObject({ notes: { 1: { text: 'hello' }, two: { text: 'again' } }, counted: 2 });
});

it('puts a message that keeps failing aside, and its neighbours through; redrive brings it back', async () => {
  const { url, settle } = await start(newData());
  await Promise.all(['a', 'poison', 'b', 'c'].map((text) => post(`${url}/notes/${text}`, { text })));
  expect(await settle()).toMatchObject({ queued: 0, inFlight: 0, deadLetters: 1 });
  expect(Object.keys((await read(url)).notes).sort()).toEqual(['a', 'b', 'c']);

  const { queues } = Queues.parse(await (await fetch(`${url}/_local/queues`)).json());
  const dead = queues.find(({ name }) => name.includes('Dead'));
  expect(dead).toMatchObject({
    visible: 1,
    deadLetters: [{ receiveCount: 2, cause: expect.stringContaining('batchItemFailures') }],
  });
  expect(await (await post(`${url}/_local/queues/${dead?.name}/redrive`, {})).json()).toEqual({ redriven: 1 });
  expect(await settle()).toMatchObject({ deadLetters: 1 });
});

it('says which function holds up a stream, and why, when the pipeline does not come to rest', async () => {
  let told = () => {};
  const failed = new Promise<void>((resolve) => {
    told = resolve;
  });
  const log = (line: string) => void (line.includes('no number for this note') && told());
  const runner = await startRunner({ port: 0, dataFolder: newData(), assemblyFolder, log });
  running.add(runner);
  await post(`${runner.url}/notes/one`, { text: 'stuck' });
  await failed;
  expect(await runner.settle(100)).toMatchObject({
    settled: false,
    reason: expect.stringMatching(/^\S*publish\S* holds up the stream of \S*Notes\S*: no number for this note$/),
  });
});

it('answers for a function that crashes or takes too long, and goes on', async () => {
  const { url } = await start(newData());
  const answers = await Promise.all(['crash', 'sleep', 'fine'].map((text) => post(`${url}/notes/${text}`, { text })));
  expect(answers.map(({ status }) => status)).toEqual([500, 500, 202]);
  expect((await post(`${url}/notes/after`, { text: 'fine' })).status).toBe(202);
});

it('travels: fires what is due on the way at its minute, skips the idle ones, and remembers where it is', async () => {
  const data = newData();
  const startAt = Date.parse('2026-01-01T12:00:00Z');
  const runner = await start(data, startAt);
  await post(`${runner.url}/notes/soon`, { text: 'x', remindAt: '2026-01-03T08:15:30.000Z' });
  await post(`${runner.url}/notes/late`, { text: 'x', remindAt: '2026-01-09T00:00:00.000Z' });
  const moved = await (await post(`${runner.url}/_local/clock`, { advance: 'P5D' })).json();
  expect(moved).toMatchObject({ now: expect.stringMatching(/^2026-01-06T12:00/), stops: 1 });
  const { soon, late } = (await read(runner.url)).notes;
  expect(soon).toMatchObject({
    remindedAt: expect.stringMatching(/^2026-01-03T08:16:0/),
    scheduledFor: '2026-01-03T08:16:00Z',
  });
  expect(late).not.toHaveProperty('remindedAt');

  const back = await post(`${runner.url}/_local/clock`, { set: '2026-01-02T00:00:00.000Z' });
  expect([back.status, await back.json()]).toMatchObject([422, { error: { code: 'invalid-clock' } }]);
  await stop(runner);
  const again = await start(data);
  expect(new Date(again.clock.now()).toISOString()).toMatch(/^2026-01-06/);
});

it('keeps every 202 it answered through kill -9', async () => {
  const data = newData();
  const main = join(import.meta.dirname, '../../support/notes-app/main.ts');
  const child = spawn(process.execPath, [main, assemblyFolder, data], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(child.stdout.setEncoding('utf8'), 'data');
  const url = String(line).trim();
  const ids = Array.from({ length: 40 }, (_, n) => `n${n}`);
  const answers = await Promise.all(ids.map((id) => post(`${url}/notes`, { id, text: 'kept' })));
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(answers.map(({ status }) => status)).toEqual(ids.map(() => 202));

  const runner = await start(data);
  expect(await runner.settle()).toMatchObject({ settled: true, deadLetters: 0 });
  expect(Object.keys((await read(runner.url)).notes).sort()).toEqual(ids.toSorted());
});

it('ends in one line on a port or a folder that is taken', async () => {
  const data = newData();
  const { url } = await start(data);
  const port = Number(new URL(url).port);
  await expect(startRunner({ port: 0, dataFolder: data, assemblyFolder })).rejects.toThrow(
    /another Ripen is running on/,
  );
  await expect(startRunner({ port, dataFolder: newData(), assemblyFolder })).rejects.toThrow(/choose another --port/);
  await expect(startRunner({ port: 0, dataFolder: '/dev/null/ripen', assemblyFolder })).rejects.toThrow(/cannot write/);
  // What could not start has let go of everything it had begun with.
  await start(join(folder, `data-${folders}`));
});

it('answers 413 to a body that API Gateway would not take', async () => {
  const { url } = await start(newData());
  const answer = await post(`${url}/notes`, { text: 'x'.repeat(11 * 1024 * 1024) });
  expect([answer.status, await answer.json()]).toEqual([413, { message: 'Request Entity Too Large' }]);
});

it('finishes what is under way before it stops', async () => {
  const runner = await start(newData());
  const answers = Array.from({ length: 5 }, (_, n) => post(`${runner.url}/notes/n${n}`, { text: 'x' }));
  await answers[0];
  await stop(runner);
  const statuses = await Promise.all(answers.map((answer) => answer.then(({ status }) => status)));
  expect(statuses).toEqual([202, 202, 202, 202, 202]);
});

it('lets pages of other origins into the public routes only', async () => {
  const { url } = await start(newData());
  const foreign = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
  const statuses = await Promise.all([
    post(`${url}/notes/1`, { text: 'a form elsewhere' }, foreign),
    fetch(`${url}/notes`, { headers: foreign }),
    post(`${url}/_local/settle`, {}, foreign),
    fetch(`${url}/nothing`),
    fetch(`${url}/notes/1`, { method: 'HEAD' }),
  ]);
  expect(statuses.map(({ status }) => status)).toEqual([202, 403, 403, 404, 404]);
});

it('tells other programs where it runs, and only while it runs', async () => {
  const data = newData();
  const runner = await start(data);
  const file = join(data, 'runner.json');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
    pid: process.pid,
    url: runner.url,
    endpoints: runner.endpoints,
    buses: ['default', 'notes'],
  });
  const unsigned = await fetch(runner.endpoints.eventBridge, {
    method: 'POST',
    headers: { 'x-amz-target': 'AWSEvents.PutEvents' },
    body: '{}',
  });
  expect(unsigned.status).toBe(403);
  await stop(runner);
  expect(existsSync(file)).toBe(false);
});
