import type { AnswerOutcome } from './answer-handoff.ts';
import type { Handoff } from './handoff.ts';
import { type RefusalText, refusalText } from './refusal-text.ts';
import { labelIn, type Team } from './team.ts';

/** Why an answer changed nothing: for a program as a code, for a person in words that say who has it and what to do. */
export interface Refusal {
  readonly status: 409 | 422;
  readonly code: string;
  readonly message: string;
  /** The field to mend. */
  readonly path?: 'reason' | 'rep';
}

export type Refused = Exclude<AnswerOutcome['outcome'], 'done' | 'unknown'>;

/** To whom it is told. */
export interface Asker {
  readonly language: string;
  /** An instant on their clock. */
  readonly at: (instant: string) => string;
  /** What they wanted to do: whose reasons there are to choose from. */
  readonly answer: string;
}

/** Tells whoever answered why it did not count. `handoff`: as it is. */
export function refusal(outcome: Refused, handoff: Handoff, team: Team, asker: Asker): Refusal {
  const text = refusalText(asker.language);
  switch (outcome) {
    case 'taken':
      return { status: 409, ...taken(handoff, nameOf(handoff.rep, team), text, asker) };
    case 'closed':
      return { status: 409, code: 'closed', message: ended(handoff, team, text, asker) };
    case 'stale':
      return { status: 409, code: 'passed-on', message: passedOn(handoff, team, text, asker) };
    case 'not-accepted':
      return { status: 409, code: 'not-accepted', message: text.notAccepted };
    case 'unknown-reason': {
      const known = asker.answer === 'lost' ? team.lossReasons : team.rejectionReasons;
      const list = known.map(({ id, label }) => `${id} (${labelIn(label, asker.language)})`).join(', ');
      return { status: 422, code: 'unknown-reason', message: text.reasons(list), path: 'reason' };
    }
    case 'unknown-rep': {
      const list = [...team.reps, team.manager].map(({ id }) => id).join(', ');
      return { status: 422, code: 'unknown-rep', message: text.reps(list), path: 'rep' };
    }
  }
}

/** What the team calls this one; whoever has left it has but their id. */
export function nameOf(rep: string | null, { reps, manager }: Pick<Team, 'reps' | 'manager'>): string {
  return [...reps, manager].find(({ id }) => id === rep)?.name ?? rep ?? '–';
}

/** How it ended, when, and with whom. */
export function ended({ status, closedAt, rep, qualifiedAt }: Handoff, team: Team, text: RefusalText, { at }: Clock) {
  return text.closed(text.ended[status], at(closedAt ?? qualifiedAt), nameOf(rep, team));
}

/** Who has it by now, and since when. */
export function passedOn({ rep, acceptedAt, assignedAt }: Handoff, team: Team, text: RefusalText, { at }: Clock) {
  const since = acceptedAt ?? assignedAt;
  return rep === null || since === null ? text.waits : text.hasIt(nameOf(rep, team), at(since));
}

type Clock = Pick<Asker, 'at'>;

function taken({ acceptedAt, assignedAt, qualifiedAt }: Handoff, name: string, text: RefusalText, { at }: Clock) {
  if (acceptedAt !== null) return { code: 'already-accepted', message: text.hasIt(name, at(acceptedAt)) };
  return { code: 'not-yours', message: text.theirs(name, at(assignedAt ?? qualifiedAt)) };
}
