import { describe, expect, it } from 'vitest';
import { type PostAnswerDeps, postAnswer } from '../../../functions/handoff/post-answer.ts';
import { onHttp } from '../../../functions/runtime/http.ts';
import { testTables } from '../../support/dynamodb.ts';
import { aRequest, bodyOf } from '../../support/http.ts';
import { aTeam } from '../../unit/handoff/a-qualified-lead.ts';
import { aSalesRoom } from './a-sales-room.ts';

const { leads: table } = await testTables();
const team = aTeam(5, {
  reps: ['Ana', 'Bruno', 'Carla'].map((name) => ({
    ...{ id: name.toLowerCase(), name: `${name} Lima`, email: `${name.toLowerCase()}@orchard.example` },
  })),
});
const sales = aSalesRoom(table, team);
const deps: PostAnswerDeps = {
  ...sales.deps,
  account: { timeZone: 'America/Sao_Paulo', language: 'en', currency: 'BRL' },
};
const json = { 'content-type': 'application/json' };
const form = { 'content-type': 'application/x-www-form-urlencoded', 'accept-language': 'en' };
let run = 0;

async function handedOff(): Promise<string> {
  const letters = [run >> 4, run++ & 15].map((n) => 'abcdefghijklmnop'[n]);
  const leadId = await sales.add({ leadId: `post${letters.join('')}` });
  await sales.handOff(leadId);
  return leadId;
}

function post(leadId: string, what: string, body: unknown = '', headers: Readonly<Record<string, string>> = json) {
  const id = leadId.includes('.') ? leadId : `${leadId}.1`;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return postAnswer(aRequest({ params: { id }, path: `/api/handoffs/${id}/${what}`, headers, body: text }), deps);
}

const fill = (leadId: string, what: string, fields: Readonly<Record<string, string>>, headers = form) =>
  post(leadId, what, new URLSearchParams(fields).toString(), headers);

/** By the door itself, as API Gateway knocks at it. */
async function knock(leadId: string, body: string) {
  const handler = onHttp((request) => postAnswer(request, deps));
  const { statusCode, body: answer } = await handler({
    ...{ version: '2.0', routeKey: 'POST /api/handoffs/{id}/accept', rawQueryString: '', headers: json },
    ...{ rawPath: `/api/handoffs/${leadId}.1/accept`, pathParameters: { id: `${leadId}.1` } },
    ...{ body, isBase64Encoded: false },
    requestContext: {
      ...{ accountId: '1', apiId: 'a', domainName: 'd', domainPrefix: 'd', requestId: 'r', stage: '$default' },
      ...{ routeKey: 'POST', time: '', timeEpoch: 0 },
      http: { method: 'POST', path: '/', protocol: 'HTTP/1.1', sourceIp: '192.0.2.7', userAgent: 'test' },
    },
  });
  return { status: statusCode, body: JSON.parse(answer ?? '{}') };
}

describe('a program', () => {
  it('64 accept at once: one has the lead, and 63 hear who, and since when', async () => {
    const leadId = await handedOff();
    const answers = await Promise.all(Array.from({ length: 64 }, () => knock(leadId, '')));
    const { rep, acceptedAt, history } = await sales.handoff(leadId);
    const name = team.reps.find(({ id }) => id === rep)?.name;
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const lost = answers.filter(({ status }) => status === 409);
    expect(lost).toHaveLength(63);
    for (const { body } of lost)
      expect(body).toEqual({
        error: { code: 'already-accepted', message: `${name} has had this lead since ${acceptedAt}.` },
      });
    expect(history.filter(({ what }) => what === 'accepted')).toHaveLength(1);
  });

  it('64 reps of three names accept at once: all who are not the one hear who was first', async () => {
    const leadId = await handedOff();
    const who = (n: number) => team.reps[n % 3]?.id;
    const answers = await Promise.all(
      Array.from({ length: 64 }, (_, n) => knock(leadId, JSON.stringify({ rep: who(n) }))),
    );
    const { rep } = await sales.handoff(leadId);
    expect(answers.map(({ status }) => status)).toEqual(answers.map((_, n) => (who(n) === rep ? 200 : 409)));
  });

  it('reports what became of it: reached, meeting, won with an amount to the cent', async () => {
    const leadId = await handedOff();
    expect((await post(leadId, 'accept', {})).status).toBe(200);
    expect(bodyOf(await post(leadId, 'outcome', { outcome: 'contacted' }))).toMatchObject({ outcome: 'contacted' });
    expect(bodyOf(await post(leadId, 'outcome', { outcome: 'meeting' }))).toMatchObject({ outcome: 'meeting' });
    const amount = { amountMinor: 123_456, currency: 'USD' };
    expect(bodyOf(await post(leadId, 'outcome', { outcome: 'won', amount }))).toMatchObject({ status: 'won', amount });
    await expect(post(leadId, 'accept')).rejects.toMatchObject({
      ...{ status: 409, code: 'closed', message: expect.stringContaining('won on') },
    });
  });

  it.each([
    ['accept', { rep: 'zoe' }, { code: 'unknown-rep', path: 'rep', message: expect.stringContaining('ana, bruno') }],
    ['accept', { rep: 7 }, { path: 'rep' }],
    ['reject', { reason: 'mood' }, { code: 'unknown-reason', path: 'reason' }],
    ['reject', {}, { path: 'reason', message: expect.stringContaining('not-ready (Not ready), not-mine (Not mine)') }],
    ['outcome', {}, { path: 'outcome', message: expect.stringContaining('contacted, meeting, won') }],
    ['outcome', { outcome: 'won', amount: { amountMinor: 0, currency: 'BRL' } }, { path: 'amount.amountMinor' }],
    ['outcome', { outcome: 'won', amount: { amountMinor: 1.5, currency: 'BRL' } }, { path: 'amount.amountMinor' }],
    ['outcome', { outcome: 'won', amount: { amountMinor: 2e15, currency: 'BRL' } }, { path: 'amount.amountMinor' }],
    ['outcome', { outcome: 'won', amount: { amountMinor: 5, currency: 'R$' } }, { path: 'amount.currency' }],
    ['outcome', { outcome: 'won', amount: 12.5 }, { path: 'amount' }],
    ['outcome', { outcome: 'won', amount: '-5' }, { path: 'amount', message: expect.stringContaining('1,234.50') }],
  ])('%s %j: learns what to mend, and nothing has changed', async (what, body, error) => {
    const leadId = await handedOff();
    const before = await sales.items(leadId);
    await expect(post(leadId, what, body)).rejects.toMatchObject({ status: 422, ...error });
    expect(await sales.items(leadId)).toEqual(before);
  });

  it('learns the reasons why a deal may be lost, once it is accepted', async () => {
    const leadId = await handedOff();
    const lost = (reason?: string) => post(leadId, 'outcome', { outcome: 'lost', reason });
    await expect(lost('price')).rejects.toMatchObject({ status: 409, code: 'not-accepted' });
    await post(leadId, 'accept');
    await expect(lost()).rejects.toMatchObject({ status: 422, message: 'Choose one of these reasons: price (Price).' });
    expect(bodyOf(await lost('price'))).toMatchObject({ status: 'lost', outcomeReason: 'price' });
  });

  it.each(['postz.1', 'posta', '__proto__', 'posta.0', 'posta.1.1', '../posta.1'])('knows no %s', async (id) => {
    const request = aRequest({ params: { id }, path: `/api/handoffs/${id}/accept`, headers: json, body: '{}' });
    await expect(postAnswer(request, deps)).rejects.toMatchObject({ status: 404, code: 'unknown-handoff' });
  });

  it.each([
    ['{', json, 422],
    ['[]', json, 422],
    ['null', json, 422],
    ['"accept"', json, 422],
    ['<xml/>', { 'content-type': 'application/xml' }, 415],
    [`{"rep":"${'a'.repeat(17_000)}"}`, json, 413],
  ])('is refused %.20s', async (body, headers, status) => {
    const leadId = await handedOff();
    const before = await sales.items(leadId);
    await expect(post(leadId, 'accept', body, headers)).rejects.toMatchObject({ status });
    expect(await sales.items(leadId)).toEqual(before);
  });
});

describe('a person at the sales page', () => {
  it('gets back to where they were', async () => {
    const leadId = await handedOff();
    const answer = await fill(leadId, 'accept', { back: '/handoffs?rep=ana&status=assigned' });
    expect([answer.status, answer.headers?.location]).toEqual([303, '/handoffs?rep=ana&status=assigned']);
    const won = await fill(leadId, 'outcome', { outcome: 'won', amount: '1.234,56' });
    expect([won.status, won.headers?.location]).toEqual([303, `/handoffs/${leadId}.1`]);
    expect((await sales.handoff(leadId)).amount).toEqual({ amountMinor: 123_456, currency: 'BRL' });
  });

  it.each([
    'https://evil.example/',
    '//evil.example/handoffs',
    '/\\evil.example',
    '/handoffs/../leads',
    'javascript:1',
  ])('is never led to %s', async (back) => {
    const leadId = await handedOff();
    expect((await fill(leadId, 'accept', { back })).headers?.location).toBe(`/handoffs/${leadId}.1`);
  });

  it('reads who was first, in their language and on the clock of the team', async () => {
    const leadId = await handedOff();
    await post(leadId, 'accept', { rep: 'bruno' });
    const late = await fill(leadId, 'accept', { rep: 'carla' });
    expect(late.status).toBe(409);
    expect(late.body).toContain('<h1>Somebody was first</h1>');
    expect(late.body).toMatch(/Bruno Lima has had this lead since Mar 2, 9:00\sAM\./);
    const headers = { ...form, 'accept-language': 'pt-PT,pt;q=0.9' };
    const tarde = await fill(leadId, 'accept', { rep: 'carla', back: '/handoffs' }, headers);
    expect(tarde.body).toMatch(/Bruno Lima está com este lead desde 2 de mar\., 9:00\./);
    expect(tarde.body).toContain('href="/handoffs">Voltar</a>');
  });

  it('reads what to mend, and nothing they typed acts on the page', async () => {
    const leadId = await handedOff();
    await fill(leadId, 'accept', {});
    const typed = { outcome: 'won', amount: '<script>alert(1)</script>', lang: 'pt-BR' };
    const answer = await fill(leadId, 'outcome', typed);
    expect(answer.status).toBe(422);
    expect(answer.body).toContain('Escreva o valor em BRL, maior que zero, por exemplo 1.234,50.');
    expect(answer.body).not.toContain('alert(1)');
    expect((await sales.handoff(leadId)).status).toBe('accepted');
  });
});
