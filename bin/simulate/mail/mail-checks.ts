import { leadIdOf } from '../../../functions/leads/lead-id.ts';
import { Enrollment, isOver } from '../../../functions/nurture/enrollment.ts';
import { programOf } from '../../../functions/nurture/program.ts';
import { isFinal, Send } from '../../../functions/nurture/send.ts';
import { emailOf } from '../doings.ts';
import { pepper } from '../keys.ts';
import type { Item } from '../twin/item.ts';
import { sequences } from './mail-playbook.ts';
import type { MailSimulation } from './mail-simulation.ts';

/** What must hold once everything has come to rest, as sentences about what does not. */
export function brokenMail(simulation: MailSimulation): string[] {
  const { table } = simulation;
  const items = table.all();
  const sends = items.filter(({ kind }) => kind === 'send').flatMap((item) => Send.safeParse(item).data ?? []);
  const walks = items.filter(({ kind }) => kind === 'enrollment').map((item) => Enrollment.parse(item));
  return [
    ...simulation.broken,
    ...doubled(simulation),
    ...simulation.dead().map((body) => `I-Q1: a dead letter stays dead: ${body.slice(0, 200)}`),
    ...items.flatMap(({ kind, pk, sk }) => (kind === 'outbox' ? [`I-Q1: ${pk} ${sk} was never told`] : [])),
    ...sends.flatMap((send) =>
      isFinal(send) ? [] : [`I-M2: ${send.sequence} step ${send.step} of ${send.leadId} stays ${send.status}`],
    ),
    ...sends.flatMap(({ status, leadId, step }) =>
      status === 'unconfirmed' && !simulation.mayLose ? [`I-M3: step ${step} of ${leadId} is unconfirmed`] : [],
    ),
    ...walks.flatMap((walk) =>
      isOver(walk) ? skipped(walk, sends) : [`I-M2: the walk of ${walk.leadId} through ${walk.sequence} stands still`],
    ),
    ...strayed(simulation, sends, items),
    ...forgotten(simulation, items),
  ];
}

/** SES took a message twice: never, but what must arrive may once come again when nobody knew. */
function doubled({ ses }: MailSimulation): string[] {
  const times = Map.groupBy(ses.accepted, ({ leadId, sequence, run, step }) => `${leadId} ${sequence} ${run} ${step}`);
  return [...times].flatMap(([id, messages]) => {
    const most = id.includes(' asset-') ? 2 : 1;
    return messages.length > most ? [`I-M1: SES took ${id} ${messages.length} times`] : [];
  });
}

/** A walk that went to its end brought every e-mail on its way, or there is a record that says why not. */
function skipped({ leadId, sequence: id, run, status }: Enrollment, sends: readonly Send[]): string[] {
  const sequence = sequences.find((one) => one.id === id);
  if (!sequence || status !== 'completed') return [];
  const all = programOf(sequence).flatMap(({ step }, index) => (step.kind === 'email' ? [index + 1] : []));
  const brought = sends.filter((send) => send.leadId === leadId && send.sequence === id && send.run === run);
  // One of the two ways of a waitFor is not gone.
  const missing = all.filter((step) => !brought.some((send) => send.step === step));
  const most = id === 'webinar' ? 1 : 0;
  return missing.length > most ? [`I-M2: ${leadId} never heard of steps ${missing.join(', ')} of ${id}`] : [];
}

/** SES took what no record knows of. */
function strayed({ ses, erased }: MailSimulation, sends: readonly Send[], items: readonly Item[]): string[] {
  return ses.accepted.flatMap(({ leadId, sequence, run, step, at }) => {
    if (erased.has(leadId) || items.some(({ kind, pk }) => kind === 'erased' && pk === `L#${leadId}`)) return [];
    const send = sends.find(
      (one) => one.leadId === leadId && one.sequence === sequence && one.run === run && one.step === step,
    );
    return send && send.status !== 'cancelled' && send.status !== 'failed'
      ? []
      : [`I-M2: SES took step ${step} of ${leadId} at ${new Date(at).toISOString()}, the record says ${send?.status}`];
  });
}

/** Nobody who filled in a form is lost, and nobody who was erased comes back. */
function forgotten({ story, table, erased, silenced }: MailSimulation, items: readonly Item[]): string[] {
  const people = new Set(story.doings.map(({ leadId }) => leadId));
  return [...people].flatMap((leadId) => {
    const lead = table.get({ pk: `L#${leadId}`, sk: 'A' });
    if (!erased.has(leadId)) {
      if (lead?.kind === 'erased') return [];
      if (lead?.kind !== 'lead') return [`I-Q1: nobody knows ${leadId}, who filled in a form`];
      const walks = items.filter(({ kind, pk }) => kind === 'enrollment' && pk === `L#${leadId}`);
      return walks.length > 0 || silenced.has(leadId) || lead.suppressed ? [] : [`I-M2: ${leadId} was never enrolled`];
    }
    const own = items.filter(({ pk }) => pk === `L#${leadId}`);
    const personal = JSON.stringify(items.filter(({ kind }) => kind !== 'erased')).includes(
      emailAddressOf(leadId, story),
    );
    return [
      ...(lead?.kind === 'erased' ? [] : [`I-E2: ${leadId} was erased and is a ${lead?.kind ?? 'nobody'}`]),
      ...own.filter(({ kind }) => kind !== 'erased').map(({ sk }) => `I-E1: ${leadId} was erased and ${sk} is left`),
      ...(personal ? [`I-E1: the address of ${leadId} is still there`] : []),
    ];
  });
}

function emailAddressOf(leadId: string, { doings }: MailSimulation['story']): string {
  const person = doings.findIndex((doing) => doing.leadId === leadId);
  const found = [0, 1].map(emailOf).find((email) => leadIdOf(email, pepper) === leadId);
  return found ?? `nobody-${person}`;
}
