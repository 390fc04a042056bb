import * as z from 'zod';
import type { Account } from '../leads/account.ts';
import { recipientId } from './send.ts';

const Person = z.object({ name: z.string(), email: z.string() });

/** What the sender needs to know of `playbook/team.yaml`. */
export const Colleagues = z.object({ reps: z.array(Person), manager: Person.optional() });
export type Colleagues = z.infer<typeof Colleagues>;

/** Somebody of the team who gets notices: hot leads, replies, what Ripen tells of itself. */
export interface Colleague {
  /** Names their mailbox, as the key of their own no. */
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

/** Everybody to whom the running playbook sends notices, each mailbox once. */
export function colleaguesOf(
  { reps, manager }: Colleagues,
  { senderName, replyTo }: Pick<Account, 'senderName' | 'replyTo'>,
): readonly Colleague[] {
  const mailboxes = [...reps, ...(manager ? [manager] : []), { name: senderName, email: replyTo }].map(
    ({ name, email }) => {
      const id = recipientId({ leadId: '', to: { kind: 'team', email, name } });
      return [id, { id, name, email }] as const;
    },
  );
  // The first who has it: a rep, before the mailbox of all.
  return [...new Map(mailboxes.toReversed()).values()].toReversed();
}
