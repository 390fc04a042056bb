import * as z from 'zod';
import { type Inbound, Verdicts } from '../mail/inbound.ts';
import type { Ses } from '../mail/ses.ts';
import { SendQuota, SesWeather } from '../mail/ses-settings.ts';
import type { HttpAnswer } from './http-answer.ts';
import type { HttpRequest } from './http-event.ts';
import { failure, json, parseJson } from './local-answer.ts';

export interface BenchDeps {
  readonly ses: Pick<Ses, 'settings'>;
  readonly inbound: Pick<Inbound, 'receive'>;
}

/**
 * What a test does that no person can: hand in a raw mail, set what SES lets through, and lose or double what it tells. Undefined
 * for every other request.
 */
export async function benchAnswer(request: HttpRequest, { ses, inbound }: BenchDeps): Promise<HttpAnswer | undefined> {
  const { settings } = ses;
  const { pathname, searchParams } = new URL(request.target, 'http://127.0.0.1');
  switch (`${request.method} ${pathname}`) {
    case 'POST /_local/inbound':
      return receive(request.body, searchParams, inbound);
    case 'GET /_local/ses-quota':
      return json(200, settings.quota);
    case 'POST /_local/ses-quota':
      return set(request.body, SendQuota, settings.setQuota);
    case 'GET /_local/ses-weather':
      return json(200, settings.weather);
    case 'POST /_local/ses-weather':
      return set(request.body, SesWeather, settings.setWeather);
    default:
      return undefined;
  }
}

const Envelope = Verdicts.extend({
  from: z.string().optional(),
  to: z
    .string()
    .transform((list) => list.split(','))
    .optional(),
});

/** `?to=a@x,b@x&from=c@y&spf=fail&dkim=fail&dmarc=fail&spam=pass&virus=pass`; what is left out passes, or is as the mail says. */
async function receive(raw: Buffer, query: URLSearchParams, inbound: BenchDeps['inbound']): Promise<HttpAnswer> {
  const envelope = Envelope.safeParse(Object.fromEntries(query));
  if (!envelope.success) return failure(422, 'invalid-envelope', z.prettifyError(envelope.error));
  const { from, to, ...verdicts } = envelope.data;
  const receipt = await inbound.receive({
    raw,
    verdicts,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  });
  switch (receipt.outcome) {
    case 'received':
      return json(202, { messageId: receipt.messageId });
    case 'nobody':
      return failure(
        422,
        'no-receipt-rule',
        `no receipt rule of the template takes mail for ${receipt.recipients.join(', ')}`,
      );
    case 'unreadable':
      return failure(422, 'unreadable', receipt.reason);
  }
}

function set<Value>(body: Buffer, schema: z.ZodType<Value>, store: (value: Value) => void): HttpAnswer {
  const parsed = schema.safeParse(parseJson(body));
  if (!parsed.success) return failure(422, 'invalid-setting', z.prettifyError(parsed.error));
  store(parsed.data);
  return json(200, parsed.data);
}
