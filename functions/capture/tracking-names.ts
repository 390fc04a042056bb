import { knownActivityTypes, operatorActivityTypes } from '../leads/activity.ts';

const knownTypes = new Set(knownActivityTypes);

/** Ripen's own: a submission comes through the form door, with its consent; an adjustment from an operator (I-F3). */
const reservedTypes = new Set(['form.submitted', ...operatorActivityTypes]);

/** Names of Segment's specs (e-mail, live chat, B2B SaaS) that are no type of ours once written with dots. */
const segmentNames: Readonly<Record<string, string>> = {
  'email link clicked': 'email.clicked',
  'email marked as spam': 'email.complained',
  unsubscribed: 'email.unsubscribed',
  subscribed: 'list.subscribed',
  'live chat conversation started': 'chat.started',
  'signed up': 'account.registered',
  'user registered': 'account.registered',
  'account deleted': 'account.cancelled',
};

export type TypeOfEvent = { readonly outcome: 'known'; readonly type: string } | { readonly outcome: 'reserved' };

/**
 * The activity type of a tracked event's name: a type of ours as it is or in words (`Trial Started`), a name of Segment's specs,
 * else a type of its own, `track.<name>`, so that nothing that was sent is lost.
 */
export function typeOfEvent(event: string): TypeOfEvent {
  const name = event.trim().toLowerCase();
  const dotted = name.replace(/\s+/g, '.');
  if (reservedTypes.has(dotted)) return { outcome: 'reserved' };
  const segment = Object.hasOwn(segmentNames, name) ? segmentNames[name] : undefined;
  const type = segment ?? (knownTypes.has(dotted) ? dotted : `track.${slugOf(name)}`);
  return { outcome: 'known', type };
}

/** Lower-case letters, digits and dashes, beginning with a letter, at most 50 characters. */
export function slugOf(name: string): string {
  const slug = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, 50)
    .replace(/-+$/, '');
  return slug || 'other';
}
