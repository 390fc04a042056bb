import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod';
import { dynamoDbAt } from '../../../bin/local/dynamodb/dynamodb-call.ts';
import { startRunner } from '../../../bin/local/runner.ts';
import { synthesizeNotesApp } from '../../support/notes-app/app.ts';

const folder = mkdtempSync(join(tmpdir(), 'ripen-compact-'));
const assemblyFolder = join(folder, 'cdk.out');
beforeAll(() => synthesizeNotesApp(assemblyFolder));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const Everything = z.object({ notes: z.record(z.string(), z.unknown()), counted: z.number() });

/** The files of a data folder that have `text` in them. */
function filesWith(text: string, data: string): string[] {
  return readdirSync(data).filter((name) => readFileSync(join(data, name)).includes(text));
}

it('leaves no byte of what was deleted: not in a table, a stream, a queue, or a log of any of them', async () => {
  const dataFolder = join(folder, 'data');
  const runner = await startRunner({ port: 0, dataFolder, assemblyFolder });
  const post = (path: string, body: object) =>
    fetch(`${runner.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  try {
    const secret = 'what nobody may find again';
    for (const id of ['a', 'b']) await post(`/notes/${id}`, { text: id === 'a' ? secret : 'another' });
    await runner.settle();
    const [table] = runner.blueprint.tables;
    const call = dynamoDbAt(runner.endpoints.dynamoDb);
    await call('DeleteItem', { TableName: table?.name, Key: { pk: { S: 'note#a' } } });
    expect(filesWith(secret, dataFolder)).not.toEqual([]);
    const answer = await post('/_local/compact', {});
    expect([answer.status, await answer.json()]).toEqual([200, { queued: 0, inFlight: 0, deadLetters: 0 }]);
    expect(filesWith(secret, dataFolder)).toEqual([]);
    // And everything goes on as before.
    expect(filesWith('another', dataFolder)).toContain('dynamodb.sqlite');
    await post('/notes/c', { text: 'after' });
    expect(await runner.settle()).toMatchObject({ settled: true, deadLetters: 0 });
    const { notes, counted } = Everything.parse(await (await fetch(`${runner.url}/notes`)).json());
    expect([Object.keys(notes).sort(), counted]).toEqual([['b', 'c'], 3]);
  } finally {
    await runner.stop();
  }
});
