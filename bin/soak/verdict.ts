import type { Accepted, Evidence, Promises, Sending, Walk } from './promises.ts';

/** The steps of a sequence that everybody comes by who walks it to its end. */
export interface MustSend {
  readonly sequence: string;
  readonly steps: readonly number[];
}

/** What was found: every line is a broken promise, but for the unconfirmed, which are told to a person and so are not silent. */
export interface Verdict {
  readonly doubles: readonly string[];
  readonly losses: readonly string[];
  readonly afterRefusal: readonly string[];
  readonly unconfirmed: readonly string[];
  /** Messages that must arrive and were sent again because nobody could say that they had. */
  readonly sentAgain: number;
}

const final = ['sent', 'suppressed', 'failed', 'unconfirmed', 'cancelled'];

/** Holds what SES has accepted, and what the table says, against what the doors have promised. */
export function judge(promises: Promises, evidence: Evidence, mustSend: readonly MustSend[]): Verdict {
  const sends = new Map(evidence.sends.map((send) => [nameOf(send), send]));
  const accepted = Map.groupBy(evidence.accepted, nameOfMail);
  const repeated = [...accepted].filter(([, mails]) => mails.length > 1);
  const isOnPurpose = ([name, mails]: [string, Accepted[]]) => sends.get(name)?.resent === true && mails.length === 2;
  return {
    doubles: repeated
      .filter((each) => !isOnPurpose(each))
      .map(([name, mails]) => `${name} was accepted ${mails.length} times: ${mails.map(({ messageId }) => messageId)}`),
    losses: [
      ...lostSubmissions(promises, evidence),
      ...openSends(evidence.sends),
      ...contradictions(sends, accepted),
      ...openWalks(evidence),
      ...skippedSteps(evidence.walks, sends, mustSend),
      ...(evidence.deadLetters > 0 ? [`${evidence.deadLetters} dead letters came back after a redrive`] : []),
    ],
    afterRefusal: afterRefusal(promises, evidence),
    unconfirmed: evidence.sends.filter(({ status }) => status === 'unconfirmed').map(nameOf),
    sentAgain: repeated.filter(isOnPurpose).length,
  };
}

/** An acknowledged form is in somebody's ledger, and nobody is left without a walk or a reason. */
function lostSubmissions({ submissions }: Promises, { leadOf, walks, excused }: Evidence): string[] {
  const walking = new Set(walks.map(({ leadId }) => leadId));
  return submissions.flatMap(({ email, form, activityId }) => {
    const leadId = leadOf.get(activityId);
    if (leadId === undefined) return [`the form ${form} of ${email} was acknowledged, and is in no ledger`];
    if (walking.has(leadId) || excused.has(leadId)) return [];
    return [`${email} agreed to e-mail in ${form}, and no sequence has begun`];
  });
}

function openSends(sends: readonly Sending[]): string[] {
  return sends.flatMap((send) => (final.includes(send.status) ? [] : [`${nameOf(send)} is left ${send.status}`]));
}

/** What is recorded as sent was accepted, and what was accepted is recorded as sent, or as not confirmed. */
function contradictions(sends: ReadonlyMap<string, Sending>, accepted: ReadonlyMap<string, readonly Accepted[]>) {
  const unsent = [...sends].flatMap(([name, { status }]) =>
    status === 'sent' && !accepted.has(name) ? [`${name} is recorded as sent, and SES has not accepted it`] : [],
  );
  const unrecorded = [...accepted.keys()].flatMap((name) => {
    const status = sends.get(name)?.status ?? 'not recorded';
    return status === 'sent' || status === 'unconfirmed' ? [] : [`${name} was accepted, and is ${status}`];
  });
  return [...unsent, ...unrecorded];
}

function openWalks({ walks, atMs }: Evidence): string[] {
  return walks
    .filter(({ status, dueAt }) => status === 'active' && (dueAt === null || Date.parse(dueAt) <= atMs))
    .map(({ leadId, sequence, dueAt }) => `${leadId} stands still in ${sequence}, due at ${dueAt}`);
}

function skippedSteps(walks: readonly Walk[], sends: ReadonlyMap<string, Sending>, mustSend: readonly MustSend[]) {
  const steps = new Map(mustSend.map((each) => [each.sequence, each.steps]));
  return walks
    .filter(({ status }) => status === 'completed')
    .flatMap((walk) => (steps.get(walk.sequence) ?? []).map((step) => nameOf({ ...walk, step })))
    .flatMap((name) => (sends.has(name) ? [] : [`${name} was never sent, nor refused`]));
}

function afterRefusal({ refusals }: Promises, { accepted }: Evidence): string[] {
  const mails = Map.groupBy(accepted, ({ destinations }) => destinations[0]);
  return refusals.flatMap(({ email, atMs }) =>
    (mails.get(email) ?? []).flatMap((mail) =>
      mail.acceptedAt > atMs
        ? [`${nameOfMail(mail)} was accepted ${mail.acceptedAt - atMs} ms after they said no`]
        : [],
    ),
  );
}

type Named = Pick<Sending, 'leadId' | 'sequence' | 'run' | 'step'> & { readonly purpose?: string };

/** What a colleague gets is not tagged with the lead: its run alone tells whom it is about. */
function nameOf({ leadId, sequence, run, step, purpose }: Named): string {
  return [purpose === 'team' ? 'team' : leadId, sequence, run, step].join('/');
}

function nameOfMail({ tags: { lead, audience, sequence, run, step } }: Accepted): string {
  return [audience ?? lead, sequence, run, step].join('/');
}
