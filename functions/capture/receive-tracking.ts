import type { Account } from '../leads/account.ts';
import { ActivityCaptured } from '../leads/bus-event.ts';
import { type HttpAnswer, type HttpRequest, json, RequestError } from '../runtime/http.ts';
import { type Publish, toEvent } from '../runtime/publish.ts';
import type { Forms } from './form.ts';
import { isJsonObject, parseJson } from './json-text.ts';
import { readTracking, type TrackingFault } from './tracking-event.ts';

export interface TrackingDeps {
  readonly forms: Forms;
  readonly account: Pick<Account, 'sensitiveAttributes'>;
  readonly publish: Publish;
  readonly now: () => number;
  /** On a laptop nobody needs a write key. */
  readonly local: boolean;
}

export const maxEventBytes = 32 * 1024;
export const maxBatchBytes = 500 * 1024;
const maxBatchEvents = 2500;

const kinds: Readonly<Record<string, string>> = {
  identify: 'identify',
  track: 'track',
  page: 'page',
  batch: 'batch',
  i: 'identify',
  t: 'track',
  p: 'page',
  b: 'batch',
};

/**
 * `POST /v1/{identify,track,page,batch}`, Segment-shaped. A 200 means that everything acceptable is safe on the bus; a batch says
 * for each event that was not accepted why. A 4xx is only for what can never succeed, since clients give up on it.
 */
export async function receiveTracking(request: HttpRequest, deps: TrackingDeps): Promise<HttpAnswer> {
  const kind = kinds[request.path.split('/').at(-1) ?? ''] ?? 'batch';
  if (request.body.length > (kind === 'batch' ? maxBatchBytes : maxEventBytes))
    throw new RequestError(413, 'body-too-large', 'Send at most 32 KB an event and 500 KB a batch.');
  const body = bodyOf(request);
  allowWriteKey(request, body, deps);
  const events = kind === 'batch' ? batchOf(body) : [body];
  const context = {
    type: kind === 'batch' ? undefined : kind,
    sentAt: body.sentAt,
    receivedAt: deps.now(),
    userAgent: request.headers['user-agent'],
    forms: deps.forms,
    sensitiveAttributes: deps.account.sensitiveAttributes,
  };
  const outcomes = events.map((event) => {
    if (kind === 'batch' && Buffer.byteLength(JSON.stringify(event)) > maxEventBytes)
      return { outcome: 'refused' as const, fault: tooLarge };
    return readTracking(event, context);
  });
  const activities = outcomes.flatMap((read) => (read.outcome === 'activity' ? [read.activity] : []));
  await deps.publish(activities.map((activity) => toEvent(ActivityCaptured, activity)));
  const errors = outcomes.flatMap((read, index) => (read.outcome === 'refused' ? [{ index, ...read.fault }] : []));
  const [first] = errors;
  if (!first) return json(200, { success: true });
  if (kind === 'batch' && errors.length < events.length) return json(200, { success: false, errors });
  const { code, message, path } = first;
  return json(400, { error: { code, message, path }, ...(kind === 'batch' && { errors }) });
}

const tooLarge: TrackingFault = { code: 'event-too-large', message: 'Send at most 32 KB an event.', path: '' };

/** JSON whatever the content type says: a page's last beacon can only be `text/plain`. */
function bodyOf({ body }: HttpRequest): Readonly<Record<string, unknown>> {
  const content = parseJson(body);
  if (!isJsonObject(content)) throw new RequestError(400, 'malformed-body', 'Send one JSON object, as UTF-8.');
  return content;
}

function batchOf({ batch }: Readonly<Record<string, unknown>>): readonly unknown[] {
  if (!Array.isArray(batch)) throw new RequestError(400, 'no-batch', 'Send {"batch": [ … ]}.', 'batch');
  if (batch.length > maxBatchEvents)
    throw new RequestError(413, 'batch-too-long', `Send at most ${maxBatchEvents} events a batch.`, 'batch');
  return batch;
}

function allowWriteKey(
  { headers }: HttpRequest,
  { writeKey }: Readonly<Record<string, unknown>>,
  { forms, local }: TrackingDeps,
): void {
  const given = basicUser(headers.authorization) ?? writeKey;
  if (given === undefined && local) return;
  if (typeof given === 'string' && forms.writeKeys.includes(given)) return;
  throw new RequestError(401, 'unknown-write-key', 'Use a write key of playbook/forms.yaml.', 'writeKey');
}

/** The user name of Basic authorization (RFC 7617): Segment's clients put the write key there, without a password. */
function basicUser(authorization: string | undefined): string | undefined {
  const [, encoded] = /^Basic\s+(\S+)$/i.exec(authorization ?? '') ?? [];
  return encoded === undefined ? undefined : Buffer.from(encoded, 'base64').toString().split(':', 1)[0];
}
