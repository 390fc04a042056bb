import { expect, it } from 'vitest';
import { json, onHttp } from '../../../functions/runtime/http.ts';

function aRequest(leadId: string): Parameters<ReturnType<typeof onHttp>>[0] {
  const http = { method: 'GET', path: '/', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'test' };
  return {
    version: '2.0',
    ...{ routeKey: 'GET /api/leads/{leadId}', rawPath: '/', rawQueryString: '', headers: {}, isBase64Encoded: false },
    pathParameters: { leadId },
    requestContext: {
      ...{ accountId: '', apiId: '', domainName: '', domainPrefix: '', requestId: '', routeKey: '', stage: '' },
      ...{ time: '', timeEpoch: 0, http },
    },
  };
}

it('gives the cookies among the headers, where API Gateway took them from', async () => {
  const door = onHttp(async ({ headers }) => json(200, headers));
  const { body } = await door({ ...aRequest('lead'), cookies: ['a=1', 'ripen_lang=pt-BR'] });
  expect(JSON.parse(body ?? '')).toMatchObject({ cookie: 'a=1; ripen_lang=pt-BR' });
});

it('finds nothing under an id that no store could take (I-B1)', async () => {
  const door = onHttp(async ({ params }) => json(200, params));
  expect((await door(aRequest('a'.repeat(3000)))).statusCode).toBe(404);
  expect((await door(aRequest('lead'))).statusCode).toBe(200);
});
