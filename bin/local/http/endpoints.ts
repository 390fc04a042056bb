import type { Bus } from '../events/bus.ts';
import { ValidationException } from '../events/put-events.ts';
import type { Ses } from '../mail/ses.ts';
import type { Secrets } from '../secrets.ts';
import type { WriteGroup } from '../storage/write-group.ts';
import type { HttpAnswer } from './http-answer.ts';
import { isOwnHost } from './http-guard.ts';
import type { RequestHandler } from './listener.ts';

/**
 * The AWS services functions call, on one address of their own: EventBridge and Secrets Manager speak JSON 1.1, SES the
 * Query protocol. DynamoDB is called directly. Only a signed request is answered: a web page cannot send one without
 * asking first, so it cannot send mail or events through somebody's browser.
 */
export function awsEndpoints(services: {
  readonly bus: Bus;
  readonly ses: Ses;
  readonly secrets: Secrets;
  readonly write: WriteGroup;
  readonly port: number;
}): RequestHandler {
  return async ({ method, headers, body }) => {
    if (!isOwnHost(headers.host, services.port)) return refused(421, 'MisdirectedRequest', 'call 127.0.0.1');
    if (!headers.authorization?.startsWith('AWS4-HMAC-SHA256 ')) {
      return refused(403, 'MissingAuthenticationTokenException', 'sign the request, with any key');
    }
    if (method !== 'POST') return refused(405, 'UnsupportedOperation', 'use POST');
    const target = headers['x-amz-target'];
    if (typeof target !== 'string') return query(services.ses, body.toString('utf8'));
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
  };
}

async function putEvents({ bus, write }: { bus: Bus; write: WriteGroup }, request: unknown): Promise<HttpAnswer> {
  try {
    return json(200, await write('promised', () => bus.putEvents(request)));
  } catch (error) {
    if (error instanceof ValidationException) return refused(400, 'ValidationException', error.message);
    throw error;
  }
}

async function query(ses: Ses, body: string): Promise<HttpAnswer> {
  const answer = await ses.handle({ body });
  return { status: answer.status, headers: { 'content-type': 'text/xml' }, body: answer.body };
}

function refused(status: number, code: string, message: string): HttpAnswer {
  return json(status, { __type: code, message });
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
