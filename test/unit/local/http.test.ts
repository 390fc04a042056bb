import { expect, it } from 'vitest';
import { httpAnswer } from '../../../bin/local/http/http-answer.ts';
import { type HttpRequest, httpEvent } from '../../../bin/local/http/http-event.ts';
import { isOwnHost, isOwnOrigin } from '../../../bin/local/http/http-guard.ts';
import { routerOf } from '../../../bin/local/http/routes.ts';
import type { RouteSpec } from '../../../bin/local/template/blueprint-api.ts';

const aRoute = (routeKey: string, access: RouteSpec['access'] = 'public'): RouteSpec => ({
  routeKey,
  functionName: routeKey,
  access,
  timeoutMs: 1000,
});

// In the order in which API Gateway must not look at them.
const route = routerOf(
  [
    '$default',
    'ANY /{proxy+}',
    'GET /pets/{proxy+}',
    'GET /pets/{id}',
    'ANY /pets/dog',
    'GET /pets/dog',
    'GET /pets/{id}/toys',
    'GET /pets/dog/{proxy+}',
    'GET /',
  ].map((key) => aRoute(key)),
);
it.each([
  ['GET', '/', 'GET /', {}],
  ['GET', '/pets/dog', 'GET /pets/dog', {}],
  ['POST', '/pets/dog', 'ANY /pets/dog', {}],
  ['GET', '/pets/cat', 'GET /pets/{id}', { id: 'cat' }],
  ['GET', '/pets/dog/toys', 'GET /pets/{id}/toys', { id: 'dog' }],
  ['GET', '/pets/dog/toys/1', 'GET /pets/dog/{proxy+}', { proxy: 'toys/1' }],
  ['GET', '/pets/cat/toys/1', 'GET /pets/{proxy+}', { proxy: 'cat/toys/1' }],
  ['POST', '/pets/cat', 'ANY /{proxy+}', { proxy: 'pets/cat' }],
  ['HEAD', '/', '$default', {}],
])('%s %s takes the route %s', (method, path, routeKey, pathParameters) => {
  expect(route(method, path)).toMatchObject({ route: { routeKey }, pathParameters });
});

it('knows no route that the template does not have', () => {
  const few = routerOf([aRoute('GET /a/{id}'), aRoute('POST /a')]);
  expect([few('GET', '/a'), few('GET', '/a/'), few('HEAD', '/a/1'), few('GET', '/a/1/b'), few('POST', '/a/')]).toEqual(
    Array(5).fill(undefined),
  );
});

const aRequest = (given: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'POST',
  target: '/f/ebook?a=1&a=2&b=%20x',
  headers: { host: 'localhost:4000', 'content-type': 'application/json', cookie: 'one=1; two=2' },
  body: Buffer.from('{}'),
  sourceIp: '127.0.0.1',
  ...given,
});
const event = (request: HttpRequest, access: RouteSpec['access'] = 'public') =>
  httpEvent(
    request,
    '/f/ebook',
    { route: aRoute('POST /f/{formId}', access), pathParameters: { formId: 'ebook' } },
    {
      apiId: 'api',
      account: '000000000000',
      requestId: 'request',
      now: Date.UTC(2026, 2, 12, 19, 3, 58),
    },
  );

it('speaks payload format 2.0', () => {
  expect(event(aRequest())).toMatchObject({
    version: '2.0',
    routeKey: 'POST /f/{formId}',
    rawPath: '/f/ebook',
    rawQueryString: 'a=1&a=2&b=%20x',
    queryStringParameters: { a: '1,2', b: ' x' },
    cookies: ['one=1', 'two=2'],
    headers: { host: 'localhost:4000', 'content-type': 'application/json' },
    pathParameters: { formId: 'ebook' },
    requestContext: {
      http: { method: 'POST', path: '/f/ebook', sourceIp: '127.0.0.1' },
      time: '12/Mar/2026:19:03:58 +0000',
      stage: '$default',
    },
    body: '{}',
    isBase64Encoded: false,
  });
});

it.each([
  ['application/json; charset=utf-8', false],
  ['application/vnd.api+json', false],
  ['text/plain', false],
  ['application/x-www-form-urlencoded', true],
  ['multipart/form-data; boundary=x', true],
  ['application/octet-stream', true],
])('passes %s as base64: %s', (type, isBase64Encoded) => {
  const body = isBase64Encoded ? 'e30=' : '{}';
  expect(event(aRequest({ headers: { 'content-type': type } }))).toMatchObject({ isBase64Encoded, body });
});

it('says who the caller is on private routes only', () => {
  expect(event(aRequest(), 'private')).toMatchObject({
    requestContext: { authorizer: { iam: { userId: 'local-operator' } } },
  });
  expect(event(aRequest())).not.toMatchObject({ requestContext: { authorizer: expect.anything() } });
});

it('takes a structured answer by its word, and anything else for a JSON body', () => {
  const image = {
    statusCode: 201,
    headers: { 'Content-Type': 'image/gif', 'X-N': 1 },
    cookies: ['a=1', 'b=2'],
    body: 'R0lG',
    isBase64Encoded: true,
  };
  expect(httpAnswer(image)).toEqual({
    status: 201,
    headers: { 'content-type': 'image/gif', 'x-n': '1', 'set-cookie': ['a=1', 'b=2'] },
    body: Buffer.from('GIF'),
  });
  expect(httpAnswer({ statusCode: 204 })).toEqual({ status: 204, headers: {}, body: '' });
  expect(httpAnswer({ ok: true })).toMatchObject({
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: '{"ok":true}',
  });
  expect(httpAnswer('hello')).toMatchObject({ status: 200, body: 'hello' });
  expect(httpAnswer({ statusCode: 'soon' })).toMatchObject({ status: 500 });
});

it('answers to the names of this machine only', () => {
  const hosts = [
    '127.0.0.1:4000',
    'localhost:4000',
    '[::1]:4000',
    'evil.example:4000',
    '127.0.0.1:4001',
    '127.0.0.1',
    undefined,
  ];
  expect(hosts.map((host) => isOwnHost(host, 4000))).toEqual([true, true, true, false, false, false, false]);
});

it.each([
  ['a program', 'POST', {}, true],
  ['the own page', 'POST', { origin: 'http://127.0.0.1:4000', 'sec-fetch-site': 'same-origin' }, true],
  [
    'an address typed in',
    'GET',
    { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' },
    true,
  ],
  [
    'a link in a webmail',
    'GET',
    { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' },
    true,
  ],
  [
    'a foreign form',
    'POST',
    {
      origin: 'https://evil.example',
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
    },
    false,
  ],
  [
    'a foreign script',
    'GET',
    { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'script' },
    false,
  ],
  [
    'a foreign frame',
    'GET',
    { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' },
    false,
  ],
  ['another port of this machine', 'POST', { origin: 'http://localhost:3000', 'sec-fetch-site': 'same-site' }, false],
  ['an old browser elsewhere', 'POST', { origin: 'https://evil.example' }, false],
  ['a sandbox', 'POST', { origin: 'null' }, false],
])('lets %s (%s) into a private route: %s', (_, method, headers, allowed) => {
  expect(isOwnOrigin(method, headers, 4000)).toBe(allowed);
});
