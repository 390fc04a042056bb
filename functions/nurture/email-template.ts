import { Liquid } from 'liquidjs';
import * as z from 'zod';
import { oneLine } from '../leads/typed-text.ts';

/** What a template may name; anything else is a spelling mistake and is refused when the playbook is read. */
const variables = ['lead', 'account', 'recipient', 'data', 'unsubscribeUrl', 'preferencesUrl', 'baseUrl'];

// One engine for HTML, where every value is escaped, and one for subjects and text, where escaping would be seen by the reader.
const html = liquid('escape');
const plain = liquid();

function liquid(outputEscape?: 'escape'): Liquid {
  const engine = new Liquid({
    ...(outputEscape && { outputEscape }),
    strictFilters: true,
    ownPropertyOnly: true,
    // No files: a template reaches its own view and nothing else.
    templates: {},
    parseLimit: 400_000,
    renderLimit: 1_000,
    memoryLimit: 10_000_000,
  });
  // What a visitor typed must not become markup, whatever a template's author intends.
  delete engine.filters.raw;
  return engine;
}

/**
 * One e-mail in one language as the playbook compiles it: Liquid strings, MJML already turned into HTML. It shows the unsubscribe
 * link and the postal address in both parts, whether a lead reads it or a colleague (I-M4).
 * Fallbacks are Liquid's own: `{{ lead.firstName | default: "there" }}`.
 */
export const EmailTemplate = z
  .strictObject({
    id: z.string().regex(/^[a-z][a-z0-9-]{0,63}$/),
    language: z.string().min(2).max(35),
    audience: z.enum(['lead', 'team']).default('lead'),
    subject: z.string().min(1).max(500),
    html: z.string().min(1),
    text: z.string().min(1),
  })
  .superRefine((template, context) => {
    for (const part of ['subject', 'html', 'text'] as const) {
      for (const message of problems(template[part], part)) {
        context.addIssue({ code: 'custom', path: [part], message });
      }
    }
  });
export type EmailTemplate = z.infer<typeof EmailTemplate>;

/** Every compiled e-mail of a playbook version: each id in one or more languages. */
export const EmailTemplates = z
  .array(EmailTemplate)
  .refine(
    (all) => new Set(all.map(({ id, language }) => `${id} ${language}`)).size === all.length,
    'two e-mails have the same id and language',
  );
export type EmailTemplates = z.infer<typeof EmailTemplates>;

function problems(source: string, part: 'subject' | 'html' | 'text'): string[] {
  const engine = part === 'html' ? html : plain;
  let named: string[][];
  try {
    named = engine.globalVariableSegmentsSync(source).map((path) => path.map(String));
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
  const unknown = named
    .filter(([root]) => !variables.includes(String(root)))
    .map((path) => `{{ ${path.join('.')} }} is not known here: use ${variables.join(', ')}`);
  if (part === 'subject') return unknown;
  const paths = named.map((path) => path.join('.'));
  const missing = ['unsubscribeUrl', 'account.postalAddress']
    .filter((path) => !paths.includes(path))
    .map((path) => `show {{ ${path} }}: every e-mail carries it in both its parts`);
  return [...unknown, ...missing];
}

/** The e-mail in the reader's language, else in the account's, else in the first there is. Throws on an id nobody wrote. */
export function templateFor(
  templates: EmailTemplates,
  id: string,
  languages: readonly (string | undefined)[],
): EmailTemplate {
  const candidates = templates.filter((template) => template.id === id);
  for (const language of languages) {
    const match =
      candidates.find((template) => template.language === language) ??
      candidates.find((template) => template.language.split('-')[0] === language?.split('-')[0]);
    if (match) return match;
  }
  const first = candidates[0];
  if (!first) throw new Error(`no e-mail ${id} in this playbook: add it under playbook/emails`);
  return first;
}

/** What a template can say. Only the recipient's own data is ever in it: one message, one person. */
export interface MessageView {
  /** The person themselves; for a team message, the lead it is about is in `data`. */
  readonly lead: Readonly<Record<string, unknown>>;
  readonly account: Readonly<Record<string, unknown>>;
  readonly recipient: { readonly name: string };
  readonly data: Readonly<Record<string, unknown>>;
  readonly unsubscribeUrl: string;
  /** Where the person says what they want to get. */
  readonly preferencesUrl: string;
  readonly baseUrl: string;
}

export interface RenderedEmail {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

/** Fills in one template for one person. A value that is not known is empty; values in the HTML part are escaped. */
export function renderEmail(template: EmailTemplate, view: MessageView): RenderedEmail {
  return {
    subject: oneLine(plain.parseAndRenderSync(template.subject, { ...view })),
    html: html.parseAndRenderSync(template.html, { ...view }),
    // What is left out for want of a fact leaves no hole.
    text: plain.parseAndRenderSync(template.text, { ...view }).replaceAll(/\n{4,}/g, '\n\n\n'),
  };
}
