import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { logFault } from './log.ts';

/** A request as the doors see it: decoded once, bytes kept raw (signatures and multipart are over bytes). */
export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly sourceIp: string;
  /** True when the route's authorizer let an operator through. */
  readonly operator: boolean;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** A request that cannot succeed as it stands. Becomes `{"error":{code,message,path?}}`: the message says what to do. */
export class RequestError extends Error {
  readonly status: number;
  readonly code: string;
  readonly path: string | undefined;

  constructor(status: number, code: string, message: string, path?: string) {
    super(message);
    this.name = 'RequestError';
    this.status = status;
    this.code = code;
    this.path = path;
  }
}

export function json(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): HttpAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...headers },
    body: JSON.stringify(body),
  };
}

export function page(html: string, status = 200, headers: Readonly<Record<string, string>> = {}): HttpAnswer {
  return {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', ...headers },
    body: html,
  };
}

export function redirect(status: 302 | 303, location: string): HttpAnswer {
  return { status, headers: { location, 'cache-control': 'no-store' }, body: '' };
}

export function errorAnswer(error: RequestError): HttpAnswer {
  const { code, message, path } = error;
  return json(error.status, { error: { code, message, ...(path === undefined ? {} : { path }) } });
}

/**
 * On every answer. No inline script or style anywhere, nothing from another origin, nothing may frame us (I-X1). A door's own
 * header wins: the tracker script must be loadable from other sites. HSTS belongs to the domain that stands in front of this API.
 */
const securityHeaders = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; frame-src 'self'; " +
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
} as const;

export type HttpHandler = (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>;

/**
 * A door on an HTTP route. What `handle` throws as a `RequestError` is answered as such; anything else is logged and answered
 * with a 500 that tells nothing.
 */
export function onHttp(handle: (request: HttpRequest) => Promise<HttpAnswer>): HttpHandler {
  return async (event) => toResult(await answer(event, handle));
}

async function answer(
  event: APIGatewayProxyEventV2,
  handle: (request: HttpRequest) => Promise<HttpAnswer>,
): Promise<HttpAnswer> {
  try {
    return await handle(toRequest(event));
  } catch (error) {
    if (error instanceof RequestError) return errorAnswer(error);
    logFault('request-failed', error, { route: event.routeKey });
    return errorAnswer(new RequestError(500, 'internal', 'Something went wrong on our side. Try again in a minute.'));
  }
}

function toRequest(event: APIGatewayProxyEventV2): HttpRequest {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(event.headers))
    if (value !== undefined) headers[name.toLowerCase()] = value;
  // API Gateway takes the cookies out of the headers.
  if (event.cookies) headers.cookie = event.cookies.join('; ');
  const params: Record<string, string> = {};
  for (const [name, value] of Object.entries(event.pathParameters ?? {})) if (value !== undefined) params[name] = value;
  // No id of ours is so long, and DynamoDB takes no longer key.
  if (Object.values(params).some(({ length }) => length > 1024))
    throw new RequestError(404, 'not-found', 'There is nothing at this address.');
  return {
    method: event.requestContext.http.method,
    path: event.rawPath,
    params,
    query: new URLSearchParams(event.rawQueryString),
    headers,
    body: Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8'),
    sourceIp: event.requestContext.http.sourceIp,
    operator: 'authorizer' in event.requestContext && event.requestContext.authorizer != null,
  };
}

function toResult({ status, headers = {}, body = '' }: HttpAnswer): APIGatewayProxyStructuredResultV2 {
  const binary = typeof body !== 'string';
  return {
    statusCode: status,
    headers: { ...securityHeaders, ...headers },
    body: binary ? body.toString('base64') : body,
    isBase64Encoded: binary,
  };
}
