import { stableId } from './lead-id.ts';

/** Names a colleague's mailbox, as the key of their own no to our notices. */
export function colleagueId(email: string): string {
  return `team-${stableId('team', email.toLowerCase())}`;
}
