import { createHash } from 'node:crypto';
import type { HttpAnswer, HttpRequest } from '../runtime/http.ts';

/** A file the pages need, held in memory. */
export interface PublicFile {
  readonly type: string;
  readonly body: string | Buffer;
  readonly etag: string;
  /** Other sites' pages load it: the tracker and the form enhancer. */
  readonly everywhere: boolean;
}

export function publicFile(type: string, body: string | Buffer, { everywhere = false } = {}): PublicFile {
  return { type, body, etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`, everywhere };
}

/**
 * The file, or 304 when the browser has it already. Our own pages ask each time, so that a deployment shows at once; other sites
 * may keep the scripts for an hour, since their visitors should not wait for us.
 */
export function answerFile({ type, body, etag, everywhere }: PublicFile, { headers }: HttpRequest): HttpAnswer {
  const shared = {
    etag,
    'cache-control': everywhere ? 'public, max-age=3600' : 'public, no-cache',
    ...(everywhere && { 'cross-origin-resource-policy': 'cross-origin', 'access-control-allow-origin': '*' }),
  };
  if (headers['if-none-match'] === etag) return { status: 304, headers: shared };
  return { status: 200, headers: { ...shared, 'content-type': type }, body };
}
