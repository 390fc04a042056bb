import { describe, expect, it } from 'vitest';
import { type OutgoingCall, readCall, titleOfCall } from '../../../bin/local/inbox/call-kind.ts';
import { callRoutes } from '../../../bin/local/inbox/call-routes.ts';
import { slackHotLead, slackNews } from '../../../functions/handoff/slack-message.ts';
import { teamsHotLead } from '../../../functions/handoff/teams-card.ts';
import { aHostileLead, toldOf } from '../handoff/a-told-lead.ts';

function aCall(id: string, body: unknown, given: Partial<OutgoingCall> = {}): OutgoingCall {
  return {
    ...{ id, at: 0, url: 'https://hooks.example/services/T/B', host: 'hooks.example', answered: 200 },
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...given,
  };
}

const calls = [
  aCall('slack', slackHotLead(toldOf())),
  aCall('teams', teamsHotLead(toldOf())),
  aCall('webhook', { type: 'handoff.assigned', data: { handoffId: 'abcdefgh.1' } }),
  aCall('hostile-slack', slackHotLead(aHostileLead())),
  aCall('hostile-teams', teamsHotLead(aHostileLead())),
  aCall('news', slackNews({ language: 'en', to: 'Ana', headline: 'A & B <asked>.', openUrl: 'https://r.example/h/t' })),
  aCall('odd', '<script>alert(1)</script>', { answered: 'timeout', headers: { 'x-odd': '<b>' } }),
  aCall('foreign', {
    text: 'x',
    blocks: [
      { type: 'image', image_url: 'https://evil.example/x.png' },
      { type: 'actions', elements: [{ type: 'button', text: { text: 'go' }, url: 'javascript:alert(1)' }] },
    ],
  }),
];
const route = callRoutes({ list: () => calls, get: (id) => calls.find((call) => call.id === id) ?? null });

async function look(path: string, method = 'GET') {
  const { pathname, searchParams } = new URL(path, 'http://127.0.0.1');
  const answer = await route({ method, path: pathname, query: searchParams, headers: {}, body: '' });
  if (!answer) throw new Error(`${path} is not a page of calls`);
  return answer;
}

describe('what went to other systems, in the local inbox', () => {
  it.each([
    ['slack', ['slack', 'hostile-slack', 'news', 'foreign']],
    ['teams', ['teams', 'hostile-teams']],
    ['webhook', ['webhook', 'odd']],
  ])('is listed by channel: %s', async (channel, ids) => {
    const { body } = await look(`/_local/inbox/calls?channel=${channel}`);
    expect([...body.matchAll(/inbox\/calls\/([\w-]+)"/g)].map(([, id]) => id)).toEqual(ids);
    expect(body).toContain('aria-current="page"');
  });

  it('shows a Slack message as Slack does, with buttons to press', async () => {
    const { body } = await look('/_local/inbox/calls/slack');
    expect(body).toContain('<h2 class="slack-header">Hot lead: Maria Prado, Padaria Sol</h2>');
    expect(body).toMatch(
      /<a class="slack-button primary" href="https:\/\/ripen.example\/h\/to.ken#accept"[^>]*>Accept<\/a>/,
    );
    expect(body).toContain('<strong>+25</strong>');
    expect(titleOfCall(readCall({ body: calls[5]?.body ?? '' }))).toBe('A & B <asked>.');
  });

  it('shows a Teams card as Teams does', async () => {
    const { body } = await look('/_local/inbox/calls/teams');
    expect(body).toContain('Hot lead: Maria Prado, Padaria Sol</span>');
    expect(body).toMatch(/<a class="teams-button positive"[^>]*>Accept<\/a>/);
  });

  it('shows any other call as it was sent, with its headers', async () => {
    const { body } = await look('/_local/inbox/calls/webhook');
    expect(body).toContain('&quot;handoffId&quot;: &quot;abcdefgh.1&quot;');
    expect(body).toContain('content-type');
    expect((await look('/_local/inbox/calls/odd')).body).toContain('&lt;script&gt;alert(1)');
  });

  it.each(calls.map(({ id }) => id))('escapes %s and fetches nothing from anywhere', async (id) => {
    const { body, headers } = await look(`/_local/inbox/calls/${id}`);
    expect(body).not.toMatch(/<script|<at>|<img|<b>|href="javascript:|src="http/);
    expect(headers['content-security-policy']).toContain("default-src 'none'");
  });

  it('knows no other call, and takes no post', async () => {
    expect((await look('/_local/inbox/calls/none')).status).toBe(404);
    expect((await look('/_local/inbox/calls/slack', 'POST')).status).toBe(405);
    expect(
      await route({ method: 'GET', path: '/_local/inbox', query: new URLSearchParams(), headers: {}, body: '' }),
    ).toBeNull();
  });
});
