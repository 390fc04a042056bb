import type { Account } from '../leads/account.ts';
import { ActivityCaptured, SubmissionRejected } from '../leads/bus-event.ts';
import { type HttpAnswer, type HttpRequest, json, page, RequestError, redirect } from '../runtime/http.ts';
import { type Publish, toEvent } from '../runtime/publish.ts';
import { isPlainText } from './field-value.ts';
import { type Form, type Forms, formOf } from './form.ts';
import { type FormInput, readFormBody } from './form-body.ts';
import { faultText } from './form-messages.ts';
import { correctionPage, refusalPage } from './form-page.ts';
import { originOf } from './origin.ts';
import { activitiesOf, type FieldProblem, readAnswers } from './submission.ts';

export interface FormDeps {
  readonly forms: Forms;
  readonly account: Account;
  readonly publish: Publish;
  readonly now: () => number;
}

interface Posted {
  readonly formId: string;
  readonly form: Form;
  readonly request: HttpRequest;
  readonly at: string;
}

/**
 * `POST /f/{formId}`: what a visitor sent becomes activities on the bus, and the visitor gets the thank-you page (a program, the
 * activity's id). Resolves when the bus has them: a 202 or 303 means they are safe. A refusal is told to the bus without what
 * the visitor typed, so that marketing sees that a form is broken.
 */
export async function receiveForm(request: HttpRequest, deps: FormDeps): Promise<HttpAnswer> {
  const formId = request.params.formId ?? '';
  const form = formOf(deps.forms, formId);
  if (!form)
    return refuse(request, deps.account.language, new RequestError(404, 'unknown-form', 'There is no such form.'));
  const posted = { formId, form, request, at: new Date(deps.now()).toISOString() };
  try {
    allowOrigin(form, request.headers.origin);
    const input = await readFormBody(request.headers['content-type'], request.body);
    return await receive(posted, input, deps);
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    await deps.publish([rejected(posted, error)]);
    return refuse(request, form.language ?? deps.account.language, error);
  }
}

async function receive(posted: Posted, input: FormInput, deps: FormDeps): Promise<HttpAnswer> {
  const { formId, form, request, at } = posted;
  const language = languageOf(form, input, deps.account);
  const result = readAnswers(form, input);
  if (result.outcome === 'refused') {
    const [first] = result.problems;
    await deps.publish([
      rejected(posted, new RequestError(422, first?.fault ?? 'invalid', reasonOf(form, first), first?.path)),
    ]);
    return answerProblems({ formId, form, language, request }, input, result.problems);
  }
  const activities = activitiesOf({
    formId,
    form,
    answers: result.answers,
    submissionId: request.headers['idempotency-key']?.trim() || line(input, 'submission_id'),
    anonymousId: line(input, 'ripen_aid', 256),
    origin: originOf({
      ...Object.fromEntries(
        ['source', 'medium', 'campaign', 'term', 'content'].map((name) => [name, line(input, `utm_${name}`)]),
      ),
      referrer: input.has('referrer') ? (line(input, 'referrer', 2048) ?? '') : undefined,
      page: line(input, 'landing_page', 2048) ?? request.headers.referer,
    }),
    language,
    occurredAt: at,
    source: 'form',
  });
  await deps.publish(activities.map((activity) => toEvent(ActivityCaptured, activity)));
  return isBrowser(request) ? redirect(303, form.thankYou) : json(202, { activityId: activities[0].activityId });
}

function answerProblems(
  { request, ...shown }: { formId: string; form: Form; language: string; request: HttpRequest },
  input: FormInput,
  problems: readonly FieldProblem[],
): HttpAnswer {
  if (isBrowser(request)) return page(correctionPage(shown, input, problems), 422);
  const told = problems.map((problem) => ({
    code: problem.fault,
    message: faultText(shown.form, problem, 'en'),
    path: problem.path,
  }));
  return json(422, { error: { ...told[0], problems: told } });
}

function refuse(request: HttpRequest, language: string, error: RequestError): HttpAnswer {
  if (isBrowser(request)) return page(refusalPage(language, error.message), error.status);
  const { code, message, path } = error;
  return json(error.status, { error: { code, message, ...(path !== undefined && { path }) } });
}

function rejected({ formId, at }: Posted, { code, message, path }: RequestError) {
  return toEvent(SubmissionRejected, { formId, code, message, ...(path !== undefined && { path }), at });
}

function reasonOf(form: Form, problem: FieldProblem | undefined): string {
  return problem ? faultText(form, problem, 'en') : 'The form was not filled in.';
}

function isBrowser({ headers }: HttpRequest): boolean {
  return headers.accept?.includes('text/html') ?? false;
}

/** @throws RequestError 403 when a page of another site posts a form that names its sites. Programs send no Origin: it stops no robot. */
function allowOrigin({ allowedOrigins }: Form, origin: string | undefined): void {
  if (!allowedOrigins || origin === undefined || allowedOrigins.includes(origin)) return;
  throw new RequestError(
    403,
    'origin-not-allowed',
    'This form does not take posts from that site: add it to allowedOrigins.',
  );
}

/** The language the page says the form speaks, when the form speaks it. */
function languageOf(form: Form, input: FormInput, account: Account): string {
  const asked = line(input, 'language', 35);
  if (asked !== undefined && Object.hasOwn(form.title, asked)) return asked;
  return form.language ?? account.language;
}

/** One of the door's own inputs; what is empty, too long or not plain text is as good as left out. */
function line(input: FormInput, name: string, maxLength = 256): string | undefined {
  const value = input.get(name)?.[0];
  if (typeof value !== 'string' || value.length > maxLength || !isPlainText(value)) return undefined;
  return value.trim() || undefined;
}
