import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { signedHeaders } from '../../../functions/handoff/standard-webhook.ts';
import { HandoffChange } from '../../../functions/handoff/team.ts';
import { webhookPayload } from '../../../functions/handoff/webhook-payload.ts';
import type { Lead } from '../../../functions/leads/lead.ts';
import { aLead, aTeam, monday } from './a-qualified-lead.ts';
import { aHandoff } from './a-told-lead.ts';

const doc = readFileSync(join(import.meta.dirname, '../../../docs/webhooks.md'), 'utf8');

/** What stands in the doc between three backticks and the word, the first time. */
function written(word: string, containing: string): string {
  const blocks = [...doc.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)];
  return blocks.find(([, language, text]) => language === word && text?.includes(containing))?.[2] ?? '';
}

const told = (lead: Partial<Lead> = {}) =>
  webhookPayload({
    ...{ what: 'accepted', at: '2026-03-02T12:04:30.000Z', team: aTeam(), baseUrl: 'https://ripen.example' },
    handoff: aHandoff({
      ...{ status: 'accepted', acceptedAt: '2026-03-02T12:04:30.000Z', dueAt: null, ver: 2 },
      cause: { activityId: 'activity-1', type: 'form.submitted' },
    }),
    lead: aLead(lead),
  });

describe('what other systems are told', () => {
  it('is what docs/webhooks.md shows', () => {
    expect(JSON.parse(written('json', '"handoff.accepted"'))).toEqual(JSON.parse(JSON.stringify(told())));
  });

  it('is explained there, field by field and change by change', () => {
    const { handoff, lead, rep } = told().data;
    for (const field of [...Object.keys(handoff), ...Object.keys(lead), ...Object.keys(rep ?? {})])
      expect(doc, field).toMatch(new RegExp(`^\\|.*\`${field}\`.*\\|`, 'm'));
    for (const change of HandoffChange.options) expect(doc, change).toContain(`| \`handoff.${change}\` |`);
  });

  it('says whether the lead may be e-mailed (I-H2)', () => {
    expect(told().data.lead).toMatchObject({ mayEmail: true, suppressed: null });
    const suppressed = { reason: 'unsubscribe', at: monday } as const;
    expect(told({ suppressed }).data.lead).toMatchObject({ mayEmail: false, suppressed });
  });

  it('names the rep, and nobody where nobody has the lead', () => {
    const of = (rep: string | null) =>
      webhookPayload({
        ...{ what: 'queued', at: monday, team: aTeam(), baseUrl: '', lead: aLead() },
        handoff: aHandoff({ rep }),
      }).data.rep;
    expect(of('marta')).toEqual({ id: 'marta', name: 'Marta', email: 'marta@orchard.example' });
    expect([of(null), of('somebody-who-left')]).toEqual([null, null]);
  });
});

describe('the receiver that docs/webhooks.md shows', async () => {
  const { verify }: { verify: (headers: object, body: string, secret: string, now: number) => unknown } = await import(
    /* @vite-ignore */ `data:text/javascript,${encodeURIComponent(written('js', 'timingSafeEqual'))}`
  );
  const secret = 'whsec_c2l4dGVlbiBieXRlcywgYW5kIHR3aWNlIG9mIHRoZW0=';
  const now = Date.parse(monday);
  const body = '{"type":"handoff.accepted"}';
  const headers = signedHeaders('delivery-1', now, body, secret);

  it('takes what we sign', () => {
    expect(verify(headers, body, secret, now + 60_000)).toEqual({ type: 'handoff.accepted' });
  });

  it('takes one good signature of several, as while a key is changed', () => {
    const both = { ...headers, 'webhook-signature': `v1,bm90IG91cnM= v2,x ${headers['webhook-signature']}` };
    expect(verify(both, body, secret, now)).toEqual({ type: 'handoff.accepted' });
  });

  it.each([
    ['another body', headers, '{"type":"handoff.won"}', now],
    ['another id', { ...headers, 'webhook-id': 'delivery-2' }, body, now],
    ['another time', { ...headers, 'webhook-timestamp': String(now / 1000 + 1) }, body, now],
    ['an old call', headers, body, now + 301_000],
    ['no time', { ...headers, 'webhook-timestamp': undefined }, body, now],
    ['no signature', { ...headers, 'webhook-signature': undefined }, body, now],
    [
      'another version',
      { ...headers, 'webhook-signature': `v1a,${headers['webhook-signature']?.slice(3)}` },
      body,
      now,
    ],
  ])('refuses %s', (_, given, text, at) => {
    expect(() => verify(given, text, secret, at)).toThrow();
  });
});

describe('the signature', () => {
  it('is the one that openssl makes', () => {
    // printf '%s' 'delivery-1.1772452800.{"a":"é"}' | openssl dgst -sha256 -mac HMAC -macopt hexkey:$(printf '%s' c2l4dGVlbiBieXRlcywgYW5kIHR3aWNlIG9mIHRoZW0= | base64 -d | od -An -tx1 | tr -d ' \n') -binary | base64
    const headers = signedHeaders(
      'delivery-1',
      1_772_452_800_999,
      '{"a":"é"}',
      'whsec_c2l4dGVlbiBieXRlcywgYW5kIHR3aWNlIG9mIHRoZW0=',
    );
    expect(headers).toEqual({
      'webhook-id': 'delivery-1',
      'webhook-timestamp': '1772452800',
      'webhook-signature': 'v1,i82lae0kuMJShXEms+Rzivrew6ylRzD7U1dKyQShWsE=',
    });
  });
});
