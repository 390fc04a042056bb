import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { FunctionError } from '../../../bin/local/functions/environment.ts';
import { openFunctionLog } from '../../../bin/local/functions/function-log.ts';

it('tells on the terminal only what nobody tries again, in a line each, and writes everything down', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ripen-log-'));
  const file = join(folder, 'functions.log');
  const lines: string[] = [];
  const log = openFunctionLog(
    file,
    (line) => lines.push(line),
    (name) => name === 'Score',
  );
  const fault = (outcome: string) => `${JSON.stringify({ outcome, error: 'Error', message: 'no', stack: 'at x' })}\n`;
  log.printed('Score', 'err', fault('group-failed') + fault('message-failed'));
  log.printed('Score', 'err', fault('page-failed'));
  log.printed('Show', 'err', 'Warning: careful\n    at somewhere\n');
  log.printed('Show', 'out', 'said\n');
  log.failed(new FunctionError('Score', 'Error', 'tried again', 'at y'));
  log.failed(new FunctionError('Show', 'Error', 'broken', 'at z'));
  await log.close();
  expect(lines).toEqual(['Score: page-failed: no', 'Show: Warning: careful', 'Show failed: Error: broken']);
  const written = await readFile(file, 'utf8');
  for (const part of ['group-failed', 'message-failed', 'at somewhere', 'said', 'at y', 'at z'])
    expect(written).toContain(part);
  await rm(folder, { recursive: true });
});
