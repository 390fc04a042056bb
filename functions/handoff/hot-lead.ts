import type { Account } from '../leads/account.ts';
import { type Activity, byOccurrence } from '../leads/activity.ts';
import { reasonIn } from '../leads/bus-event.ts';
import { type Lead, mayEmail } from '../leads/lead.ts';
import { localTimeOf } from '../leads/local-time.ts';
import { shownAddress } from '../leads/shown-address.ts';
import { timeZoneOf } from '../leads/time-zone.ts';
import { isOwnDoing, sentenceOf } from './activity-sentence.ts';
import { type Handoff, wroteBack } from './handoff.ts';
import { hasAppointment, mayDial, mayWrite, nextStep, reachOf } from './next-step.ts';
import { noticeText } from './notice-text.ts';
import { asTyped } from './notice-typed.ts';
import { readyReply } from './ready-reply.ts';
import type { Team } from './team.ts';
import { clockOf, deadlineOf, whoseLead, whyNow } from './whose-lead.ts';

const shownReasons = 10;
const shownActivities = 8;

/** A line: what, and when in the reader's calendar. */
type ToldActivity = { readonly text: string; readonly at: string };

/**
 * Everything that is told of a hot lead, in the reader's language, whatever the channel (D10): who, why now, what they did last, how
 * they may be reached, what to do first. Texts are plain, cut, and partly typed by the lead: every channel escapes them. What is not
 * known is an empty string.
 */
export type HotLead = {
  readonly language: string;
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  /** The telephone number as a link takes it; empty where they may not be called. */
  readonly tel: string;
  readonly company: string;
  readonly role: string;
  /** Whose it is, and who had it before. */
  readonly intro: string;
  /** One sentence: why the lead comes now. */
  readonly why: string;
  /** A reply of theirs brought them here, which is no request to be called. */
  readonly wroteBack: boolean;
  /** The reply's own words, cut. */
  readonly said: string;
  readonly score: number;
  /** Strongest first; `points` carries its sign. */
  readonly reasons: (ToldActivity & { readonly points: string })[];
  /** Latest first. */
  readonly activities: ToldActivity[];
  /** Marketing e-mail is not permitted. */
  readonly doNotEmail: boolean;
  readonly emailNote: string;
  readonly phoneNote: string;
  /** What to do first, in a sentence. */
  readonly nextStep: string;
  /** A first answer in the lead's language; all empty where they may not be written to. */
  readonly replySubject: string;
  readonly replyText: string;
  readonly mailto: string;
  /** By when to accept, and what happens then. */
  readonly deadline: string;
  readonly qualifiedAt: string;
  /** The lead's page. */
  readonly link: string;
  /** Where the reader answers: links that show a page, which acts when they press its button. */
  readonly acceptUrl: string;
  readonly rejectUrl: string;
  readonly openUrl: string;
};

/** Whom it is told, and by whom. */
export interface Telling {
  /** A rep, or the manager. */
  readonly reader: { readonly name: string; readonly bookingUrl?: string | undefined };
  readonly language: string;
  /** The reader's. */
  readonly timeZone: string;
  readonly team: Pick<Team, 'reps' | 'manager' | 'rejectionReasons'>;
  readonly account: Pick<Account, 'name' | 'language' | 'timeZone'>;
  /** Without a slash at its end. */
  readonly baseUrl: string;
  /** The reader's own link to this hand-off. */
  readonly openUrl: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Tells a rep about their new lead. `history` in any order. */
export function hotLead(handoff: Handoff, lead: Lead, history: readonly Activity[], telling: Telling): HotLead {
  const { baseUrl, language, openUrl } = telling;
  const text = noticeText(language);
  const at = clockOf(telling);
  const reach = reachOf(handoff, lead);
  const cause = history.find(({ activityId }) => activityId === handoff.cause?.activityId);
  return {
    language,
    ...who(lead),
    ...reaching(handoff, lead, cause, telling),
    intro: whoseLead(handoff, telling),
    why: whyNow(handoff, language),
    wroteBack: wroteBack(handoff),
    said: wroteBack(handoff) ? asTyped(cause?.properties.excerpt, 500, { lines: true }) : '',
    score: handoff.score,
    reasons: reasonsOf(handoff, language).map(({ occurredAt, ...reason }) => ({ ...reason, at: at(occurredAt) })),
    activities: history
      .filter(isOwnDoing)
      .sort(byOccurrence)
      .slice(-shownActivities)
      .reverse()
      .map((activity) => ({ text: asTyped(sentenceOf(activity, language), 300), at: at(activity.occurredAt) })),
    doNotEmail: !mayEmail(lead),
    emailNote: text.email[reach.email],
    phoneNote: text.phone[reach.phone],
    deadline: deadlineOf(handoff, telling),
    qualifiedAt: at(handoff.qualifiedAt),
    link: `${baseUrl}/leads/${lead.leadId}`,
    // The part behind the # is for the page alone: whoever fetches the link fetches the same page.
    ...{ acceptUrl: `${openUrl}#accept`, rejectUrl: `${openUrl}#reject`, openUrl },
  };
}

/** What to call a lead to somebody who sells: their name, else their address. */
export function leadName(lead: Pick<Lead, 'attributes' | 'email' | 'emailAsTyped'>): string {
  return asTyped(lead.attributes.name, 120) || addressOf(lead);
}

function who(lead: Lead): Pick<HotLead, 'name' | 'email' | 'phone' | 'company' | 'role'> {
  const { phone, company, role } = lead.attributes;
  return {
    name: leadName(lead),
    email: addressOf(lead),
    phone: asTyped(phone, 40),
    company: asTyped(company, 120),
    role: asTyped(role, 120),
  };
}

/** Their address as they wrote it. */
export function addressOf({ email, emailAsTyped }: Pick<Lead, 'email' | 'emailAsTyped'>): string {
  return asTyped(shownAddress(emailAsTyped || email).text, 320) || email;
}

function reaching(handoff: Handoff, lead: Lead, cause: Activity | undefined, telling: Telling) {
  const { language, now, account, reader } = telling;
  const reach = reachOf(handoff, lead);
  const { time } = localTimeOf(now, timeZoneOf(lead, account));
  const booked = hasAppointment(handoff, cause);
  const step = nextStep(handoff, reach, { isDay: time >= '08:00' && time < '20:00', hasAppointment: booked });
  const asked = handoff.qualifiedBy === 'explicit-request' ? 'asked' : 'interested';
  const occasion = wroteBack(handoff) ? 'wrote' : booked ? 'booked' : asked;
  const { attributes, email } = lead;
  const reply = mayWrite(reach)
    ? readyReply({ attributes, email, language: lead.language }, occasion, reader, account)
    : null;
  return {
    nextStep: noticeText(language).step[step]({ time }),
    ...{ replySubject: reply?.subject ?? '', replyText: reply?.text ?? '', mailto: reply?.mailto ?? '' },
    tel: mayDial(reach) ? telOf(attributes.phone) : '',
  };
}

/** What of a telephone number one dials (RFC 3966): nothing that a lead typed besides gets into the link. */
export function telOf(phone: unknown): string {
  const digits = asTyped(phone, 40).replace(/[^\d+]|(?<!^)\+/g, '');
  return digits.length > 3 ? `tel:${digits}` : '';
}

function reasonsOf({ explanation }: Handoff, language: string) {
  const { whenNew } = noticeText(language);
  return [...explanation]
    .sort((a, b) => b.points - a.points || (a.occurredAt < b.occurredAt ? 1 : -1))
    .slice(0, shownReasons)
    .map(({ points, new: fresh, occurredAt, ...reason }) => {
      const rule = reasonIn(reason, language);
      // A rep who reads 21.8 asks what that is.
      const text = fresh === undefined ? rule : whenNew(rule, fresh.toLocaleString(language));
      return { text: asTyped(text, 300), points: signed(points, language), occurredAt };
    });
}

function signed(points: number, language: string): string {
  return points < 0 ? `−${(-points).toLocaleString(language)}` : `+${points.toLocaleString(language)}`;
}
