import { type Handoff, isOpen } from '../../../functions/handoff/handoff.ts';
import { leadOf } from '../../../functions/leads/lead-item.ts';
import { key } from '../../../functions/leads/table.ts';
import type { Item } from '../twin/item.ts';
import type { HandoffSimulation } from './handoff-simulation.ts';
import { brokenBooks } from './sales-books.ts';
import { handoffsIn } from './sales-chronicle.ts';

/** What must hold once everything has come to rest, as sentences about what does not. */
export function brokenHandoffs(simulation: HandoffSimulation): string[] {
  const items = simulation.table.all();
  const handoffs = handoffsIn(items);
  return [
    ...simulation.broken,
    ...simulation.chronicle.broken,
    ...simulation.witness.broken,
    ...simulation.dead().map((body) => `I-Q1: a dead letter stays dead: ${body.slice(0, 200)}`),
    ...items.flatMap(({ kind, pk, sk }) => (kind === 'outbox' ? [`I-Q1: ${pk} ${sk} was never told`] : [])),
    ...missing(simulation, handoffs),
    ...handoffs.flatMap((handoff) => atRest(handoff, simulation)),
    ...leadsAtRest(items, handoffs),
    ...stray(items, handoffs),
    ...untold(simulation),
    ...unheard(simulation),
    ...brokenBooks(simulation, handoffs),
  ];
}

/** One for each qualification that was told, but of whom nobody may hand off. */
function missing({ qualified, table }: HandoffSimulation, handoffs: readonly Handoff[]): string[] {
  const ids = new Set(handoffs.map(({ handoffId }) => handoffId));
  return [...qualified].flatMap((id) => {
    const lead = table.get(key.lead(id.split('.')[0] ?? ''));
    if (ids.has(id) || lead?.kind !== 'lead') return [];
    const { suppressed, qualification } = leadOf(lead);
    const isCurrent = id.endsWith(`.${qualification?.cycle}`);
    // Withheld: sales does not have them, and they may qualify again.
    const isWithheld = suppressed?.reason === 'complaint' || !isCurrent || !qualification?.open;
    return isWithheld ? [] : [`I-H1: ${id} was qualified and never handed off`];
  });
}

/** Nobody waits for anything any more: each is closed, somebody's, or the manager's. */
function atRest(handoff: Handoff, { story, table, world }: HandoffSimulation): string[] {
  const { handoffId, status, level, dueAt, leadId } = handoff;
  const due = table.get(key.due('handoff', handoffId));
  const isDue = isOpen(handoff) && dueAt !== null;
  const waits = status === 'queued' || (status === 'assigned' && (dueAt !== null || level !== 'manager'));
  const mayWait = story.team.isFair || (dueAt !== null && Date.parse(dueAt) > world.now() + 86_400_000);
  return [
    ...(waits && !mayWait ? [`SLA: ${handoffId} stays ${status} at ${level}, due at ${dueAt}`] : []),
    ...((due !== undefined) === isDue
      ? []
      : [`SLA: ${handoffId} is ${status}, due at ${dueAt}, and ${due ? 'a' : 'no'} clock runs`]),
    ...(table.get(key.lead(leadId))?.kind === 'lead' ? [] : [`I-H2: ${handoffId} is left of an erased lead`]),
  ];
}

/** What a lead says of sales is what the hand-offs say. */
function leadsAtRest(items: readonly Item[], handoffs: readonly Handoff[]): string[] {
  return items
    .filter(({ kind }) => kind === 'lead')
    .flatMap((item) => {
      const { leadId, qualification, owner } = leadOf(item);
      const last = handoffs.filter((each) => each.leadId === leadId).sort((a, b) => b.cycle - a.cycle)[0];
      const isTheLast = last?.cycle === qualification?.cycle;
      const isOfSales = last !== undefined && isOpen(last);
      return [
        ...(isTheLast && isOfSales !== (qualification?.open ?? false)
          ? [
              `I-H1: ${last?.handoffId} is ${last?.status}, and its lead ${qualification?.open ? 'has' : 'has no'} open cycle`,
            ]
          : []),
        ...(((isTheLast && last?.rep) || null) === owner
          ? []
          : [`I-H1: ${leadId} is ${owner}'s, ${last?.handoffId} ${last?.rep}'s`]),
      ];
    });
}

/** A clock that runs for nothing. */
function stray(items: readonly Item[], handoffs: readonly Handoff[]): string[] {
  const ids = new Set(handoffs.map(({ handoffId }) => handoffId));
  return items.flatMap(({ kind, due, subject }) =>
    kind === 'due' && due === 'handoff' && !ids.has(String(subject))
      ? [`SLA: a clock runs for ${subject}, which is not`]
      : [],
  );
}

/** Every change is heard of outside, as it was, and nothing that was not (I-H3). Of an erased lead nothing need be. */
function untold({ chronicle, witness, table }: HandoffSimulation): string[] {
  const erased = ({ leadId }: Handoff) => table.get(key.lead(leadId))?.kind !== 'lead';
  const missing = [...chronicle.changes].filter(([name, handoff]) => !witness.heard.has(name) && !erased(handoff));
  return [
    ...missing.map(([name, { status }]) => `I-H3: nobody has heard of ${name} (${status})`),
    ...[...witness.heard].flatMap(([name, { handoff, what }]) => {
      const written = chronicle.changes.get(name);
      if (!written) return [`I-H3: told of ${name} (${what}), which was not`];
      return JSON.stringify(written) === JSON.stringify(handoff)
        ? []
        : [`I-H3: ${name} was told otherwise than it was`];
    }),
    ...[...chronicle.changes.values()].flatMap(({ handoffId, firstAssignedAt, leadId }) =>
      firstAssignedAt && !witness.handedOff.has(handoffId) && table.get(key.lead(leadId))?.kind === 'lead'
        ? [`I-H3: nobody has heard that ${handoffId} was handed off`]
        : [],
    ),
  ];
}

/** Whoever was told that it is done has done it, for the turn they were asked about. */
function unheard({ said, chronicle }: HandoffSimulation): string[] {
  return said.flatMap(({ asked: { leadId, cycle, answer, by, turn }, answer: { outcome, handoff } }) => {
    const id = `${leadId}.${cycle}`;
    const who = `${by || 'somebody'} was told ${outcome} of ${answer.answer} for ${id}`;
    if (
      outcome === 'taken' &&
      by !== '' &&
      handoff?.rep === by &&
      handoff.status === 'accepted' &&
      answer.answer === 'accept'
    )
      return [`answers: ${who}, who has it`];
    if (outcome !== 'done') return [];
    const whats =
      answer.answer === 'accept'
        ? ['accepted']
        : answer.answer === 'reject'
          ? ['rejected', 'declined']
          : [answer.answer];
    const done = chronicle.deeds.filter(({ handoffId, what }) => handoffId === id && whats.includes(what));
    const own = by === '' ? done : done.filter((deed) => deed.by === by);
    // What somebody has reported already is done, whoever says it again.
    if (done.length > 0 && (answer.answer === 'contacted' || answer.answer === 'meeting')) return [];
    if (own.length === 0) return [`answers: ${who}, and it is not so`];
    const bound = turn === undefined ? own : own.filter(({ turnBefore }) => turnBefore === turn);
    return bound.length > 0
      ? []
      : [`answers: ${who} by a link of turn ${turn}, in turn ${own.map((deed) => deed.turnBefore)}`];
  });
}
