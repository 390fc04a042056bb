import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { claim, fenceOf, requestTimeoutMs } from '../../../functions/nurture/send.ts';
import { synthesize } from '../synthesized.ts';

const app = synthesize();
const Door = z.object({ Description: z.string(), Timeout: z.number() });

/** Seconds. */
const timeouts = new Map(
  Object.values(app.all('AWS::Lambda::Function')).flatMap((properties) => {
    const door = Door.safeParse(properties).data;
    return door ? [[door.Description.split('.')[0] ?? '', door.Timeout] as const] : [];
  }),
);

const order = {
  ...{ leadId: 'lead', sequence: 'welcome', run: 'run', step: 1, template: 'welcome-1', language: 'en', data: {} },
  ...({ to: { kind: 'lead' }, policy: 'atMostOnce', purpose: 'marketing' } as const),
};

describe('a no that has to wait for a message on its way', () => {
  // The worst case: it comes at the very instant of a claim.
  const longestMs = fenceOf(claim(null, order, 'token', 0));

  it('waits twelve seconds at most, and SES has answered by then', () => {
    expect(longestMs).toBeLessThanOrEqual(12_000);
    expect(longestMs).toBeGreaterThan(requestTimeoutMs);
  });

  it.each(['consent/unsubscribe', 'consent/preferences'])('%s has the time to wait, and to answer', (door) => {
    const timeoutMs = (timeouts.get(door) ?? 0) * 1000;
    // The rest is for the table, a cold start among it.
    expect(timeoutMs).toBeGreaterThanOrEqual(longestMs + 5_000);
    // The HTTP API answers for a door that takes longer than half a minute.
    expect(timeoutMs).toBeLessThan(30_000);
  });
});
