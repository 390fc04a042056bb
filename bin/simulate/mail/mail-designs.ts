import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { StepDeps } from '../../../functions/nurture/send-step.ts';

/** A way to build sending. The right one changes nothing; each wrong one leaves out one thing that matters (invariants §4). */
export interface MailDesign {
  readonly send?: (right: StepDeps) => StepDeps;
  /** Changes requests to the table before they leave. */
  readonly alter?: (command: unknown) => unknown;
  /** Is a claim whose outcome nobody knows ever cleared up? */
  readonly resolves?: false;
  /** Does an unsubscribe wait for what is under way? */
  readonly fences?: false;
}

type Write = NonNullable<TransactWriteCommand['input']['TransactItems']>[number];

function rewriting(rewrite: (write: Write, all: readonly Write[]) => Write | null): MailDesign {
  return {
    alter: (command) => {
      if (!(command instanceof TransactWriteCommand)) return command;
      const all = command.input.TransactItems ?? [];
      return new TransactWriteCommand({
        ...command.input,
        TransactItems: all.flatMap((write) => rewrite(write, all) ?? []),
      });
    },
  };
}

const isClaim = (all: readonly Write[]) => all.some(({ Put }) => Put?.Item?.status === 'claimed');

/** The wrong designs that touch sending, consent and erasure. The simulator must find each of them. */
export const wrongMailDesigns = {
  'send-then-record': {
    send: (right) => ({ ...right, sends: { ...right.sends, claim: async () => [] } }),
  },

  'sent-again-when-the-claim-expires': {
    send: (right) => ({
      ...right,
      sends: {
        ...right.sends,
        async get(id) {
          const send = await right.sends.get(id);
          const isExpired = send?.status === 'claimed' && Date.parse(send.leaseUntil) <= right.now();
          return isExpired ? { ...send, status: 'retry', retryAt: send.leaseUntil } : send;
        },
      },
    }),
  },

  'tried-again-without-an-answer': {
    send: (right) => ({
      ...right,
      async sendMail(message, raw) {
        const first = await right.sendMail(message, raw);
        return first.outcome === 'unknown' ? right.sendMail(message, raw) : first;
      },
    }),
  },

  'claim-never-resolved': { resolves: false },

  'consent-outside-the-claim': {
    ...rewriting((write, all) => {
      const pk = String(write.ConditionCheck?.Key?.pk ?? '');
      const isPermission = write.ConditionCheck?.Key?.sk === 'A' || pk.startsWith('U#') || isWalkCheck(write);
      return isClaim(all) && isPermission ? null : write;
    }),
    send: (right) => ({
      ...right,
      sends: {
        ...right.sends,
        async claim(before, claimed, frequency) {
          const lead = await right.leads.get(claimed.leadId);
          if (!lead || lead.suppressed) return ['suppression'];
          return right.sends.claim(before, claimed, frequency);
        },
      },
    }),
  },

  'acknowledged-without-a-fence': { fences: false },

  'no-deadline-before-the-call': {
    // The clock is read after the claim, and believed until SES is called.
    send: (right) => {
      let read: number | null = null;
      return {
        ...right,
        now: () => read ?? right.now(),
        sends: {
          ...right.sends,
          async claim(before, claimed, frequency) {
            const refusals = await right.sends.claim(before, claimed, frequency);
            if (refusals.length === 0) read = Date.parse(claimed.at);
            return refusals;
          },
        },
        sendMail(message, raw) {
          read = null;
          return right.sendMail(message, raw);
        },
      };
    },
  },

  'done-before-it-is-final': rewriting(({ Put, ...write }) =>
    Put?.Item?.kind === 'due' && Put.Item.due === 'send' ? null : { ...(Put && { Put }), ...write },
  ),

  'no-tombstone': rewriting(({ Put, ...write }) =>
    Put?.Item?.kind === 'erased'
      ? { Delete: { TableName: Put.TableName, Key: { pk: Put.Item.pk, sk: Put.Item.sk } } }
      : { ...(Put && { Put }), ...write },
  ),
} as const satisfies Readonly<Record<string, MailDesign>>;

function isWalkCheck({ ConditionCheck }: Write): boolean {
  return String(ConditionCheck?.Key?.sk ?? '').startsWith('S#');
}

export const rightMailDesign: MailDesign = {};

export type WrongMailDesign = keyof typeof wrongMailDesigns;
