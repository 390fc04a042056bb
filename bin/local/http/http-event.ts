import type { IncomingHttpHeaders } from 'node:http';
import type { RouteMatch } from './routes.ts';

/** A request as it came over the wire. */
export interface HttpRequest {
  readonly method: string;
  /** Path and query, as sent. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly sourceIp: string;
}

export interface HttpEventContext {
  readonly apiId: string;
  readonly account: string;
  readonly requestId: string;
  /** The pipeline's time in epoch milliseconds. */
  readonly now: number;
}

/** The event of an HTTP API, payload format 2.0. */
export function httpEvent(
  request: HttpRequest,
  path: string,
  { route, pathParameters }: RouteMatch,
  context: HttpEventContext,
): object {
  const { headers, cookies } = headersOf(request.headers);
  const rawQueryString = queryOf(request.target);
  const query = queryParameters(rawQueryString);
  const isBase64Encoded = request.body.length > 0 && !isText(request.headers);
  const host = request.headers.host ?? '';
  return {
    version: '2.0',
    routeKey: route.routeKey,
    rawPath: path,
    rawQueryString,
    ...(cookies.length > 0 ? { cookies } : {}),
    headers,
    ...(Object.keys(query).length > 0 ? { queryStringParameters: query } : {}),
    requestContext: {
      accountId: context.account,
      apiId: context.apiId,
      ...(route.access === 'private' ? { authorizer: { iam: operator(context.account) } } : {}),
      domainName: host.replace(/:\d+$/, ''),
      domainPrefix: host.split(/[.:]/)[0] ?? '',
      http: {
        method: request.method,
        path,
        protocol: 'HTTP/1.1',
        sourceIp: request.sourceIp,
        userAgent: request.headers['user-agent'] ?? '',
      },
      requestId: context.requestId,
      routeKey: route.routeKey,
      stage: '$default',
      time: commonLogTime(context.now),
      timeEpoch: context.now,
    },
    ...(Object.keys(pathParameters).length > 0 ? { pathParameters } : {}),
    ...(request.body.length > 0 ? { body: request.body.toString(isBase64Encoded ? 'base64' : 'utf8') } : {}),
    isBase64Encoded,
  };
}

/** Who sits at this machine: what API Gateway says of a caller it has checked by IAM. */
function operator(account: string) {
  return {
    accessKey: 'LOCALOPERATOR',
    accountId: account,
    callerId: 'local-operator',
    cognitoIdentity: null,
    principalOrgId: null,
    userArn: `arn:aws:iam::${account}:user/local-operator`,
    userId: 'local-operator',
  };
}

/** Cookies have their own list; of a header sent twice the values are joined. */
function headersOf(given: IncomingHttpHeaders): { headers: Record<string, string>; cookies: string[] } {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) {
    if (name !== 'cookie' && value !== undefined) headers[name] = Array.isArray(value) ? value.join(',') : value;
  }
  const cookies = (given.cookie ?? '').split(';').map((cookie) => cookie.trim());
  return { headers, cookies: cookies.filter((cookie) => cookie !== '') };
}

function queryOf(target: string): string {
  const question = target.indexOf('?');
  return question < 0 ? '' : target.slice(question + 1);
}

/** Of a parameter given twice the values are joined with a comma. */
function queryParameters(query: string): Record<string, string> {
  const values = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(query)) values.set(name, [...(values.get(name) ?? []), value]);
  return Object.fromEntries([...values].map(([name, given]) => [name, given.join(',')]));
}

/** API Gateway passes these as text and everything else, form posts included, as base64. */
function isText(headers: IncomingHttpHeaders): boolean {
  if (headers['content-encoding'] !== undefined) return false;
  return /^(text\/|application\/(json|javascript|xml)\b|application\/[^;]+\+(json|xml)\b)/i.test(
    headers['content-type'] ?? 'text/plain',
  );
}

/** `12/Mar/2020:19:03:58 +0000` */
function commonLogTime(instant: number): string {
  const [, day, month, year, time] = /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(new Date(instant).toUTCString()) ?? [];
  return `${day}/${month}/${year}:${time} +0000`;
}
