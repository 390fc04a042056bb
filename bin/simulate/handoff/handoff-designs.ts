import { DeleteCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type * as z from 'zod';
import { type HandOffDeps, handOffLead } from '../../../functions/handoff/hand-off-lead.ts';
import { handoffStore } from '../../../functions/handoff/handoff.store.ts';
import { handoffIdOf, isOpen } from '../../../functions/handoff/handoff.ts';
import { withReleased } from '../../../functions/handoff/roster.ts';
import type { HandoffDue, LeadRequalified } from '../../../functions/leads/bus-event.ts';
import { key } from '../../../functions/leads/table.ts';
import type { Table } from '../../../functions/runtime/dynamodb.ts';
import type { Publish } from '../../../functions/runtime/publish.ts';
import type { Write } from '../../../functions/runtime/transaction.ts';
import { timeZone } from '../models.ts';

/** A way to build hand-off. The right one changes nothing; each wrong one leaves out one thing that matters. */
export interface HandoffDesign {
  readonly deps?: (right: HandOffDeps, own: { readonly table: Table; readonly publish: Publish }) => HandOffDeps;
  /** What the door that is knocked on when something is due works with. */
  readonly due?: (right: HandOffDeps) => HandOffDeps;
  readonly beforeDue?: (due: z.output<typeof HandoffDue.detail>, table: Table) => Promise<void>;
  readonly requalified?: (said: z.output<typeof LeadRequalified.detail>, deps: HandOffDeps) => Promise<unknown>;
  /** Does a link speak for its turn alone? */
  readonly linksAreBound?: false;
  /** Changes requests of the hand-off doors before they leave. */
  readonly alter?: (command: unknown) => unknown;
}

function rewriting(rewrite: (write: Write, all: readonly Write[]) => Write | null): HandoffDesign {
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

const kindOf = ({ Put }: Write) => Put?.Item?.kind;
const isOfHandoff = (all: readonly Write[]) =>
  all.some(({ Put, Update }) => Put?.Item?.kind === 'handoff' || String(Update?.Key?.sk ?? '').startsWith('H#'));

function unconditional(write: Write): Write {
  const { Put, Update } = write;
  if (Put) return { Put: { TableName: Put.TableName, Item: Put.Item } };
  if (!Update) return write;
  const { ConditionExpression: _, ExpressionAttributeValues: values = {}, ...update } = Update;
  // DynamoDB refuses values that nothing uses; its twin does not, and neither reads this one now.
  return { Update: { ...update, ExpressionAttributeValues: values } };
}

/** The wrong designs of hand-off. The simulator must find each of them. */
export const wrongHandoffDesigns = {
  /** Whoever writes last is right about whose turn it is. */
  'roster-not-conditional': rewriting((write) => (kindOf(write) === 'roster' ? unconditional(write) : write)),

  'roster-apart-from-the-hand-off': {
    deps: (right, { table }) => {
      const store = handoffStore(table, timeZone);
      return {
        ...right,
        handoffs: {
          ...store,
          async change({ roster, ...write }) {
            const changed = await store.change(write);
            if (changed.outcome !== 'written' || !roster) return changed;
            for (;;) {
              const before = await store.roster();
              const after = { ...roster.after, ver: before.ver + 1 };
              const { cycle } = changed.handoff;
              // Any transaction of the roster alone does: this one also notes which hand-off it was for.
              const done = await store.free({
                ...{
                  leadId: `${changed.handoff.leadId}-${cycle}-${changed.handoff.ver}`,
                  at: new Date(0).toISOString(),
                },
                roster: { before, after },
              });
              if (done !== 'conflict') return changed;
            }
          },
        },
      };
    },
  },

  'accepted-without-a-condition': rewriting((write, all) => {
    const isAccept = all.some(({ Update }) =>
      Object.values(Update?.ExpressionAttributeValues ?? {}).includes('accepted'),
    );
    return isAccept && isOfHandoff(all) && (write.Update || kindOf(write) === 'rep-record')
      ? unconditional(write)
      : write;
  }),

  /** Every knock is for whoever has it now, and their time is always up. */
  'clock-of-any-turn': {
    due: (right) => ({
      ...right,
      handoffs: {
        ...right.handoffs,
        async get(leadId, cycle) {
          const handoff = await right.handoffs.get(leadId, cycle);
          return handoff?.status === 'assigned' && handoff.dueAt !== null
            ? { ...handoff, dueAt: new Date(0).toISOString() }
            : handoff;
        },
      },
    }),
  },

  'due-item-deleted-first': {
    async beforeDue({ leadId, cycle }, { client, name: TableName }) {
      await client.send(new DeleteCommand({ TableName, Key: key.due('handoff', handoffIdOf(leadId, cycle)) }));
    },
  },

  'looks-again-tomorrow': {
    deps: (right) => ({
      ...right,
      handoffs: {
        ...right.handoffs,
        change({ after, ...write }) {
          const dueAt = after.status === 'queued' ? new Date(right.now() + 86_400_000).toISOString() : after.dueAt;
          return right.handoffs.change({ ...write, after: { ...after, dueAt } });
        },
      },
    }),
  },

  'place-freed-twice': {
    deps: (right) => ({
      ...right,
      handoffs: {
        ...right.handoffs,
        change({ roster, ...write }) {
          const { before, after } = write;
          const isOver = before?.rep != null && isOpen(before) && !isOpen(after);
          const twice = roster && {
            ...roster,
            after: { ...withReleased(roster.after, before?.rep ?? ''), ver: roster.after.ver },
          };
          return right.handoffs.change({ ...write, ...(roster && { roster: isOver && twice ? twice : roster }) });
        },
      },
    }),
  },

  /** Who waits gets whoever is on the list, without looking whether they are there. */
  'drained-without-a-look': {
    due: (right) => {
      const { team } = right;
      const reps = team.reps.map(({ workingHours: _, leave: __, holidays: ___, capacity: ____, ...rep }) => rep);
      return { ...right, team: { ...team, reps, capacity: { open: 1_000 } } };
    },
  },

  'link-of-any-turn': { linksAreBound: false },

  'notes-make-hand-offs': {
    async requalified({ leadId, cycle, activityId, reason, at }, deps) {
      const again = { cycle: cycle + 1, activityId, reason, score: 0, qualifiedAt: at };
      const get: HandOffDeps['leads']['get'] = async (id) => {
        const lead = await deps.leads.get(id);
        return lead?.qualification?.cycle === cycle ? { ...lead, qualification: { ...again, open: true } } : lead;
      };
      return handOffLead({ leadId, ...again, reasons: [] }, { ...deps, leads: { ...deps.leads, get } });
    },
  },

  'erasure-unfenced': rewriting((write, all) => {
    if (!isOfHandoff(all)) return write;
    if (write.ConditionCheck?.Key?.sk === 'A') return null;
    return kindOf(write) === 'lead' ? unconditional(write) : write;
  }),

  'waits-for-ever': rewriting((write, all) => {
    const waits = all.some(({ Put, Update }) =>
      [Put?.Item?.status, ...Object.values(Update?.ExpressionAttributeValues ?? {})].includes('queued'),
    );
    return waits && kindOf(write) === 'due' ? null : write;
  }),

  'told-apart': {
    deps: (right, { table, publish }) => {
      const store = handoffStore({ ...table, client: table.client }, timeZone);
      return {
        ...right,
        handoffs: {
          ...store,
          async change(write) {
            const changed = await store.change({ ...write, what: null });
            if (changed.outcome === 'written' && write.what !== null) {
              const { leadId, cycle, ver } = changed.handoff;
              const at = changed.handoff.history.at(-1)?.at ?? '';
              const detail = { leadId, cycle, what: write.what, ver, at, handoff: { ...changed.handoff } };
              await publish([{ detailType: 'HandoffChanged', detail }]);
            }
            return changed;
          },
        },
      };
    },
  },
} as const satisfies Readonly<Record<string, HandoffDesign>>;

export type WrongHandoffDesign = keyof typeof wrongHandoffDesigns;

export const rightHandoffDesign: HandoffDesign = {};
