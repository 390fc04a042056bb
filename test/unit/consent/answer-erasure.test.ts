import { describe, expect, it } from 'vitest';
import { answerErasure } from '../../../functions/consent/answer-erasure.ts';
import type { EraseDeps } from '../../../functions/consent/erase-lead.ts';
import { aRequest, bodyOf } from '../../support/http.ts';

const at = '2026-03-10T13:00:00.000Z';
const nothing = async () => {};

/** Somebody who is erased already: asking again answers the same. */
function deps(known = true): EraseDeps {
  return {
    erasures: {
      find: async (leadId) =>
        known ? { is: 'erased', leadId, tombstone: { kind: 'erased', at, ver: 2, otherIds: [] } } : null,
      bury: async () => 'conflict',
      left: async function* () {},
      ...{ remove: nothing, forgetMask: nothing, lookAgain: nothing },
    },
    visitors: { waitingOf: async () => [], disown: nothing },
    pepper: async () => 'pepper',
    claimedUntil: async () => 0,
    wait: nothing,
    hasTime: () => true,
    newMask: () => 'mask',
    now: () => Date.parse(at),
  };
}

const params = { leadId: 'lead-ana' };
const form = { 'content-type': 'application/x-www-form-urlencoded' };
const post = (body: string, headers: Readonly<Record<string, string>> = form) =>
  answerErasure(aRequest({ params, headers, body }), deps());

describe('a program', () => {
  it('erases with DELETE, and is told when the person was erased', async () => {
    const answer = await answerErasure(aRequest({ method: 'DELETE', params }), deps());
    expect([answer.status, bodyOf(answer)]).toEqual([200, { leadId: 'lead-ana', erasedAt: at, complete: true }]);
  });

  it('is told when there is nobody', async () => {
    const asked = answerErasure(aRequest({ method: 'DELETE', params }), deps(false));
    await expect(asked).rejects.toMatchObject({ status: 404, code: 'unknown-lead' });
  });
});

describe('a person', () => {
  it.each(['ERASE', 'erase', ' Apagar '])('confirms with %s and gets to the list', async (confirm) => {
    const answer = await post(new URLSearchParams({ confirm }).toString());
    expect([answer.status, answer.headers?.location]).toEqual([303, '/leads?erased=1']);
  });

  it.each(['', 'confirm=', 'confirm=yes', 'confirm=lead-ana'])('erases nobody with %j', async (body) => {
    const answer = await post(body);
    expect(answer.status).toBe(422);
    expect(answer.body).toContain('Write ERASE to confirm.');
    expect(answer.body).toContain('href="/leads/lead-ana"');
  });
});
