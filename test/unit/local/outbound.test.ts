import { describe, expect, it } from 'vitest';
import { openOutboundCalls } from '../../../bin/local/outbound/outbound-calls.ts';
import { captureCall } from '../../../bin/local/outbound/outbound-capture.ts';
import { outboundRoutes } from '../../../bin/local/outbound/outbound-routes.ts';
import { openDatabase } from '../../../bin/local/storage/database.ts';

function opened() {
  const calls = openOutboundCalls(openDatabase(':memory:'));
  const route = outboundRoutes(calls);
  const ask = async (method: string, path: string, body = '') => {
    const url = new URL(path, 'http://127.0.0.1');
    const answer = await route({ method, path: url.pathname, query: url.searchParams, headers: {}, body });
    return answer && { status: answer.status, body: JSON.parse(answer.body) };
  };
  const call = (url: string | undefined, body = '{}', method = 'POST') =>
    captureCall(
      {
        ...{ method, target: '/_outbound', body: Buffer.from(body), sourceIp: '127.0.0.1' },
        headers: { host: '127.0.0.1', 'webhook-id': 'one', ...(url !== undefined && { 'x-ripen-outbound-url': url }) },
      },
      { calls, now: () => 7 },
    );
  return { calls, ask, call };
}

describe('a call to another system, on this machine', () => {
  it('is kept as it would have gone out, the latest first', async () => {
    const { ask, call } = opened();
    expect(await call('https://crm.example/hook', '{"n":1}')).toMatchObject({ status: 200 });
    await call('https://board.example/');
    const { body } = (await ask('GET', '/_local/outbound')) ?? {};
    expect(body.calls).toMatchObject([
      { host: 'board.example' },
      { at: 7, url: 'https://crm.example/hook', body: '{"n":1}', headers: { 'webhook-id': 'one' }, answered: 200 },
    ]);
    expect(Object.keys(body.calls[1].headers)).toEqual(['webhook-id']);
    expect((await ask('GET', '/_local/outbound?host=crm.example'))?.body.calls).toHaveLength(1);
  });

  it('is answered by the weather of its host, or else by that of all the others', async () => {
    const { ask, call } = opened();
    await ask('POST', '/_local/outbound-weather', '{"host":"*","status":500}');
    await ask('POST', '/_local/outbound-weather', '{"host":"crm.example","status":404}');
    expect(await call('https://crm.example/')).toMatchObject({ status: 404 });
    expect(await call('https://board.example/')).toMatchObject({ status: 500 });
    await ask('POST', '/_local/outbound-weather', '{"host":"crm.example","status":"reset"}');
    expect(await call('https://crm.example/')).toBe('lost');
    expect((await ask('GET', '/_local/outbound'))?.body.calls[0]).toMatchObject({ answered: 'reset' });
  });

  it.each(['', '{}', '{"host":"","status":200}', '{"host":"*","status":42}', '{"host":"*","status":"rain"}'])(
    'has no such weather: %s',
    async (body) => {
      const { ask } = opened();
      expect(await ask('POST', '/_local/outbound-weather', body)).toMatchObject({ status: 422 });
      expect((await ask('GET', '/_local/outbound-weather'))?.body).toEqual({ weather: [] });
    },
  );

  it('is none without an address, and nobody reads it by another method', async () => {
    const { ask, call, calls } = opened();
    expect(await call(undefined)).toMatchObject({ status: 400 });
    expect(await call('crm')).toMatchObject({ status: 400 });
    expect(await call('https://crm.example/', '', 'GET')).toMatchObject({ status: 400 });
    expect(calls.list({ limit: 9 })).toEqual([]);
    expect(await ask('DELETE', '/_local/outbound')).toMatchObject({ status: 405 });
    expect(await ask('DELETE', '/_local/outbound-weather')).toMatchObject({ status: 405 });
    expect(await ask('GET', '/_local/other')).toBeNull();
  });

  it('is forgotten with the lead it tells of', async () => {
    const { call, calls } = opened();
    await call('https://crm.example/', '{"leadId":"abc"}');
    await call('https://crm.example/', '{"leadId":"def"}');
    calls.forget('abc');
    expect(calls.list({ limit: 9 }).map(({ body }) => body)).toEqual(['{"leadId":"def"}']);
  });
});
