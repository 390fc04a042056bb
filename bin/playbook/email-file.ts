import { access, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { convert } from 'html-to-text';
import mjml2html from 'mjml';
import * as z from 'zod';
import { EmailTemplate } from '../../functions/nurture/email-template.ts';
import { misspeltNames } from './email-names.ts';
import type { PlaybookProblem } from './problem.ts';
import { YamlFile } from './yaml-file.ts';

/** The lines between the `---` at the top of an e-mail file. */
const FrontMatter = z.strictObject({
  subject: z
    .string()
    .min(1)
    .max(200)
    .regex(/^[^\r\n]*$/, 'a subject is one line'),
  /** `team` is for a colleague's message, such as a hot lead: it needs no unsubscribe link. */
  audience: z.enum(['lead', 'team']).optional(),
  /** What the inbox shows after the subject. */
  preheader: z.string().min(1).max(200).optional(),
  /** The plain text part; left out, it is derived from the HTML. */
  text: z.string().min(1).optional(),
});

interface Compiled {
  readonly email?: EmailTemplate | undefined;
  readonly problems: readonly PlaybookProblem[];
}

/** By what went into it: a playbook that is read again is mostly the one that was read before. */
const compiled = new Map<string, Compiled>();

/**
 * Reads `emails/<id>.<language>.mjml`: what a mail client shows, with the Liquid left in until the message is sent. `fields` are what the
 * forms ask for: a name that is nearly one of them is a slip.
 */
export async function compileEmail(folder: string, file: string, fields: readonly string[] = []): Promise<Compiled> {
  const path = join(folder, file);
  const source = await readFile(path, 'utf8');
  const included = await includedBy(source, [path]);
  const misspelt = misspeltNames(file, source, included, fields);
  if (misspelt.length > 0) return { problems: misspelt };
  const whole = [file, source, ...included].join('\0');
  const before = compiled.get(whole);
  if (before) return before;
  const result = await compileSource(folder, file, source);
  // What is wrong may be mended in a file that it only names.
  if (result.problems.length === 0) compiled.set(whole, result);
  return result;
}

async function compileSource(folder: string, file: string, source: string): Promise<Compiled> {
  const [, id, language] = /^([a-z0-9-]+)\.([A-Za-z-]+)\.mjml$/.exec(basename(file)) ?? [];
  const parts = /^---\r?\n([\s\S]*?\n)---\r?\n([\s\S]*)$/.exec(source);
  const whole = (message: string): PlaybookProblem => ({ file, line: 1, path: '', message });
  if (id === undefined || language === undefined)
    return { problems: [whole('name the file <id>.<language>.mjml, such as welcome-1.en.mjml')] };
  if (!parts) return { problems: [whole('begin the file with a line ---, a line subject: …, and a line --- again')] };
  const [, yaml = '', body = ''] = parts;
  const front = new YamlFile(file, yaml, 1);
  const said = front.parse(FrontMatter);
  if (!said) return { problems: front.problems };

  const { subject, audience } = said;
  const missing = await missingIncludes(folder, file, source);
  if (missing.length > 0) return { problems: missing };
  const { html, errors } = await toHtml(withHead(body, said), join(folder, file));
  if (errors.length > 0) {
    const bodyLine = yaml.split('\n').length + 1;
    return { problems: errors.map(({ line, message }) => ({ ...whole(message), line: line + bodyLine })) };
  }
  const email = EmailTemplate.safeParse({ id, language, audience, subject, html, text: said.text ?? toText(html) });
  const issues = email.error?.issues ?? [];
  const shape = lacksFooter(issues)
    ? [noFooter(file, source, language)]
    : issues.map(({ path, message }) => front.at(path.map(String), message));
  return { email: email.data, problems: [...shape, ...withoutFallback(file, source)] };
}

/** Everything that every e-mail shows is missing: one include brings it all. */
function lacksFooter(issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[]): boolean {
  const missing = issues.filter(({ message }) => message.startsWith('show {{'));
  return ['html', 'text'].every((part) => missing.filter(({ path }) => path[0] === part).length === 2);
}

function noFooter(file: string, source: string, language: string): PlaybookProblem {
  const include = `<mj-include path="./partials/footer.${language}.mjml" />`;
  const message = `has no footer with the way out and the postal address: write ${include} above </mj-body>`;
  return { file, line: lineAt(source, source.indexOf('</mj-body>')), path: '', message };
}

/** MJML leaves out what it does not find, and says nothing. */
async function missingIncludes(folder: string, file: string, source: string): Promise<readonly PlaybookProblem[]> {
  const found = [...source.matchAll(include)].map(async ({ 1: path = '', index }) => {
    const included = join(dirname(file), path).replaceAll('\\', '/');
    const isThere = await access(join(folder, included)).then(
      () => true,
      () => false,
    );
    const message = `there is no ${included}: check the spelling, or write it`;
    return isThere ? [] : [{ file, line: lineAt(source, index), path: '', message }];
  });
  return (await Promise.all(found)).flat();
}

function lineAt(source: string, index: number): number {
  return source.slice(0, Math.max(0, index)).split('\n').length;
}

const include = /<mj-include\b[^>]*\bpath="([^"]+)"/g;

async function toHtml(
  mjml: string,
  filePath: string,
): Promise<{ html: string; errors: readonly { line: number; message: string }[] }> {
  try {
    const { html, errors } = await mjml2html(mjml, { filePath, ignoreIncludes: false, validationLevel: 'soft' });
    return { html, errors };
  } catch (error) {
    return { html: '', errors: [{ line: 0, message: error instanceof Error ? error.message : String(error) }] };
  }
}

/** The texts that a file includes, and those that they include; what is missing is for MJML to say. `files` are those around it. */
async function includedBy(mjml: string, files: readonly [string, ...string[]]): Promise<readonly string[]> {
  const paths = [...mjml.matchAll(include)]
    .map(([, path = '']) => join(dirname(files[0]), path))
    .filter((path) => !files.includes(path));
  const texts = paths.map(async (path) => {
    const text = await readFile(path, 'utf8').catch(() => '');
    return [text, ...(await includedBy(text, [path, ...files]))];
  });
  return (await Promise.all(texts)).flat();
}

/** The subject is the document's title too: screen readers announce it. */
function withHead(mjml: string, { subject, preheader }: z.output<typeof FrontMatter>): string {
  const preview = preheader === undefined ? '' : `<mj-preview>${preheader}</mj-preview>`;
  return mjml.replace('<mj-head>', () => `<mj-head><mj-title>${subject}</mj-title>${preview}`);
}

/** What somebody reads who sees no HTML: headings as written, every link with its address, nothing that is hidden. */
function toText(html: string): string {
  const text = convert(html, {
    wordwrap: false,
    selectors: [
      { selector: '[style*="display:none"]', format: 'skip' },
      { selector: 'img', format: 'skip' },
      // MJML lays out in tables: what stands in a cell is a paragraph of its own.
      { selector: 'td > div', format: 'block', options: { leadingLineBreaks: 2, trailingLineBreaks: 2 } },
      ...['h1', 'h2', 'h3'].map((selector) => ({ selector, options: { uppercase: false } })),
      { selector: 'a[href^="mailto:"]', format: 'anchor', options: { ignoreHref: true } },
      { selector: 'a[href^="tel:"]', format: 'anchor', options: { ignoreHref: true } },
      { selector: 'a', options: { hideLinkHrefIfSameAsText: true, linkBrackets: ['(', ')'] } },
    ],
  });
  // Dividers and empty cells leave gaps behind.
  return text.replace(/\n{3,}/g, '\n\n');
}

/** Everything said about the lead may be unknown, but the address: a gap in a greeting reads like a mistake (B6). */
function withoutFallback(file: string, source: string): PlaybookProblem[] {
  return [...source.matchAll(/\{\{-?\s*(lead\.(?!email\b)[\w.]+)([^}]*)\}\}/g)]
    .filter(([, , filters = '']) => !/\|\s*default:/.test(filters))
    .map((match) => ({
      file,
      line: lineAt(source, match.index),
      path: match[1] ?? '',
      message: `not every lead has it: add a fallback, such as {{ ${match[1]} | default: 'there' }}`,
    }));
}
