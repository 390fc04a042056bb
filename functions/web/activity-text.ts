import { sentenceOf } from '../handoff/activity-sentence.ts';
import type { Activity } from '../leads/activity.ts';
import { splitLinkId } from '../leads/link-id.ts';
import type { Language } from './language.ts';
import { messageName } from './message-name.ts';

/** What Ripen did is told as such; what the lead did, in the words the rep gets too. The lead typed some of it: escape it. */
export function activityText(activity: Activity, language: Language): string {
  const shown = withoutLinkId(activity);
  const message = messageName(propertyOf(activity, 'template'), language);
  const inEnglish = language === 'en';
  if (activity.type === 'email.sent') return inEnglish ? `we sent ${message}` : `enviamos ${message}`;
  if (activity.type === 'email.delivered')
    return inEnglish ? `${message} reached their mailbox` : `${message} chegou à caixa postal`;
  // A form only asks for a time: nobody has put one into a calendar yet.
  if (activity.type === 'appointment.booked' && isByForm(activity))
    return inEnglish ? 'asked for a consultation' : 'pediu uma consultoria';
  return sentenceOf(shown, language);
}

/** Text of a property, or nothing. */
export function propertyOf({ properties }: Pick<Activity, 'properties'>, name: string): string {
  const value = properties[name];
  return typeof value === 'string' ? value : '';
}

/** Which link it was says its address; whose it was says nothing to a reader. */
function withoutLinkId(activity: Activity): Activity {
  const { link } = splitLinkId(propertyOf(activity, 'link'));
  return link === '' ? activity : { ...activity, properties: { ...activity.properties, link } };
}

function isByForm(activity: Activity): boolean {
  return activity.source === 'form' || propertyOf(activity, 'form') !== '';
}
