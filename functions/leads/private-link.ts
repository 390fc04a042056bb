/** What a link of ours does for whoever holds it. */
export type PrivateLink = 'confirmation' | 'preferences' | 'unsubscribe';

const rooms: Readonly<Record<string, PrivateLink>> = {
  confirm: 'confirmation',
  preferences: 'preferences',
  u: 'unsubscribe',
};

/** Whether an address or path acts for a lead without asking who opens it, and how: then it is named, never shown. */
export function privateLink(address: string): PrivateLink | null {
  const path = URL.parse(address, 'https://ours.invalid')?.pathname ?? address;
  const [, room = ''] = /^\/(confirm|preferences|u)\/./.exec(path) ?? [];
  return rooms[room] ?? null;
}

/** The same text with what our links are signed with taken out: it may be read by who must not act for a rep or a lead. */
export function withoutTokens(text: string): string {
  return text.replaceAll(/(\/(?:h|u|confirm|preferences)\/)[\w-]{8,}\.[\w-]+/g, '$1…');
}
