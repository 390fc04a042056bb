import { nearName } from '../near-name.ts';

/** What the tracking door sets of a page, whatever else a site sends with it. */
const ofPages = ['path', 'url', 'title', 'name', 'referrer', 'userAgent', 'linkId'];
/** What the mail door sets, and the tracking door for a mail that somebody else sent. */
const ofMessages = ['messageId', 'sentAt', 'sequence', 'run', 'step', 'send', 'template', 'subject', 'userAgent'];
/** What the reply door sets: the message's own id, and which it answers. */
const ofReplies = ['messageId', 'inReplyTo', 'sequence', 'run', 'step', 'subject', 'excerpt', 'from'];
const ofFetches = [...ofMessages, 'ipAddress', 'isBotEvent'];

const setBy: ReadonlyMap<string, readonly string[]> = new Map([
  ['page.viewed', ofPages],
  ['email.sent', ofMessages],
  ['email.delivered', ofMessages],
  ['email.opened', ofFetches],
  ['email.clicked', [...ofFetches, 'link', 'linkId']],
  ['email.replied', ofReplies],
  ['email.reply-unverified', ofReplies],
  ['email.delayed', [...ofMessages, 'reason']],
  ['email.rejected', [...ofMessages, 'reason']],
  ['email.rendering-failed', [...ofMessages, 'reason']],
  ['email.bounced', [...ofMessages, 'bounceType', 'bounceSubType', 'status']],
  ['email.complained', [...ofMessages, 'complaintFeedbackType']],
  ['email.unsubscribed', [...ofMessages, 'method']],
]);

/** No slip of the pen, but what people call it who have not read the glossary. */
const otherWords: ReadonlyMap<string, string> = new Map([['page.viewed page', 'path']]);

/**
 * The mend for a name that is nearly one Ripen sets; `undefined` for any other, since a site may send whatever it likes with these
 * activities. A rule on `paht` would be valid, and silent for ever.
 */
export function misspeltProperty(name: string, activity: string): string | undefined {
  const set = setBy.get(activity) ?? [];
  if (set.includes(name)) return undefined;
  const meant = otherWords.get(`${activity} ${name}`) ?? set.find((each) => isSlip(name, each));
  return meant && `did you mean "${meant}"? What you send yourself as "${name}", send under a name less like it`;
}

/** Near from both sides, and begun alike: `sender` is no `send`, `game` is no `name`. */
function isSlip(name: string, known: string): boolean {
  const beginsAlike = name[0]?.toLowerCase() === known[0]?.toLowerCase();
  return beginsAlike && nearName(name, [known]) !== undefined && nearName(known, [name]) !== undefined;
}
