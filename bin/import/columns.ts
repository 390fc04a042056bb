import type { FormField } from '../../functions/capture/form.ts';

/** What a column may be, besides a field of the form: when it happened, and how the lead got here. */
const targets: Readonly<Record<string, RegExp>> = {
  email: /^e?_?mail(_address)?$/,
  userId: /^user_?id$/,
  anonymousId: /^anonymous_?id$/,
  occurredAt: /^(occurred_?at|timestamp|date|created_?at|created|submitted_?at)$|_date$|_at$/,
  source: /^(utm_)?source$|^origin$|^channel$|^lead_source$/,
  medium: /^(utm_)?medium$/,
  campaign: /^(utm_)?campaign(_name)?$|^landing_page_id$/,
  term: /^utm_term$/,
  content: /^utm_content$/,
  landingPage: /^landing_page(_url|_id)?$/,
};

/** Which column holds what: `email` → `E-mail`. */
export type ColumnMap = ReadonlyMap<string, string>;

/**
 * Finds the columns by their names, whatever their case; `given` (`--map`) goes first. The form's fields are found by their name or
 * any of their labels. One column may serve two targets: a landing page is also the campaign.
 *
 * @throws Error naming what `--map` may say, when it says something else.
 */
export function columnMap(
  columns: readonly string[],
  fields: readonly FormField[],
  given: ReadonlyMap<string, string>,
): ColumnMap {
  const known = new Set([...fields.map(({ name }) => name), ...Object.keys(targets)]);
  for (const [target, column] of given) {
    if (!known.has(target))
      throw new Error(`--map ${target}=…: there is no such field; use one of ${[...known].join(', ')}`);
    if (!columns.includes(column))
      throw new Error(`--map ${target}=${column}: there is no such column; the file has ${columns.join(', ')}`);
  }
  const found = new Map<string, string>();
  const find = (target: string, fits: (column: string) => boolean) => {
    const column = given.get(target) ?? columns.find((name) => fits(plain(name)));
    if (column !== undefined) found.set(target, column);
  };
  for (const [target, pattern] of Object.entries(targets)) find(target, (column) => pattern.test(column));
  for (const { name, label } of fields) {
    // Its own name first: two fields may be labelled alike.
    find(name, (column) => column === name || (name === 'email' && targets.email?.test(column) === true));
    const labels = Object.values(label).map(plain);
    if (!found.has(name)) find(name, (column) => labels.includes(column));
  }
  return found;
}

/** `Landing Page ID` → `landing_page_id`. */
function plain(column: string): string {
  return column
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '');
}
