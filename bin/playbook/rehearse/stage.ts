import { marshall } from '@aws-sdk/util-dynamodb';
import { askConfirmation } from '../../../functions/consent/ask-confirmation.ts';
import { confirmationStore } from '../../../functions/consent/confirmation.store.ts';
import { consentStore } from '../../../functions/consent/consent.store.ts';
import { suppressionStore } from '../../../functions/consent/suppression.store.ts';
import { followUpStore } from '../../../functions/handoff/follow-up.store.ts';
import { awaitScored, followUpLead } from '../../../functions/handoff/follow-up-lead.ts';
import { handOffLead } from '../../../functions/handoff/hand-off-lead.ts';
import { handoffStore } from '../../../functions/handoff/handoff.store.ts';
import { taskStore } from '../../../functions/handoff/task.store.ts';
import { activateModel } from '../../../functions/leads/activate-model.ts';
import { activationStore } from '../../../functions/leads/activation.store.ts';
import * as events from '../../../functions/leads/bus-event.ts';
import { changeStore } from '../../../functions/leads/change.store.ts';
import { leadStore } from '../../../functions/leads/lead.store.ts';
import { readLinkKeys } from '../../../functions/leads/link-token.ts';
import { publishChanges } from '../../../functions/leads/publish-changes.ts';
import { sweepDue } from '../../../functions/leads/sweep-due.ts';
import { visitorStore } from '../../../functions/leads/visitor.store.ts';
import { endWalksFor } from '../../../functions/nurture/end-walks.ts';
import { enrollmentStore } from '../../../functions/nurture/enrollment.store.ts';
import { followActivity, followScore } from '../../../functions/nurture/follow-lead.ts';
import { frequencyStore } from '../../../functions/nurture/frequency.store.ts';
import type { Message } from '../../../functions/nurture/message.ts';
import { messageLinks } from '../../../functions/nurture/message-links.ts';
import { PromisedAssets } from '../../../functions/nurture/promised-asset.ts';
import { sendStore } from '../../../functions/nurture/send.store.ts';
import { sendRequested } from '../../../functions/nurture/send-message.ts';
import { sendStep } from '../../../functions/nurture/send-step.ts';
import type { OutgoingEvent } from '../../../functions/runtime/publish.ts';
import { compileModel } from '../../../functions/scoring/compiled-model.ts';
import { personOf, scoreActivities } from '../../../functions/scoring/score-activities.ts';
import { settleLead } from '../../../functions/scoring/settle-lead.ts';
import { leadsTable } from '../../simulate/leads-table.ts';
import { twinClient } from '../../simulate/twin/client.ts';
import { type Change, tableTwin } from '../../simulate/twin/table.ts';
import type { PlaybookParts } from '../compile.ts';

const version = 'rehearsed';
const secret = '{"current":"k1","k1":"only for a rehearsal, where nothing leaves"}';

/** The product in one process, with a clock of its own and nothing between its parts. */
export interface Stage {
  readonly enrollments: ReturnType<typeof enrollmentStore>;
  /** Something happens now: the event and all that follows from it. */
  tell(event: OutgoingEvent): Promise<void>;
  /** Goes to the next instant, not after `ms` (epoch milliseconds), at which something is due, and does it. False: at `ms`, nothing was. */
  runOn(ms: number): Promise<boolean>;
}

export interface StageDeps {
  readonly startMs: number;
  readonly parts: PlaybookParts;
  /** SES has this. */
  readonly onMail: (message: Message, at: number) => void;
  /** Everything that the bus carries, as it comes. */
  readonly onEvent: (event: OutgoingEvent, at: number) => void;
}

/** Builds the production workflows on a table in memory (T12). */
export async function stageFor({ startMs, parts, onMail, onEvent }: StageDeps): Promise<Stage> {
  const { account, forms, team, sequences, emails } = parts;
  const { timeZone } = account;
  let clock = startMs;
  const now = () => clock;
  const changes: Change[] = [];
  const queue: OutgoingEvent[] = [];
  const onWritten = (written: readonly Change[]) => void changes.push(...written);
  const twin = tableTwin(leadsTable, { now, lagMs: () => 0, onWritten });
  const table = { name: 'leads', client: twinClient(twin, async (request) => request.arrive()) };
  const publish = async (outgoing: readonly OutgoingEvent[]) => void queue.push(...outgoing);
  const model = compileModel(parts.scoring, version, timeZone);
  const leads = leadStore(table, timeZone);
  const enrollments = enrollmentStore(table, timeZone);
  const sends = sendStore(table, timeZone);
  const baseUrl = 'https://ripen.example';
  const linkKeys = async () => readLinkKeys(secret);
  const common = { leads, enrollments, sends, now, account, baseUrl, version, sequences: async () => sequences };
  const models = { active: async () => version, get: async () => model };
  const scoring = {
    ...{ leads, models, now },
    linkKeys: async () => secret,
    visitors: visitorStore(table, timeZone),
    suppressions: suppressionStore(table),
    pepper: async () => 'rehearsal',
  };
  const follow = { ...common, publish, assets: PromisedAssets.parse(forms), planned: parts['follow-up'] };
  const handOff = {
    ...{ leads, team, account, now },
    handoffs: handoffStore(table, timeZone),
    silenced: async () => [],
    pause: async () => {},
  };
  const followUps = {
    ...{ leads, team, now, publish, plan: parts['follow-up'], handoffs: handOff.handoffs },
    tasks: taskStore(table),
    followUps: followUpStore(table),
  };
  let mails = 0;
  const sending = {
    ...common,
    frequencies: frequencyStore(table),
    emails: async () => emails,
    links: messageLinks({ baseUrl, replyDomain: undefined }, async () => secret),
    gate: { admit: async () => ({ outcome: 'go' as const }) },
    toMime: async () => new Uint8Array(),
    newToken: () => `token-${mails}`,
    async sendMail(message: Message) {
      onMail(message, clock);
      mails += 1;
      return { outcome: 'accepted' as const, messageId: `message-${mails}` };
    },
  };
  const confirmed = new Set(Object.keys(forms.forms).filter((id) => forms.forms[id]?.doubleOptIn));
  const asking = {
    ...{ linkKeys, baseUrl, now, forms: confirmed, language: account.language },
    consents: consentStore(table),
    confirmations: confirmationStore(table),
  };
  const changed = changeStore(table);
  const activations = activationStore(table);

  const doors: Readonly<Record<string, (detail: unknown) => Promise<unknown>>> = {
    ActivityCaptured: door(events.ActivityCaptured, async (activity) =>
      scoreActivities([activity], await personOf(activity, scoring), scoring),
    ),
    ActivityRecorded: door(events.ActivityRecorded, async (recorded) => {
      if (recorded.leadId) await askConfirmation(recorded.leadId, recorded.activity, asking);
      await followActivity(recorded, follow);
    }),
    LeadScored: door(events.LeadScored, async (scored) => {
      await followScore(scored, follow);
      await awaitScored(scored, followUps);
    }),
    FollowUpDue: door(events.FollowUpDue, (due) => followUpLead(due, followUps)),
    ScoreDue: door(events.ScoreDue, ({ leadId }) => settleLead(leadId, { leads, models, now })),
    LeadQualified: door(events.LeadQualified, (qualified) => handOffLead(qualified, handOff)),
    LeadHandedOff: door(events.LeadHandedOff, ({ leadId }) => endWalksFor(leadId, 'handed-off', common)),
    StepDue: door(events.StepDue, (knock) => sendStep(knock, sending)),
    MessageRequested: door(events.MessageRequested, (request) => sendRequested(request, sending)),
  };

  /** Everything that follows from what has just been written or said. */
  async function settle(): Promise<void> {
    while (queue.length > 0 || changes.length > 0) {
      const written = changes.splice(0).filter(({ after }) => after?.kind !== 'due');
      const records = written.map(({ before, after }) => ({
        dynamodb: { ...(before && { OldImage: marshall(before) }), ...(after && { NewImage: marshall(after) }) },
      }));
      if (records.length > 0)
        await publishChanges(records as Parameters<typeof publishChanges>[0], {
          changes: changed,
          publish,
          now,
          activeModel: async () => version,
        });
      const event = queue.shift();
      if (!event) continue;
      onEvent(event, clock);
      await doors[event.detailType]?.(event.detail);
    }
  }

  await activateModel(version, { activations, publish, now });
  await settle();

  return {
    enrollments,
    async tell(event) {
      queue.push(event);
      await settle();
    },
    async runOn(ms) {
      const due = await changed.nextDueAt();
      const isDue = due !== null && Date.parse(due) <= ms;
      clock = Math.max(clock, isDue ? Date.parse(due) : ms);
      if (!isDue) return false;
      await sweepDue({ changes: changed, publish, now });
      await settle();
      return true;
    },
  };
}

function door<Detail>(
  kind: { readonly detail: { parse(detail: unknown): Detail } },
  handle: (detail: Detail) => Promise<unknown>,
): (detail: unknown) => Promise<unknown> {
  return (detail) => handle(kind.detail.parse(detail));
}
