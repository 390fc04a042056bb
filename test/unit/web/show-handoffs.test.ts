import { describe, expect, it } from 'vitest';
import type { Handoff } from '../../../functions/handoff/handoff.ts';
import type { HttpRequest } from '../../../functions/runtime/http.ts';
import { rememberedRep, repCookie } from '../../../functions/web/rep-cookie.ts';
import { type InboxDeps, showHandoffs } from '../../../functions/web/show-handoffs.ts';
import { account } from '../../support/forms.ts';
import { aLead } from '../handoff/a-qualified-lead.ts';
import { aHandoff, frame } from './sample-pages.ts';
import { salesTeam } from './sample-sales.ts';

function inbox(handoffs: readonly Handoff[]): InboxDeps {
  return {
    handoffs: {
      list: async ({ status, rep, limit }) => ({
        items: handoffs.filter((each) => each.status === status && (!rep || each.rep === rep)).slice(0, limit),
        cursor: null,
      }),
      ...{ get: async () => null, roster: async () => ({ ver: 0, turns: 0, places: {} }), records: async () => [] },
    },
    leads: {
      get: async (leadId) => aLead({ leadId, attributes: { name: `Lead ${leadId}` } }),
      ...{ known: async () => null, list: async () => ({ items: [], cursor: null }) },
      ...{ history: async () => [], statements: async () => [] },
    },
    tasks: { list: async () => ({ items: [], cursor: null }), ofLead: async () => [] },
    team: salesTeam,
    account,
  };
}

function asked(path: string, cookie = ''): HttpRequest {
  const { searchParams: query } = new URL(path, 'https://ripen.example');
  const from = { headers: { cookie }, body: Buffer.alloc(0), sourceIp: '::1', operator: true };
  return { method: 'GET', path: '/handoffs', params: {}, query, ...from };
}

async function shown(path: string, handoffs: readonly Handoff[], cookie?: string) {
  const answer = await showHandoffs(asked(path, cookie), frame, inbox(handoffs));
  return typeof answer === 'string'
    ? { body: answer, cookie: null }
    : { body: String(answer.body), cookie: answer.headers?.['set-cookie'] };
}

function named(leadId: string, parts: Partial<Handoff> = {}): Handoff {
  return aHandoff({ handoffId: `${leadId}.1`, leadId, ...parts });
}

const order = (body: string) => [...body.matchAll(/data-row="(\w+)\.1"/g)].map(([, id]) => id);

describe('the inbox', () => {
  const all = [
    named('warm', { score: 60 }),
    named('asked', { qualifiedBy: 'explicit-request', score: 5, status: 'accepted' }),
    named('hot', { score: 90, status: 'accepted', rep: 'carla-dias' }),
    named('waits', { score: 70, status: 'queued', rep: null }),
    named('won', { score: 99, status: 'won' }),
  ];

  it('has who asked for us first, then the highest score, whatever their status', async () => {
    expect(order((await shown('/handoffs?show=team', all)).body)).toEqual(['asked', 'hot', 'waits', 'warm']);
  });

  it('shows whoever looks theirs, and remembers who that is', async () => {
    const { body, cookie } = await shown('/handoffs?rep=bruno-lima', all);
    expect(order(body)).toEqual(['asked', 'warm']);
    expect(cookie).toContain('ripen_rep=bruno-lima;');
    expect(order((await shown('/handoffs', all, 'a=b; ripen_rep=carla-dias')).body)).toEqual(['hot']);
  });

  it('forgets who looks when they say so, and knows nobody who is not of the team', async () => {
    expect((await shown('/handoffs?rep=', all)).cookie).toContain('Max-Age=0');
    const { body, cookie } = await shown('/handoffs?rep=nobody-known', all);
    expect(cookie).toContain('ripen_rep=;');
    expect(order(body)).toHaveLength(4);
  });

  it('shows the team’s of one rep without making anybody that rep', async () => {
    const { body, cookie } = await shown('/handoffs?show=team&of=carla-dias', all, 'ripen_rep=bruno-lima');
    expect(order(body)).toEqual(['hot']);
    expect(cookie).toBeNull();
  });

  it('leafs through more than fit on a page', async () => {
    const many = Array.from({ length: 30 }, (_, n) => named(`n${n}`, { score: 90 - n }));
    const first = await shown('/handoffs?show=team', many);
    expect(order(first.body)).toHaveLength(25);
    expect(first.body).toContain('href="/handoffs?show=team&amp;from=25"');
    const second = await shown('/handoffs?show=team&from=25', many);
    expect(order(second.body)).toEqual(['n25', 'n26', 'n27', 'n28', 'n29']);
    expect(second.body).not.toContain('rel="next"');
  });

  it('refuses a filter that it does not understand', async () => {
    await expect(shown('/handoffs?status=nonsense', [])).rejects.toMatchObject({ status: 422 });
  });
});

describe('who looks', () => {
  it('is found again among other cookies, and is an id or nobody', () => {
    const found = (cookie: string) => rememberedRep({ headers: { cookie } });
    expect(found('x=1; ripen_rep=ana-souza; y=2')).toBe('ana-souza');
    expect(found('ripen_rep=<script>')).toBeNull();
    expect(repCookie('ana-souza', { isLocal: false })).toMatch(/; SameSite=Lax; HttpOnly; Secure$/);
  });
});
