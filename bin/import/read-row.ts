import { isPlainText } from '../../functions/capture/field-value.ts';
import type { Form } from '../../functions/capture/form.ts';
import { faultText } from '../../functions/capture/form-messages.ts';
import { originOf } from '../../functions/capture/origin.ts';
import { plainProperties } from '../../functions/capture/plain-properties.ts';
import { activitiesOf, readAnswers } from '../../functions/capture/submission.ts';
import type { ImportedReason } from '../../functions/consent/suppress-lead.ts';
import type { CapturedActivity, ConsentGiven } from '../../functions/leads/activity.ts';
import { normaliseEmail } from '../../functions/leads/email-address.ts';
import { stableId } from '../../functions/leads/lead-id.ts';
import type { ColumnMap } from './columns.ts';
import type { CsvRow } from './csv.ts';
import { instantOf } from './instant.ts';

/** What an import was asked to make of each row. */
export interface ImportPlan {
  readonly of:
    | { readonly kind: 'form'; readonly formId: string; readonly form: Form }
    | { readonly kind: 'activity'; readonly type: string }
    /** Each row is an address that nothing may be sent to, with who says so and where. */
    | { readonly kind: 'suppression'; readonly reason: ImportedReason; readonly evidence: string };
  readonly columns: readonly string[];
  readonly map: ColumnMap;
  /** A stable stand-in address from a column, for files without one. */
  readonly derive?: { readonly column: string; readonly domain: string } | undefined;
  readonly consents: readonly ConsentGiven[];
  /** Which rows start e-mails, walks and hand-offs: those of the last days, every one (`--live`), or none (`--quiet`). */
  readonly starting: 'recent rows' | 'every row' | 'no row';
  /** Sensitive columns that the account has opted in to keep. */
  readonly sensitiveAttributes: readonly string[];
  readonly language: string;
  readonly timeZone: string;
  /** The pipeline's clock, in epoch milliseconds. */
  readonly now: number;
}

export type RowOutcome =
  /** `warning`: it was taken, and not quite as it is written. */
  | { readonly outcome: 'accepted'; readonly activities: readonly CapturedActivity[]; readonly warning?: string }
  | { readonly outcome: 'rejected'; readonly reason: string };

/** Older than this, a row is history: it is counted, and nobody is written to or called because of it (requirements §2.22). */
const quietAfterMs = 7 * 86_400_000;

/** Makes activities of one row, by the same decisions as the form door. The same row is the same activity, whenever it is read. */
export function readRow(row: CsvRow, plan: ImportPlan): RowOutcome {
  if (row.fault !== undefined) return rejected(row.fault);
  if (plan.of.kind === 'suppression') return suppressionOf(row, plan.of, plan);
  if (row.cells.length > plan.columns.length)
    return rejected(
      `has ${row.cells.length} cells where the heading has ${plan.columns.length}: is a separator unquoted?`,
    );
  const cells = new Map(plan.columns.map((column, index) => [column, row.cells[index]?.trim() ?? '']));
  const at = (target: string) => cells.get(plan.map.get(target) ?? '') || undefined;

  const dated = at('occurredAt');
  const time = timeOf(dated, plan);
  if (time.occurredAt === null) return rejected(time.fault);
  const { occurredAt } = time;

  const email = plan.derive ? derived(cells.get(plan.derive.column) ?? '', plan.derive.domain) : at('email');
  const isOld = plan.now - Date.parse(occurredAt) > quietAfterMs;
  const quiet = plan.starting === 'no row' || (plan.starting === 'recent rows' && isOld);
  const context = { cells, at, email, occurredAt, dated: dated !== undefined, quiet };
  switch (plan.of.kind) {
    case 'form':
      return submissionOf(plan.of, plan, context);
    case 'activity':
      return activityOf(plan.of.type, plan, context);
  }
}

/** When the row happened; without a date, now. */
function timeOf(
  dated: string | undefined,
  { map, now, timeZone }: ImportPlan,
): { readonly occurredAt: string } | { readonly occurredAt: null; readonly fault: string } {
  if (dated === undefined) return { occurredAt: new Date(now).toISOString() };
  const occurredAt = instantOf(dated, timeZone);
  const column = map.get('occurredAt');
  if (occurredAt === null)
    return { occurredAt, fault: `${column}: write the time like 2026-01-31 or 2026-01-31 09:30:00` };
  return Date.parse(occurredAt) > now ? { occurredAt: null, fault: `${column}: lies in the future` } : { occurredAt };
}

interface RowContext {
  readonly cells: ReadonlyMap<string, string>;
  readonly at: (target: string) => string | undefined;
  readonly email: string | undefined;
  readonly occurredAt: string;
  readonly dated: boolean;
  readonly quiet: boolean;
}

function rejected(reason: string): RowOutcome {
  return { outcome: 'rejected', reason };
}

/**
 * `a1b2@example.invalid` from `a1b2`. What cannot stand before an @ as it is (capitals, blanks, more than 64 characters) becomes a
 * readable beginning and a hash of the whole: two ids never make one address (I-N2).
 */
function derived(cell: string, domain: string): string | undefined {
  if (cell === '') return undefined;
  if (/^[a-z0-9_-]{1,64}$/.test(cell)) return `${cell}@${domain}`;
  const readable = cell
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, 40);
  return `${readable}-${stableId('derived', cell).slice(0, 16)}@${domain}`.replace(/^-/, '');
}

function submissionOf(
  { formId, form }: Extract<ImportPlan['of'], { kind: 'form' }>,
  plan: ImportPlan,
  { at, email, occurredAt, dated, quiet }: RowContext,
): RowOutcome {
  const input = new Map(
    form.fields.flatMap(({ name }) => {
      const value = name === 'email' ? email : at(name);
      return value === undefined ? [] : [[name, [value]] as const];
    }),
  );
  const result = readAnswers(form, input);
  if (result.outcome === 'refused') {
    const reasons = result.problems.map((problem) => `${problem.path}: ${faultText(form, problem, 'en')}`);
    return rejected(reasons.join(' '));
  }
  const { answers } = result;
  const origin = originFrom(at);
  const submissionId = JSON.stringify([
    answers.email,
    dated && occurredAt,
    Object.entries(answers.attributes).sort(),
    origin,
  ]);
  return {
    outcome: 'accepted',
    activities: activitiesOf({
      formId,
      form,
      answers,
      submissionId,
      origin,
      language: plan.language,
      occurredAt,
      source: 'import',
      quiet,
      vouched: plan.consents,
    }),
  };
}

/** Every other column is a property: a file of deals says what only its owner can name. */
function activityOf(
  type: string,
  plan: ImportPlan,
  { cells, at, email, occurredAt, dated, quiet }: RowContext,
): RowOutcome {
  const normalised = email === undefined ? undefined : normaliseEmail(email);
  if (normalised === null) return rejected('email: this is not an e-mail address: write it like name@example.com.');
  const [userId, anonymousId] = [at('userId'), at('anonymousId')];
  if (normalised === undefined && userId === undefined && anonymousId === undefined)
    return rejected('nobody is named: fill in an e-mail address, a userId or an anonymousId');
  const used = new Set([...plan.map.values(), plan.derive?.column]);
  const rest = [...cells].filter(([column, cell]) => !used.has(column) && cell !== '' && isPlainText(cell));
  const properties = plainProperties(Object.fromEntries(rest), plan.sensitiveAttributes);
  const subject = {
    ...(normalised !== undefined && { email: normalised, emailAsTyped: email }),
    ...(userId !== undefined && { userId }),
    ...(anonymousId !== undefined && { anonymousId }),
  };
  const activity: CapturedActivity = {
    activityId: stableId('import', type, JSON.stringify([subject, dated && occurredAt, properties])),
    type,
    occurredAt,
    source: 'import',
    subject,
    properties,
    attributes: {},
    consents: [...plan.consents],
    origin: originFrom(at),
    quiet,
  };
  return { outcome: 'accepted', activities: [activity] };
}

/**
 * Who is not to be mailed, and nothing else of the row: a list of refusals is no reason to keep more about them. Whatever is wrong with
 * the rest of the row, a refusal that names an address is taken: with a date that cannot be, it is said now.
 */
function suppressionOf(
  { cells }: CsvRow,
  { reason, evidence }: Extract<ImportPlan['of'], { kind: 'suppression' }>,
  plan: ImportPlan,
): RowOutcome {
  const at = (target: string) => cells[plan.columns.indexOf(plan.map.get(target) ?? '')]?.trim() || undefined;
  const normalised = normaliseEmail(at('email') ?? '');
  if (normalised === null) return rejected('email: this is not an e-mail address: write it like name@example.com.');
  const time = timeOf(at('occurredAt'), plan);
  const dated = at('occurredAt') !== undefined && time.occurredAt !== null;
  const occurredAt = time.occurredAt ?? new Date(plan.now).toISOString();
  const type = 'email.suppressed';
  const activity: CapturedActivity = {
    activityId: stableId('import', type, reason, normalised, dated ? occurredAt : ''),
    type,
    occurredAt,
    source: 'import',
    subject: { email: normalised },
    properties: { reason, evidence },
    attributes: {},
    consents: [],
    quiet: true,
  };
  const warning = time.occurredAt === null ? { warning: `${time.fault}; taken as refused now` } : {};
  return { outcome: 'accepted', activities: [activity], ...warning };
}

function originFrom(at: RowContext['at']) {
  const names = ['source', 'medium', 'campaign', 'term', 'content'] as const;
  const origin = originOf(Object.fromEntries(names.map((name) => [name, at(name)])));
  const landingPage = at('landingPage');
  // A file names its pages as it likes: an address, a path, or an id.
  return landingPage !== undefined && isPlainText(landingPage)
    ? { ...origin, landingPage: landingPage.slice(0, 1024) }
    : origin;
}
