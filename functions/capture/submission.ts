import { wordingHash } from '../consent/wording.ts';
import {
  type CapturedActivity,
  type ConsentGiven,
  type Origin,
  type Purpose,
  permitsContact,
} from '../leads/activity.ts';
import { normaliseEmail } from '../leads/email-address.ts';
import { stableId } from '../leads/lead-id.ts';
import { countryCode } from './country-code.ts';
import { asText, type FieldFault, readField } from './field-value.ts';
import { type Form, isSolution, textIn } from './form.ts';
import type { FormInput } from './form-body.ts';
import { isJsonObject } from './json-text.ts';

/** One answer that does not fit, by field name. */
export interface FieldProblem {
  readonly path: string;
  readonly fault: FieldFault;
}

/** What a visitor said in a form, and nothing the form did not ask. */
export interface Answers {
  /** Normalised: the lead is known by it. */
  readonly email: string;
  readonly emailAsTyped: string;
  /** Every other declared field that was filled in, by name. */
  readonly attributes: Readonly<Record<string, string | number>>;
  /** What the visitor ticked, or told a program to say no to. */
  readonly said: ReadonlyMap<Purpose, boolean>;
  /** How many inputs the form does not declare. They are counted and not kept. */
  readonly dropped: number;
}

/** Inputs the door reads for itself. They are neither the form's fields nor dropped. */
const ownInputs = new Set(['consent', 'submission_id', 'ripen_aid', 'language', 'landing_page', 'referrer']);

/** Holds what was posted to what the form declares. */
export function readAnswers(
  form: Form,
  input: FormInput,
): { outcome: 'accepted'; answers: Answers } | { outcome: 'refused'; problems: readonly FieldProblem[] } {
  const problems: FieldProblem[] = [];
  const values = new Map<string, string | number>();
  const country = countryCode(asText(input.get('country')?.[0]) ?? '');
  for (const field of form.fields) {
    const answer = readField(field, input.get(field.name) ?? [], country);
    if (answer.outcome === 'refused') problems.push({ path: field.name, fault: answer.fault });
    if (answer.outcome === 'given') values.set(field.name, answer.value);
  }
  const emailAsTyped = String(values.get('email') ?? '');
  const email = normaliseEmail(emailAsTyped);
  if (problems.length > 0 || email === null) return { outcome: 'refused', problems };
  values.delete('email');
  const declared = new Set(form.fields.map(({ name }) => name));
  const dropped = [...input.keys()].filter(
    (name) => !declared.has(name) && !ownInputs.has(name) && !name.startsWith('utm_'),
  ).length;
  const said = readConsent(form, input.get('consent') ?? []);
  return {
    outcome: 'accepted',
    answers: { email, emailAsTyped, attributes: Object.fromEntries(values), said, dropped },
  };
}

/**
 * `consent=marketing` (repeatable), `consent=true` for marketing, or `{"consent": {"marketing": true}}`. Only what the form shows
 * a box for: there is no evidence of a question nobody was asked.
 */
function readConsent(form: Form, consent: readonly unknown[]): ReadonlyMap<Purpose, boolean> {
  const said = new Map<Purpose, boolean>();
  for (const { purpose } of form.consents) {
    const answers = consent.flatMap((value) => consentSaid(value, purpose));
    if (answers.length > 0) said.set(purpose, answers.some(Boolean));
  }
  return said;
}

function consentSaid(value: unknown, purpose: Purpose): boolean[] {
  if (isJsonObject(value)) {
    const answer = Object.entries(value).find(([name]) => name === purpose)?.[1];
    return answer === undefined ? [] : [isYes(answer)];
  }
  if (value === purpose) return [true];
  return purpose === 'marketing' && isYes(value) ? [true] : [];
}

function isYes(value: unknown): boolean {
  return value === true || (typeof value === 'string' && /^(true|on|yes|1)$/i.test(value));
}

/** A submission: the answers, and how they came. */
export interface Submission {
  readonly formId: string;
  readonly form: Form;
  readonly answers: Answers;
  /** The sender's own name for this submission; left out, the same content within one minute is the same submission. */
  readonly submissionId?: string | undefined;
  readonly anonymousId?: string | undefined;
  readonly origin?: Origin;
  readonly language: string;
  readonly occurredAt: string;
  readonly source: 'form' | 'import';
  readonly quiet?: boolean;
  /** Consent that somebody else vouches for, with their words: an import. */
  readonly vouched?: readonly ConsentGiven[];
}

/**
 * What a submission made happen: `form.submitted` first, then `list.subscribed` when marketing consent is granted, and whatever the
 * form records (requirements §2.7). Their ids follow from the first one's, so that twice is once.
 */
export function activitiesOf(submission: Submission): readonly [CapturedActivity, ...CapturedActivity[]] {
  const { formId, form, answers, anonymousId, origin, language, occurredAt, source, quiet = false } = submission;
  const activityId = activityIdOf(submission);
  const consents = [...consentsOf(submission), ...(submission.vouched ?? [])];
  const common = {
    occurredAt,
    source,
    subject: { email: answers.email, emailAsTyped: answers.emailAsTyped, ...(anonymousId && { anonymousId }) },
    ...(origin && { origin }),
    quiet,
  };
  const derived = (type: string, properties: CapturedActivity['properties']): CapturedActivity => ({
    ...common,
    activityId: stableId(activityId, type),
    type,
    properties,
    attributes: {},
    consents: [],
  });
  const subscribed = consents.some(({ purpose, status }) => purpose === 'marketing' && status === 'granted');
  return [
    {
      ...common,
      activityId,
      type: 'form.submitted',
      properties: {
        form: formId,
        magnet: form.magnet,
        funnelStage: form.funnelStage,
        solution: isSolution(form),
        explicitRequest: form.explicitRequest,
        language,
        // Named here too, so that the day's figures can show submissions that permit nothing (A2): consent itself is not in the ledger.
        permits: consents.filter(permitsContact).map(({ purpose }) => purpose),
        ...(origin?.landingPage !== undefined && { landingPage: origin.landingPage }),
        ...(answers.dropped > 0 && { droppedFields: answers.dropped }),
      },
      attributes: answers.attributes,
      consents,
    },
    ...(subscribed ? [derived('list.subscribed', { list: 'marketing', form: formId })] : []),
    // The form is the subject until a calendar or a product names its own: the booking it asked for counts once.
    ...form.records.map((type) => derived(type, { form: formId, subject: formId })),
  ];
}

function activityIdOf({ formId, answers, submissionId, occurredAt, source }: Submission): string {
  const { email, attributes, said } = answers;
  // With the address: a page that names every submission alike must not make one of two people's.
  if (submissionId !== undefined) return stableId(source, formId, submissionId, email);
  const content = JSON.stringify([Object.entries(attributes).sort(), [...said].sort()]);
  return stableId(source, formId, email, content, occurredAt.slice(0, 'yyyy-mm-ddThh:mm'.length));
}

function consentsOf({ formId, form, answers, language }: Submission): ConsentGiven[] {
  const consents: ConsentGiven[] = [];
  for (const { purpose, wording } of form.consents) {
    const said = answers.said.get(purpose);
    if (said === undefined) continue;
    const granted = purpose === 'marketing' && form.doubleOptIn ? 'pending' : 'granted';
    consents.push({
      purpose,
      status: said ? granted : 'denied',
      evidence: `answered ${said ? 'yes' : 'no'} on the form ${formId}`,
      wording: wordingHash(textIn(wording, language)),
    });
  }
  // Somebody who asks to be called may be called (requirements §2.10).
  if (form.explicitRequest && !consents.some(({ purpose }) => purpose === 'sales-contact'))
    consents.push({ purpose: 'sales-contact', status: 'granted', evidence: `asked for contact on the form ${formId}` });
  return consents;
}
