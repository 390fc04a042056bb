import { beforeEach, describe, expect, it } from 'vitest';
import { unsubscribeToken } from '../../../functions/consent/unsubscribe-link.ts';
import { type AnswerLinkDeps, answerLink } from '../../../functions/handoff/answer-link.ts';
import { type HandoffLink, handoffToken } from '../../../functions/handoff/handoff-link.ts';
import { readLinkKeys } from '../../../functions/leads/link-token.ts';
import { testTables } from '../../support/dynamodb.ts';
import { aRequest } from '../../support/http.ts';
import { testLinkKeys } from '../../support/link-keys.ts';
import { aTeam } from '../../unit/handoff/a-qualified-lead.ts';
import { aSalesRoom } from './a-sales-room.ts';

const { leads: table } = await testTables();
const keys = readLinkKeys(testLinkKeys);
const team = aTeam(3, {
  reps: [
    { id: 'ana', name: 'Ana Lima', email: 'ana@orchard.example', timeZone: 'Europe/Lisbon' },
    { id: 'bruno', name: 'Bruno Reis', email: 'bruno@orchard.example', locale: 'pt-BR' },
    { id: 'carla', name: 'Carla Dias', email: 'carla@orchard.example' },
  ],
});
const sales = aSalesRoom(table, team);
const deps: AnswerLinkDeps = {
  ...sales.deps,
  account: { timeZone: 'America/Sao_Paulo', language: 'en', currency: 'BRL' },
  linkKeys: async () => testLinkKeys,
  baseUrl: 'https://ripen.example',
};

let run = 0;
let leadId = '';
let link: HandoffLink;

/** A lead whom a rep has just got, and the link that this rep was sent. */
beforeEach(async () => {
  const letters = [run >> 4, run++ & 15].map((n) => 'abcdefghijklmnop'[n]);
  const attributes = { name: 'Maria <b>Prado</b>', company: 'Padaria Sol', phone: '+55 11 91234-5678' };
  leadId = await sales.add({ leadId: `link${letters.join('')}`, attributes });
  await sales.handOff(leadId);
  const { rep, turn } = await sales.handoff(leadId);
  link = { leadId, cycle: 1, turn, rep: rep ?? '' };
});

interface Opening {
  readonly method?: string;
  readonly token?: string;
  readonly query?: string;
}

function open({ method = 'GET', token = handoffToken(link, keys), query = 'lang=en' }: Opening = {}, body = '') {
  return answerLink(aRequest({ method, params: { token }, query: new URLSearchParams(query), body }), deps);
}

/** Presses a button of the page, as it is shown at this moment. */
function press(fields: Readonly<Record<string, string>>, opening: Opening = {}) {
  const seen = new Date(sales.clock.now).toISOString();
  return open({ method: 'POST', ...opening }, new URLSearchParams({ seen, ...fields }).toString());
}

/** Everything that is known of the lead, the hand-off, and who has how many. */
async function all() {
  return { items: await sales.items(leadId), roster: await sales.deps.handoffs.roster() };
}

describe('looking at the link', () => {
  it('shows who comes, why, and by when, and nothing that may not travel', async () => {
    const { status, headers, body } = await open();
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      ...{ 'cache-control': 'no-store', 'x-robots-tag': 'noindex', 'referrer-policy': 'no-referrer' },
    });
    expect(body).toContain('Maria &lt;b&gt;Prado&lt;/b&gt;');
    expect(body).toContain('Padaria Sol');
    expect(body).toContain('They have 55 points and showed that they want to buy.');
    expect(body).toContain('value="accept"');
    expect(body).toContain('<option value="not-ready">Not ready</option>');
    expect(body).not.toMatch(/91234|maria@/i);
    // Nobody has a name to be called by their address.
    expect(body).not.toContain('example.com');
  });

  it('says by when, on the clock of the rep, in their language unless another is asked for', async () => {
    const minute = new Date(sales.clock.now).getUTCMinutes() + 30;
    const hour = { ana: 12, bruno: 9, carla: 9 }[link.rep];
    expect((await open({ query: 'lang=en' })).body).toContain(`by Mar 2, ${hour}:${minute}`);
    const own = await open({ query: '' });
    expect(own.body).toContain(link.rep === 'bruno' ? '<html lang="pt-BR">' : '<html lang="en">');
    const pt = await open({ query: 'lang=pt-BR' });
    expect(pt.body).toContain(`Aceite até 2 de mar., ${hour}:${minute}.`);
  });

  it.each(['GET', 'HEAD'])('by %s, whatever else the address says, changes nothing', async (method) => {
    const before = await all();
    for (const query of ['', 'lang=pt-BR', 'do=accept', 'answer=accept&seen=2026-03-02T12:00:00.000Z'])
      expect((await open({ method, query })).status).toBe(200);
    expect(await all()).toEqual(before);
  });

  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'get'])('knows no %s', async (method) => {
    await expect(open({ method })).rejects.toMatchObject({ status: 405 });
  });
});

describe('pressing a button', () => {
  it('accepts, and tells this once how the lead can be reached', async () => {
    const { status, body } = await press({ answer: 'accept' });
    expect(status).toBe(200);
    expect(body).toContain('href="tel:+5511912345678"');
    expect(body).toContain('Maria@example.com');
    expect(await sales.handoff(leadId)).toMatchObject({ status: 'accepted', rep: link.rep });
    const again = await open();
    expect(again.body).not.toMatch(/91234|Maria@/);
    expect(again.body).toContain('value="won"');
  });

  it('a second time does nothing more, and says nothing that may not travel', async () => {
    await press({ answer: 'accept' });
    const before = await all();
    sales.clock.now += 60_000;
    const replay = await press({ answer: 'accept' });
    expect([replay.status, await all()]).toEqual([200, before]);
    expect(replay.body).not.toMatch(/91234|Maria@/);
  });

  it('tells what became of the lead, to the end', async () => {
    await press({ answer: 'accept' });
    expect((await press({ answer: 'contacted' })).body).toContain('You have reached them.');
    expect((await press({ answer: 'meeting' })).body).toContain('You have a meeting.');
    const unreadable = await press({ answer: 'won', amount: '"><script>' });
    expect(unreadable.status).toBe(422);
    expect(unreadable.body).toContain('such as 1,234.50');
    expect(unreadable.body).not.toContain('<script>');
    expect((await press({ answer: 'won', amount: 'R$ 1.234,56' })).status).toBe(200);
    expect(await sales.handoff(leadId)).toMatchObject({
      ...{ status: 'won', amount: { amountMinor: 123_456, currency: 'BRL' } },
    });
    const before = await all();
    for (const answer of ['accept', 'contacted', 'won', 'recycled', 'reject', 'lost']) {
      const late = await press({ answer, reason: 'price' });
      expect(late.status).toBe(409);
      expect(late.body).toContain('It is over: won on');
      expect(late.body).not.toContain('<form');
    }
    expect(await all()).toEqual(before);
  });

  it.each([
    [{ answer: 'contacted' }, 409],
    [{ answer: 'won', amount: '5' }, 409],
    [{ answer: 'lost', reason: 'price' }, 409],
    [{ answer: 'reject' }, 422],
    [{ answer: 'reject', reason: 'price' }, 422],
    [{ answer: 'reject', reason: '__proto__' }, 422],
    [{ answer: 'withdrawn' }, 422],
    [{}, 422],
  ])('%j before it is accepted changes nothing (%i)', async (fields, status) => {
    const before = await all();
    expect((await press(fields)).status).toBe(status);
    expect(await all()).toEqual(before);
  });

  it.each(['', 'answer=accept', 'answer=accept&seen=', 'answer=accept&seen=yesterday', '\u0000\uffff%%%'])(
    'is what only the page can do: whoever posts %j to the bare link does nothing',
    async (body) => {
      const before = await all();
      const answer = await open({ method: 'POST' }, body);
      expect(answer.status).toBe(422);
      expect(answer.body).toContain('press a button on this page');
      expect(await all()).toEqual(before);
    },
  );

  it('one of 64 at once makes it theirs once', async () => {
    const answers = await Promise.all(Array.from({ length: 64 }, () => press({ answer: 'accept' })));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    const { history } = await sales.handoff(leadId);
    expect(history.filter(({ what }) => what === 'accepted')).toHaveLength(1);
  });
});

describe('a link whose time is over', () => {
  it('does nothing once the lead has gone on, and says to whom', async () => {
    await press({ answer: 'reject', reason: 'not-mine' });
    const { rep } = await sales.handoff(leadId);
    const name = team.reps.find(({ id }) => id === rep)?.name;
    const before = await all();
    for (const answer of ['accept', 'reject', 'contacted', 'won', 'recycled']) {
      const late = await press({ answer, reason: 'not-ready' });
      expect(late.status).toBe(409);
      expect(late.body).toContain(`${name} has had this lead since`);
      expect(late.body).not.toContain('<form');
    }
    expect((await open()).body).toContain(`${name} has had this lead since`);
    expect(await all()).toEqual(before);
  });

  it('does nothing once somebody else has taken it, and says who', async () => {
    const other = team.reps.find(({ id }) => id !== link.rep);
    await sales.answer(leadId, { answer: 'accept' }, other?.id);
    const before = await all();
    const late = await press({ answer: 'accept' });
    expect(late.status).toBe(409);
    expect(late.body).toContain(`${other?.name} has had this lead since`);
    expect(late.body).not.toMatch(/91234|Maria@/);
    expect(await all()).toEqual(before);
  });

  it('knows whoever gets the lead back: only the newer message speaks for them', async () => {
    const stale = { ...link, turn: link.turn - 1 };
    const { body } = await open({ token: handoffToken(stale, keys) });
    expect(body).toContain('answer by the link of that one');
    expect(body).not.toContain('<form');
    expect((await press({ answer: 'accept' }, { token: handoffToken(stale, keys) })).status).toBe(409);
    expect((await sales.handoff(leadId)).status).toBe('assigned');
  });

  it.each([
    ['has left the team', 'zoe'],
    ['was only told that it is gone', 'bruno'],
  ])('acts for nobody who %s', async (_, rep) => {
    const before = await all();
    const token = handoffToken({ ...link, rep }, keys);
    expect((await press({ answer: 'accept' }, { token })).status).toBe(409);
    expect(await all()).toEqual(before);
  });
});

describe('a link that is not ours', () => {
  it('is not known, whatever is wrong with it', async () => {
    const token = handoffToken(link, keys);
    const foreign = unsubscribeToken({ leadId, sequence: '1', run: String(link.turn), step: 1 }, keys);
    const turned = `${token.slice(0, -2)}${token.at(-2) === 'A' ? 'B' : 'A'}${token.slice(-1)}`;
    const gone = handoffToken({ ...link, cycle: 2 }, keys);
    const before = await all();
    for (const wrong of ['', 'x', token.slice(1), turned, foreign, gone, `${token}.`, `${token}A`]) {
      for (const method of ['GET', 'HEAD', 'POST']) {
        const body = `answer=accept&seen=${new Date(sales.clock.now).toISOString()}`;
        const answer = await open({ method, token: wrong }, body);
        expect([answer.status, String(answer.body).includes('Maria')], `${method} ${wrong}`).toEqual([404, false]);
      }
    }
    expect(await all()).toEqual(before);
  });
});
