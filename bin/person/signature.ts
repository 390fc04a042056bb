import { createHash, createHmac } from 'node:crypto';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

/** A request without a body, to be signed for `service` in `region` at `now` (epoch milliseconds). */
export interface Signable {
  readonly method: string;
  readonly url: URL;
  readonly service: string;
  readonly region: string;
  readonly now: number;
}

/**
 * The headers that say who asks: AWS Signature Version 4, which the private routes of a deployed Ripen ask for. By hand, since it is
 * forty lines and the clients of AWS sign requests to AWS only.
 */
export function signedHeaders(
  { method, url, service, region, now }: Signable,
  { accessKeyId, secretAccessKey, sessionToken }: Credentials,
): Record<string, string> {
  const at = new Date(now).toISOString().replace(/[:-]|\.\d{3}/g, '');
  const day = at.slice(0, 8);
  const headers: Record<string, string> = {
    host: url.host,
    'x-amz-date': at,
    ...(sessionToken !== undefined && { 'x-amz-security-token': sessionToken }),
  };
  const names = Object.keys(headers).sort();
  const request = [
    ...[method, encodedPath(url), sortedQuery(url)],
    ...names.map((name) => `${name}:${headers[name]}`),
    ...['', names.join(';'), sha256('')],
  ].join('\n');
  const scope = `${day}/${region}/${service}/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', at, scope, sha256(request)].join('\n');
  const key = [day, region, service, 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`);
  const signature = hmac(key, toSign).toString('hex');
  const { host: _, ...sent } = headers;
  return {
    ...sent,
    authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`,
  };
}

/** What stands in the address is encoded once more: every service but S3 does it so. */
function encodedPath({ pathname }: URL): string {
  return pathname.split('/').map(encoded).join('/');
}

function sortedQuery({ searchParams }: URL): string {
  return [...searchParams]
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .sort()
    .join('&');
}

function encoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
