import { expect, it } from 'vitest';
import { newActivation } from '../../../functions/leads/activation.ts';
import { activeModelOf } from '../../../functions/leads/active-model.ts';

const at = '2026-03-02T12:00:00.000Z';

it('reads the active model again when half a minute has passed, or when leads are of another one', async () => {
  let now = Date.parse(at);
  let reads = 0;
  let version = 'v1';
  const get = async () => {
    reads += 1;
    return newActivation(version, null, at);
  };
  const activeModel = activeModelOf({ get }, () => now);
  expect(await activeModel(['v1'])).toBe('v1');
  expect(await activeModel(['v1', 'v1'])).toBe('v1');
  expect(reads).toBe(1);
  version = 'v2';
  expect(await activeModel(['v1'])).toBe('v1');
  now += 30_000;
  expect(await activeModel(['v1'])).toBe('v2');
  expect(await activeModel(['v2'])).toBe('v2');
  expect(reads).toBe(2);
  version = 'v3';
  expect(await activeModel(['v3'])).toBe('v3');
});
