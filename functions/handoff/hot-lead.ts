import { type Activity, byOccurrence } from '../leads/activity.ts';
import { type Lead, mayEmail } from '../leads/lead.ts';
import { isOwnDoing, sentenceOf } from './activity-sentence.ts';
import { type Handoff, wroteBack } from './handoff.ts';

const shownReasons = 10;
const shownActivities = 8;
/** Of what they wrote. */
const saidLength = 500;

/** A line of the e-mail: what, and when in the team's calendar. */
type ToldActivity = { readonly text: string; readonly at: string };

/**
 * What the hot-lead template can say, as `data` (D10): who, why now, what they did last, and whether they may be e-mailed. Texts are
 * plain and partly typed by the lead; the template engine escapes them. What is not known is an empty string.
 */
export type HotLead = {
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly company: string;
  readonly role: string;
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
  /** Marketing e-mail is not permitted: call instead. */
  readonly doNotEmail: boolean;
  readonly qualifiedAt: string;
  /** The lead's page. */
  readonly link: string;
};

/** Tells a rep about their new lead. `history` in any order; `baseUrl` without a slash at its end. */
export function hotLead(
  handoff: Handoff,
  lead: Lead,
  history: readonly Activity[],
  { baseUrl, timeZone, language }: { readonly baseUrl: string; readonly timeZone: string; readonly language: string },
): HotLead {
  const clock = new Intl.DateTimeFormat(language, { timeZone, dateStyle: 'medium', timeStyle: 'short' });
  const at = (instant: string): string => clock.format(new Date(instant));
  const email = lead.emailAsTyped || lead.email;
  return {
    name: attribute(lead, 'name') || email,
    email,
    phone: attribute(lead, 'phone'),
    company: attribute(lead, 'company'),
    role: attribute(lead, 'role'),
    why: why(handoff),
    wroteBack: wroteBack(handoff),
    said: said(handoff, history),
    score: handoff.score,
    reasons: [...handoff.explanation]
      .sort((a, b) => b.points - a.points || (a.occurredAt < b.occurredAt ? 1 : -1))
      .slice(0, shownReasons)
      .map((reason) => ({ text: reasonText(reason), points: signed(reason.points), at: at(reason.occurredAt) })),
    activities: history
      .filter(isOwnDoing)
      .sort(byOccurrence)
      .slice(-shownActivities)
      .reverse()
      .map((activity) => ({ text: sentenceOf(activity), at: at(activity.occurredAt) })),
    doNotEmail: !mayEmail(lead),
    qualifiedAt: at(handoff.qualifiedAt),
    link: `${baseUrl}/leads/${lead.leadId}`,
  };
}

function why(handoff: Handoff): string {
  const { qualifiedBy, score } = handoff;
  if (wroteBack(handoff)) return 'They wrote back.';
  return qualifiedBy === 'explicit-request'
    ? 'They asked to talk to us.'
    : `They have ${score} points and showed that they want to buy.`;
}

function said(handoff: Handoff, history: readonly Activity[]): string {
  const cause = history.find(({ activityId }) => activityId === handoff.cause?.activityId);
  const excerpt = wroteBack(handoff) ? cause?.properties.excerpt : undefined;
  return typeof excerpt === 'string' ? excerpt.slice(0, saidLength).toWellFormed() : '';
}

/** A rep who reads 21.8 asks what that is. */
function reasonText({ rule, new: fresh }: Handoff['explanation'][number]): string {
  return fresh === undefined ? rule : `${rule} (${fresh} when it was new)`;
}

function signed(points: number): string {
  return points < 0 ? `−${-points}` : `+${points}`;
}

function attribute(lead: Lead, name: string): string {
  const value = lead.attributes[name];
  return typeof value === 'string' ? value : '';
}
