import type { HttpAnswer } from './http-answer.ts';

/** An answer of a local route. Never cached: it says how things are now. */
export function json(status: number, value: unknown): HttpAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    body: JSON.stringify(value),
  };
}

export function failure(status: number, code: string, message: string): HttpAnswer {
  return json(status, { error: { code, message } });
}

/** Undefined when it is not JSON. */
export function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
