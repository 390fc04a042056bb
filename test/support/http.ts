import type { HttpAnswer, HttpRequest } from '../../functions/runtime/http.ts';

/** A request to a door, as `onHttp` hands it over. */
export function aRequest(
  request: Partial<Omit<HttpRequest, 'body'>> & { readonly body?: string | Buffer },
): HttpRequest {
  return {
    method: 'POST',
    path: '/',
    params: {},
    query: new URLSearchParams(),
    headers: {},
    sourceIp: '192.0.2.7',
    operator: false,
    ...request,
    body: Buffer.from(request.body ?? ''),
  };
}

/** The JSON of an answer. */
export function bodyOf(answer: HttpAnswer): unknown {
  return JSON.parse(String(answer.body));
}
