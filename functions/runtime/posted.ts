import { html } from 'hono/html';
import type * as z from 'zod';
import { type HttpAnswer, type HttpRequest, page, RequestError, redirect } from './http.ts';
import { plainPage } from './plain-page.ts';

/** More than an operator ever writes about one thing. */
const maxBytes = 16 * 1024;

/** The way back from what could not be done, in the reader's language. */
export interface Back {
  readonly href: string;
  readonly language: string;
  readonly label: string;
  /** Above the error's message, by its code. */
  readonly title: (code: string) => string;
}

/**
 * Answers a POST that a program sends as JSON, or one of our own pages as a form. A program gets what `act` answers; a person gets
 * to the page `done`, or reads what to mend, with the way `back`: a path alone is told of in English.
 *
 * @throws RequestError 413 too large, 415 neither of the two, 422 not what the content type says, and what `act` throws.
 */
export async function answerPosted(
  { headers, body }: HttpRequest,
  back: string | Back,
  act: (fields: unknown) => Promise<HttpAnswer>,
  done = typeof back === 'string' ? back : back.href,
): Promise<HttpAnswer> {
  if (body.length > maxBytes) throw new RequestError(413, 'body-too-large', `Send at most ${maxBytes / 1024} KB.`);
  switch (headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase()) {
    case 'application/json':
      return act(jsonOf(body));
    case 'application/x-www-form-urlencoded':
      return answerForm(
        Object.fromEntries(new URLSearchParams(body.toString())),
        { back: typeof back === 'string' ? inEnglish(back) : back, done },
        act,
      );
    default:
      throw new RequestError(
        415,
        'unsupported-content-type',
        'Send application/json or application/x-www-form-urlencoded.',
      );
  }
}

async function answerForm(
  fields: Readonly<Record<string, string>>,
  { back, done }: { readonly back: Back; readonly done: string },
  act: (fields: unknown) => Promise<HttpAnswer>,
): Promise<HttpAnswer> {
  try {
    await act(fields);
    return redirect(303, done);
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    const text = html`<p class="lede">${error.message}</p>
<p><a class="button" href="${back.href}">${back.label}</a></p>`;
    return page(plainPage(back.language, back.title(error.code), text), error.status);
  }
}

function inEnglish(href: string): Back {
  return { href, language: 'en', label: 'Back', title: () => 'Nothing has changed' };
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw new RequestError(422, 'malformed-body', 'Send one JSON object, as UTF-8.');
  }
}

/** What was posted, held to `schema`. @throws RequestError 422 with the path of the first field that does not fit, and the mend. */
export function postedAs<Schema extends z.ZodType>(schema: Schema, fields: unknown): z.output<Schema> {
  const parsed = schema.safeParse(fields);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new RequestError(
    422,
    'invalid-field',
    issue?.message ?? 'This does not fit.',
    issue?.path.join('.') || undefined,
  );
}
