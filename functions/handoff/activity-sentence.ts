import { type Activity, operatorActivityTypes } from '../leads/activity.ts';
import { splitLinkId } from '../leads/link-id.ts';
import { type PrivateLink, privateLink } from '../leads/private-link.ts';
import { inPortuguese } from './activity-sentence-portuguese.ts';

type Told = Pick<Activity, 'type' | 'properties'>;

/** What a lead did, as one would tell a colleague. What is named in it was typed or clicked by the lead: escape before showing. */
export function sentenceOf(activity: Told, language = 'en'): string {
  const reading = {
    text: (property: string) => text(activity, property),
    place: (property: string, named: Readonly<Record<PrivateLink, string>>) => place(activity, property, named),
  };
  const said = language.toLowerCase().startsWith('pt')
    ? inPortuguese(activity.type, reading)
    : sentences[activity.type]?.(activity);
  return said ?? activity.type.replaceAll(/[.-]/g, ' ');
}

/** Is this something the lead did, rather than something that was done to them or by a machine? */
export function isOwnDoing({ type, verdict }: Pick<Activity, 'type' | 'verdict'>): boolean {
  return ![...doneByMail, ...operatorActivityTypes].includes(type) && verdict?.by !== 'machine';
}

const doneByMail = ['email.sent', 'email.delivered', 'email.delayed', 'email.rejected', 'email.rendering-failed'];

const sentences: Readonly<Record<string, (activity: Told) => string>> = {
  'form.submitted': (activity) => `filled in the form ${quoted(activity, 'form')}`,
  'page.viewed': (activity) => `looked at ${place(activity, 'path') || place(activity, 'url') || 'a page'}`,
  'email.opened': () => 'opened an e-mail',
  'email.clicked': (activity) => `clicked ${place(activity, 'link') || 'a link'} in an e-mail`,
  'email.replied': (activity) =>
    text(activity, 'from') === 'other' ? 'somebody else answered an e-mail to them' : 'replied to an e-mail',
  'email.reply-unverified': () => 'seems to have replied to an e-mail; it is not proven that it was them',
  'email.delayed': () => 'has not got an e-mail yet: their mail server makes it wait',
  'email.rejected': () => 'was not sent an e-mail: SES refused it',
  'email.rendering-failed': () => 'was not sent an e-mail: its template failed',
  'email.bounced': () => 'could not be reached by e-mail',
  'email.complained': () => 'marked an e-mail as spam',
  'email.unsubscribed': () => 'unsubscribed',
  'email.suppressed': (activity) => `is on an imported list of those not to be mailed (${text(activity, 'reason')})`,
  'list.subscribed': () => 'subscribed to the list',
  // A form asks for one; a calendar names the time.
  'appointment.booked': (activity) =>
    text(activity, 'form') === '' ? 'booked an appointment' : 'asked for a consultation',
  'appointment.cancelled': () => 'cancelled an appointment',
  'appointment.moved': () => 'moved an appointment',
  'trial.started': () => 'started the free trial',
  'chat.started': () => 'started a chat',
  'account.registered': () => 'signed up',
  'account.activated': () => 'activated their account',
  'account.cancelled': () => 'cancelled their account',
  'deal.won': () => 'bought',
  'deal.lost': () => 'did not buy',
  'handoff.accepted': () => 'was accepted by sales',
  'handoff.rejected': () => 'was rejected by sales',
  'handoff.contacted': () => 'spoke with sales',
  'handoff.meeting': () => 'has a meeting with sales',
  'handoff.recycled': () => 'went back to nurture',
  'audience.joined': () => 'joined an advertising audience',
  'visitor.identified': () => 'said who they are',
  'score.adjusted': (activity) => `adjusted by ${text(activity, 'author') || 'hand'}: ${text(activity, 'reason')}`,
  'address.changed': () => 'has a new e-mail address',
  'consent.changed': (activity) =>
    `said ${text(activity, 'status') === 'granted' ? 'yes' : 'no'} to ${text(activity, 'purpose').replace('-', ' ')}`,
  'language.changed': (activity) => `wants our e-mails in ${text(activity, 'language')}`,
};

/** Where they went; what acts for whoever holds it, and which link it was, is for nobody else's eyes. */
function place(activity: Told, property: string, named = privateLinks): string {
  const { link } = splitLinkId(propertyText(activity, property));
  const kind = privateLink(link);
  return kind ? named[kind] : link.slice(0, shownLength);
}

const privateLinks: Readonly<Record<PrivateLink, string>> = {
  confirmation: 'the confirmation link',
  preferences: 'the preferences link',
  unsubscribe: 'the unsubscribe link',
};

function quoted(activity: Told, property: string): string {
  const value = text(activity, property);
  return value === '' ? 'on our site' : `“${value}”`;
}

const shownLength = 200;

function text(activity: Told, property: string): string {
  return propertyText(activity, property).slice(0, shownLength);
}

function propertyText({ properties }: Told, property: string): string {
  const value = properties[property];
  return typeof value === 'string' ? value : '';
}
