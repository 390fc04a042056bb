import { localTimeOf } from '../leads/local-time.ts';
import { type Handoff, wroteBack } from './handoff.ts';
import { noticeText } from './notice-text.ts';
import { labelIn, type Team } from './team.ts';

/** Whom it is told: a rep or the manager, in their language and on their clock. */
interface Told {
  readonly reader: { readonly name: string };
  readonly language: string;
  readonly timeZone: string;
  readonly team: Pick<Team, 'reps' | 'manager' | 'rejectionReasons'>;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Whose the lead is, and who had it before. */
export function whoseLead({ level, history, rep }: Handoff, { language, team, reader }: Told): string {
  const text = noticeText(language);
  const yours = (level === 'manager' ? text.yoursAsManager : text.yours)(reader.name);
  const before = history.findLast(({ what, rep: had }) => (what === 'missed' || what === 'declined') && had !== rep);
  const name = [...team.reps, team.manager].find(({ id }) => id === before?.rep)?.name;
  if (before === undefined || name === undefined) return yours;
  if (before.what === 'missed') return `${yours} ${text.hadBefore.missed(name)}`;
  const reason = team.rejectionReasons.find(({ id }) => id === before.reason);
  return `${yours} ${text.hadBefore.declined(name, reason ? labelIn(reason.label, language) : (before.reason ?? '–'))}`;
}

/** By when to accept, and what happens then. */
export function deadlineOf({ dueAt, status, level }: Handoff, told: Told): string {
  const text = noticeText(told.language);
  if (status !== 'assigned' || dueAt === null) return text.noDeadline;
  const next = level === 'rep' ? 'next-rep' : 'manager';
  return text.acceptBy({ at: clockOf(told)(dueAt), next, manager: told.team.manager.name });
}

/** One sentence: why the lead comes now. */
export function whyNow(handoff: Handoff, language: string): string {
  const { why } = noticeText(language);
  if (wroteBack(handoff)) return why.wroteBack;
  if (handoff.qualifiedBy === 'explicit-request') return why.request;
  return why.threshold(handoff.score.toLocaleString(language));
}

/** Instants on the reader's clock; the year only where it is another one. */
export function clockOf({
  language,
  timeZone,
  now,
}: Pick<Told, 'language' | 'timeZone' | 'now'>): (at: string) => string {
  const yearOf = (instant: number) => localTimeOf(instant, timeZone).day.slice(0, 4);
  const short = { timeZone, month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' } as const;
  const clock = new Intl.DateTimeFormat(language, short);
  const withYear = new Intl.DateTimeFormat(language, { ...short, year: 'numeric' });
  return (at) => {
    const instant = Date.parse(at);
    return (yearOf(instant) === yearOf(now) ? clock : withYear).format(instant);
  };
}
