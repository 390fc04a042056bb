import * as z from 'zod';
import { MessageRequested } from '../leads/bus-event.ts';
import { EmailAddress } from '../leads/email-address.ts';
import { stableId } from '../leads/lead-id.ts';
import { type HttpAnswer, type HttpRequest, json, RequestError } from '../runtime/http.ts';
import { answerPosted, postedAs } from '../runtime/posted.ts';
import { type Publish, toEvent } from '../runtime/publish.ts';
import { templateFor } from './email-template.ts';
import { leadNamed, type PreviewDeps } from './preview-email.ts';

export interface SendTestDeps extends PreviewDeps {
  readonly publish: Publish;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

const Wish = z.object({
  /** The colleague who looks at it. */
  to: EmailAddress,
  lead: z.string().max(320).default(''),
  language: z.string().max(35).optional(),
});

/** The send that a test of nobody in particular is kept under. */
const nobody = 'sample';

const minuteMs = 60_000;

/**
 * `POST /api/emails/{template}/test`: the e-mail as that lead would get it, to a colleague, marked as a test. It is a message to the
 * colleague: it is not tracked, its way out is theirs, and nothing of it counts for the lead. One for each `Idempotency-Key`, and
 * without one the same test once a minute.
 *
 * @throws RequestError 404 unknown e-mail or lead, 422 with the field that does not fit.
 */
export function sendTest(request: HttpRequest, deps: SendTestDeps): Promise<HttpAnswer> {
  const { template = '' } = request.params;
  // Back to the e-mail as it was looked at.
  const looked = [...request.query].filter(([name]) => ['lang', 'language', 'lead', 'theme', 'width'].includes(name));
  const pageWith = (...more: [string, string][]) =>
    `/emails/${encodeURIComponent(template)}?${new URLSearchParams([...looked, ...more])}`;
  const key = request.headers['idempotency-key'];
  const send = async (fields: unknown) => json(202, await requestTest(template, postedAs(Wish, fields), key, deps));
  return answerPosted(request, pageWith(), send, pageWith(['sent', '1']));
}

async function requestTest(
  template: string,
  { to, lead: named, language }: z.output<typeof Wish>,
  key: string | undefined,
  deps: SendTestDeps,
): Promise<{ readonly run: string; readonly template: string; readonly language: string }> {
  const { emails, account, publish, now } = deps;
  if (!emails.some(({ id }) => id === template))
    throw new RequestError(404, 'unknown-email', 'The playbook has no e-mail of this name.', 'template');
  const lead = named === '' ? null : await leadNamed(named, deps);
  const chosen = templateFor(emails, template, [language, lead?.language ?? undefined, account.language]).language;
  const leadId = lead?.leadId ?? nobody;
  const about = [template, to, leadId, chosen];
  const run = stableId('test', key ?? String(Math.floor(now() / minuteMs)), ...about);
  await publish([
    toEvent(MessageRequested, {
      ...{ leadId, sequence: 'test', run, step: 1, template, language: chosen },
      to: { kind: 'team', email: to, name: '' },
      data: {},
      policy: 'atMostOnce',
      test: true,
    }),
  ]);
  return { run, template, language: chosen };
}
