import type { Buckets } from '../buckets/buckets.ts';
import { s3Answer } from '../buckets/s3.ts';
import type { Bus } from '../events/bus.ts';
import { ValidationException } from '../events/put-events.ts';
import type { Ses } from '../mail/ses.ts';
import type { OutboundCalls } from '../outbound/outbound-calls.ts';
import { captureCall } from '../outbound/outbound-capture.ts';
import type { Secrets } from '../secrets.ts';
import type { WriteGroup } from '../storage/write-group.ts';
import type { HttpAnswer } from './http-answer.ts';
import type { HttpRequest } from './http-event.ts';
import { isOwnHost } from './http-guard.ts';
import type { RequestHandler } from './listener.ts';

export interface AwsServices {
  readonly bus: Bus;
  readonly buckets: Buckets;
  readonly ses: Ses;
  readonly secrets: Secrets;
  readonly write: WriteGroup;
  readonly port: number;
  readonly calls: OutboundCalls;
  /** The pipeline's clock, epoch milliseconds. */
  readonly now: () => number;
}

/**
 * The AWS services functions call, on one address of their own: EventBridge and Secrets Manager speak JSON 1.1, SES the
 * Query protocol and its second version REST, as S3 does. DynamoDB is called directly. Only a signed request is answered: a web page
 * cannot send one without asking first, so it cannot send mail or events through somebody's browser.
 */
export function awsEndpoints(services: AwsServices): RequestHandler {
  return async (request) => {
    const { headers } = request;
    if (!isOwnHost(headers.host, services.port)) return refused(421, 'MisdirectedRequest', 'call 127.0.0.1');
    const kept = await captureCall(request, services);
    if (kept) return kept;
    const service = signedFor(headers.authorization);
    switch (service) {
      case undefined:
        return refused(403, 'MissingAuthenticationTokenException', 'sign the request, with any key');
      case 'ses':
        return request.target.startsWith('/v2/') ? insights(request, services.ses) : query(request, services.ses);
      case 's3':
        return services.write('promised', () => s3Answer(request, services.buckets));
      default:
        return rpc(request, services);
    }
  };
}

/** The service in the credential's scope: `…Credential=KEY/20260131/us-east-1/ses/aws4_request, …`. */
function signedFor(authorization: string | undefined): string | undefined {
  return /^AWS4-HMAC-SHA256 Credential=[^/]+\/\d{8}\/[^/]+\/([^/]+)\/aws4_request/.exec(authorization ?? '')?.[1];
}

async function rpc({ method, headers, body }: HttpRequest, services: AwsServices): Promise<HttpAnswer> {
  const target = headers['x-amz-target'];
  if (method !== 'POST' || typeof target !== 'string') {
    return refused(
      400,
      'UnknownOperationException',
      'the runner answers no such service: see bin/local/http/endpoints.ts',
    );
  }
  const request = parsed(body);
  if (request === undefined) return refused(400, 'SerializationException', 'the body is not JSON');
  if (target === 'AWSEvents.PutEvents') return putEvents(services, request);
  if (target.startsWith('secretsmanager.')) {
    const answer = services.secrets.handle(target, request);
    return json(answer.status, answer.body);
  }
  return refused(
    400,
    'UnknownOperationException',
    `the runner does not answer ${target}: teach it to bin/local/http/endpoints.ts`,
  );
}

async function putEvents({ bus, write }: AwsServices, request: unknown): Promise<HttpAnswer> {
  try {
    return json(200, await write('promised', () => bus.putEvents(request)));
  } catch (error) {
    if (error instanceof ValidationException) return refused(400, 'ValidationException', error.message);
    throw error;
  }
}

async function query({ method, body }: HttpRequest, ses: Ses): Promise<HttpAnswer | 'lost'> {
  if (method !== 'POST') return refused(405, 'UnsupportedOperation', 'use POST');
  const answer = await ses.handle({ body: body.toString('utf8') });
  if (answer === 'lost') return answer;
  return { status: answer.status, headers: { 'content-type': 'text/xml' }, body: answer.body };
}

/** Of SES v2 only the one call that its first version does not have. */
function insights({ method, target }: HttpRequest, ses: Ses): HttpAnswer {
  const messageId = /^\/v2\/email\/insights\/([^/?]+)\/?(?:\?|$)/.exec(target)?.[1];
  if (method !== 'GET' || messageId === undefined) {
    return refused(404, 'NotFoundException', `of SES v2 the runner answers GetMessageInsights only, not ${target}`);
  }
  const known = ses.insights(decodeURIComponent(messageId));
  return known ? json(200, known) : refused(404, 'NotFoundException', 'no such message');
}

function refused(status: number, code: string, message: string): HttpAnswer {
  const answer = json(status, { __type: code, message });
  return { ...answer, headers: { ...answer.headers, 'x-amzn-errortype': code } };
}

function json(status: number, body: unknown): HttpAnswer {
  return { status, headers: { 'content-type': 'application/x-amz-json-1.1' }, body: JSON.stringify(body) };
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
