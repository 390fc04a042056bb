import type { HttpAnswer } from '../http/http-answer.ts';
import type { HttpRequest } from '../http/http-event.ts';
import { xmlText } from '../http/xml-text.ts';
import type { Buckets, ObjectHead } from './buckets.ts';

/** A page of a list, as in S3. */
const MOST_KEYS = 1_000;

/** Answers the S3 calls of functions: objects by path (`/bucket/key`), whole or a range of bytes, and lists of them. */
export function s3Answer({ method, target, headers, body }: HttpRequest, buckets: Buckets): HttpAnswer {
  const { pathname, searchParams: query } = new URL(target, 'http://127.0.0.1');
  const [, bucket = '', ...rest] = pathname.split('/').map(decodeURIComponent);
  const key = rest.join('/');
  if (!buckets.has(bucket)) return failure(404, 'NoSuchBucket', `there is no bucket ${bucket} in this template`);
  if (key === '') {
    if (method === 'GET' && query.get('list-type') === '2') return list(bucket, query, buckets);
    return failure(501, 'NotImplemented', `of a bucket the runner answers ListObjectsV2 only, not ${method}`);
  }
  switch (method) {
    case 'GET':
      return get(bucket, key, headers.range, buckets);
    case 'HEAD': {
      const head = buckets.head(bucket, key);
      // The listener counts the bytes of what it is given and sends none of them.
      return head ? { status: 200, headers: headersOf(head), body: Buffer.alloc(head.size) } : noSuchKey(key);
    }
    case 'PUT':
      if (headers['content-encoding']?.includes('aws-chunked') || headers['x-amz-copy-source'] !== undefined)
        return failure(501, 'NotImplemented', 'send the object as bytes: the runner takes no stream and no copy');
      return {
        status: 200,
        headers: { etag: buckets.put({ bucket, key, bytes: body, contentType: headers['content-type'] ?? '' }) },
        body: '',
      };
    case 'DELETE':
      buckets.remove(bucket, key);
      return { status: 204, headers: {}, body: '' };
    default:
      return failure(501, 'NotImplemented', `of an object the runner answers GET, HEAD, PUT and DELETE, not ${method}`);
  }
}

function get(bucket: string, key: string, range: string | undefined, buckets: Buckets): HttpAnswer {
  const object = buckets.get(bucket, key);
  if (!object) return noSuchKey(key);
  const headers = headersOf(object);
  const asked = /^bytes=(\d+)-(\d*)$/.exec(range ?? '');
  if (!asked) return { status: 200, headers, body: Buffer.from(object.bytes) };
  const first = Number(asked[1]);
  const last = Math.min(asked[2] === '' ? object.size - 1 : Number(asked[2]), object.size - 1);
  if (first > last) return failure(416, 'InvalidRange', 'The requested range is not satisfiable');
  const contentRange = { 'content-range': `bytes ${first}-${last}/${object.size}` };
  return {
    status: 206,
    headers: { ...headers, ...contentRange },
    body: Buffer.from(object.bytes.subarray(first, last + 1)),
  };
}

function list(bucket: string, query: URLSearchParams, buckets: Buckets): HttpAnswer {
  const prefix = query.get('prefix') ?? '';
  const limit = Math.min(Number(query.get('max-keys') ?? MOST_KEYS), MOST_KEYS);
  const after = query.get('continuation-token') ?? query.get('start-after') ?? '';
  const found = buckets.list(bucket, { prefix, after, limit: limit + 1 });
  const page = found.slice(0, limit);
  const isTruncated = found.length > limit;
  const contents = page.map(
    ({ key, size, etag, modifiedAt }) =>
      `<Contents><Key>${xmlText(key)}</Key><LastModified>${new Date(modifiedAt).toISOString()}</LastModified><ETag>${xmlText(etag)}</ETag><Size>${size}</Size></Contents>`,
  );
  const next = isTruncated ? `<NextContinuationToken>${xmlText(page.at(-1)?.key ?? '')}</NextContinuationToken>` : '';
  const told = `<Name>${xmlText(bucket)}</Name><Prefix>${xmlText(prefix)}</Prefix><KeyCount>${page.length}</KeyCount><MaxKeys>${limit}</MaxKeys><IsTruncated>${isTruncated}</IsTruncated>`;
  return xml(200, `<ListBucketResult>${told}${next}${contents.join('')}</ListBucketResult>`);
}

function headersOf({ etag, contentType, modifiedAt }: ObjectHead): Record<string, string> {
  return { etag, 'content-type': contentType, 'last-modified': new Date(modifiedAt).toUTCString() };
}

function noSuchKey(key: string): HttpAnswer {
  return failure(404, 'NoSuchKey', `The specified key does not exist: ${key}`);
}

function failure(status: number, code: string, message: string): HttpAnswer {
  return xml(status, `<Error><Code>${code}</Code><Message>${xmlText(message)}</Message></Error>`);
}

function xml(status: number, inside: string): HttpAnswer {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n${inside}`;
  return { status, headers: { 'content-type': 'application/xml' }, body };
}
