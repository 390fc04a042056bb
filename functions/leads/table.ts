/**
 * The keys of the table `leads`, in one place. Item kinds are told apart by `kind`; every item but the indexes' own keys is
 * written by one store. Indexes: `byTime` (local: pk + `byTime`, consistent), `byDay` (`dayPk`/`daySk`, the day index of the
 * metrics) and `byList` (`listPk`/`listSk`, sparse: a lead under its rating, a hand-off under its status, a due thing under its
 * shard, an outbox row under its shard).
 */
import { createHash } from 'node:crypto';
import { stableId } from './lead-id.ts';

export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** Lists that every lead may write to are spread over this many partitions, so that none is hot. */
export const shards = 4;

/** Copies of the active scoring model's version: every new lead checks one, and no single item is to be hot. */
export const activeModelShards = 16;

/** Copies of the sending switch: every claim checks one, for the same reason. */
export const sendingSwitchShards = 16;

/** Which partition of a sharded list `id` belongs to: stable, evenly spread. */
export function shardOf(id: string, among = shards): number {
  return createHash('sha256').update(id).digest().readUInt32BE(0) % among;
}

export const key = {
  lead: (leadId: string): Key => ({ pk: `L#${leadId}`, sk: 'A' }),
  activity: (leadId: string, activityId: string): Key => ({ pk: `L#${leadId}`, sk: `E#${activityId}` }),
  /** Who holds a scope of a rule, under one scoring model. */
  holder: (leadId: string, modelVersion: string, name: string): Key => ({
    pk: `L#${leadId}`,
    sk: `K#${modelVersion}#${name}`,
  }),
  statement: (leadId: string, activityId: string): Key => ({ pk: `L#${leadId}`, sk: `D#${activityId}` }),
  milestone: (leadId: string, milestone: string): Key => ({ pk: `L#${leadId}`, sk: `M#${milestone}` }),
  qualification: (leadId: string, cycle: number): Key => ({ pk: `L#${leadId}`, sk: `Q#${cycle}` }),
  handoff: (leadId: string, cycle: number): Key => ({ pk: `L#${leadId}`, sk: `H#${cycle}` }),
  enrollment: (leadId: string, sequence: string): Key => ({ pk: `L#${leadId}`, sk: `S#${sequence}` }),
  send: (leadId: string, sequence: string, run: string, step: number): Key => ({
    pk: `L#${leadId}`,
    sk: `X#${sequence}#${run}#${step}`,
  }),
  /** What became of one message: delivered, opened, bounced. Apart from the send, so that news never waits for a claim. */
  message: (leadId: string, sequence: string, run: string, step: number): Key => ({
    pk: `L#${leadId}`,
    sk: `W#${sequence}#${run}#${step}`,
  }),
  /** That a walk began or ended, for the day's figures. */
  walk: (leadId: string, sequence: string, run: string, what: 'entered' | 'left'): Key => ({
    pk: `L#${leadId}`,
    sk: `N#${sequence}#${run}#${what}`,
  }),
  /** Which marketing e-mails a lead was sent lately: what the caps are counted from. */
  frequency: (leadId: string): Key => ({ pk: `L#${leadId}`, sk: 'F' }),
  /** When the lead was last asked to confirm their address. */
  confirmation: (leadId: string): Key => ({ pk: `L#${leadId}`, sk: 'G' }),
  consentEvidence: (leadId: string, at: string, id: string): Key => ({ pk: `L#${leadId}`, sk: `C#${at}#${id}` }),
  /** An address the lead had before; `addressId` is the id that a lead who came with it would have. */
  formerAddress: (leadId: string, addressId: string): Key => ({ pk: `L#${leadId}`, sk: `B#${addressId}` }),
  outbox: (leadId: string, activityId: string, n: number): Key => ({ pk: `L#${leadId}`, sk: `O#${activityId}#${n}` }),
  /** Keyed by the lead id, which is a keyed hash of the address: it survives erasure and names nobody. */
  suppression: (leadId: string): Key => ({ pk: `U#${leadId}`, sk: 'SUPPRESSION' }),
  /** A browser or user id that the lead has said is theirs. Goes with the lead, so that erasure finds it. */
  leadVisitor: (leadId: string, visitor: string): Key => ({ pk: `L#${leadId}`, sk: `V#${visitor}` }),
  /** Who has said to be this visitor. Under a hash: that nobody is to be found behind it any more, may be kept for good. */
  visitor: (id: string): Key => ({ pk: `V#${stableId('visitor', id)}`, sk: 'A' }),
  visitorActivity: (id: string, activityId: string): Key => ({ pk: key.visitor(id).pk, sk: `E#${activityId}` }),
  /** A row that counts on its day, of somebody who was erased: `id` and `standIn` lead to nobody. */
  anonymous: (standIn: string, id: string): Key => ({ pk: `G#${standIn}`, sk: `E#${id}` }),
  /** An activity about nobody in particular: ad spend, a cost line. */
  impersonal: (kind: string, id: string): Key => ({ pk: `N#${kind}#${id}`, sk: 'E' }),
  due: (kind: string, subject: string): Key => ({ pk: `T#${kind}#${subject}`, sk: 'T' }),
  playbook: (hash: string, part: string): Key => ({ pk: `P#${hash}`, sk: part }),
  /** One of the copies of which scoring model is active. */
  activeModel: (shard: number): Key => ({ pk: `A#${shard}`, sk: 'MODEL' }),
  /** A crossing that a change of the playbook caused, and what was decided on it. */
  review: (leadId: string): Key => ({ pk: `L#${leadId}`, sk: 'R' }),
  /** One of the copies of what may be sent at all. */
  sendingSwitch: (shard: number): Key => ({ pk: `Z#${shard}`, sk: 'SWITCH' }),
  /** One change of what may be sent, with who made it and why; `ver` counts them. */
  sendingChange: (ver: number): Key => ({ pk: 'Z', sk: `CHANGE#${String(ver).padStart(8, '0')}` }),
  /** How much of SES's rate and of the day's quota is taken. */
  sendingQuota: (): Key => ({ pk: 'Z', sk: 'QUOTA' }),
  reception: (formId: string): Key => ({ pk: `F#${formId}`, sk: 'RECEPTION' }),
  /** A local day whose rows have come, gone or changed since it was last folded. */
  changedDay: (day: string): Key => ({ pk: 'Y', sk: day }),
  /** Who has how many leads, and whose turn it is. */
  roster: (): Key => ({ pk: 'R', sk: 'ROSTER' }),
  /** That the place of an erased lead has been given back, so that it is once. */
  freedPlace: (leadId: string): Key => ({ pk: `R#FREED#${leadId}`, sk: 'FREED' }),
  /** What one rep did with their leads lately. */
  repRecord: (rep: string): Key => ({ pk: `R#${rep}`, sk: 'RECORD' }),
  /** A call to somebody else's system about a lead. */
  delivery: (leadId: string, deliveryId: string): Key => ({ pk: `L#${leadId}`, sk: `J#${deliveryId}` }),
  /** Something a rep is to do for a lead. */
  task: (leadId: string, taskId: string): Key => ({ pk: `L#${leadId}`, sk: `T#${taskId}` }),
  /** That a lead is shown advertisements. */
  audienceMember: (leadId: string, audience: string): Key => ({ pk: `L#${leadId}`, sk: `Y#${audience}` }),
  /** How the latest search for lost feedback went. */
  reconciliation: (): Key => ({ pk: 'Z', sk: 'RECONCILIATION' }),
  /** How far the leads have been brought to the active scoring model. */
  activation: (): Key => ({ pk: 'A', sk: 'ACTIVATION' }),
} as const;

/** Index keys of a review that waits for a decision. */
export function reviewKeys(at: string, leadId: string): { listPk: string; listSk: string } {
  return { listPk: 'REVIEW', listSk: `${at}#${leadId}` };
}

/** Index keys of a row that counts on a local day. */
export function dayKeys(day: string, recordedAt: string, id: string): { dayPk: string; daySk: string } {
  return { dayPk: `D#${day}#${shardOf(id)}`, daySk: `${recordedAt}#${id}` };
}

/** Every day-index partition of one local day. */
export function dayPartitions(day: string): readonly string[] {
  return Array.from({ length: shards }, (_, shard) => `D#${day}#${shard}`);
}

/** Index keys of a due thing. */
export function dueKeys(dueAt: string, kind: string, subject: string): { listPk: string; listSk: string } {
  return { listPk: `DUE#${shardOf(subject)}`, listSk: `${dueAt}#${kind}#${subject}` };
}

export function duePartitions(): readonly string[] {
  return Array.from({ length: shards }, (_, shard) => `DUE#${shard}`);
}

/** Index keys of a walk that is under way, in the order in which something is due. */
export function walkKeys(sequence: string, dueAt: string, leadId: string): { listPk: string; listSk: string } {
  return { listPk: `WALK#${sequence}#${shardOf(leadId)}`, listSk: `${dueAt}#${leadId}` };
}

export function walkPartitions(sequence: string): readonly string[] {
  return Array.from({ length: shards }, (_, shard) => `WALK#${sequence}#${shard}`);
}

/** Index keys of a message that SES has accepted and of which nobody has told yet whether it arrived. */
export function feedbackKeys(
  sentAt: string,
  message: { readonly leadId: string; readonly sequence: string; readonly run: string; readonly step: number },
): { listPk: string; listSk: string } {
  const { leadId, sequence, run, step } = message;
  return { listPk: `FEEDBACK#${shardOf(leadId)}`, listSk: `${sentAt}#${leadId}#${sequence}#${run}#${step}` };
}

export function feedbackPartitions(): readonly string[] {
  return Array.from({ length: shards }, (_, shard) => `FEEDBACK#${shard}`);
}

/** Index keys of a message that a person should look at: nobody knows whether it went out, or it could not. */
export function troubleKeys(at: string, id: string): { listPk: string; listSk: string } {
  return { listPk: 'TROUBLE', listSk: `${at}#${id}` };
}

/** Index keys of somebody in an audience: who is in it before who has left, by variant, those who have bought apart. */
export function audienceKeys(member: {
  readonly leadId: string;
  readonly audience: string;
  readonly variant: string;
  readonly leftAt: string | null;
  readonly convertedAt: string | null;
}): { listPk: string; listSk: string } {
  const { leadId, audience, variant, leftAt, convertedAt } = member;
  const place = `${leftAt === null ? 'in' : 'out'}#${variant}#${convertedAt === null ? 'open' : 'converted'}`;
  return { listPk: `AUDIENCE#${audience}#${shardOf(leadId)}`, listSk: `${place}#${leadId}` };
}

export function audiencePartitions(audience: string): readonly string[] {
  return Array.from({ length: shards }, (_, shard) => `AUDIENCE#${audience}#${shard}`);
}

/** Index keys of an outbox row: found again by the sweep when the stream did not publish it. */
export function outboxKeys(at: string, id: string): { listPk: string; listSk: string } {
  return { listPk: `OUTBOX#${shardOf(id)}`, listSk: `${at}#${id}` };
}

export function outboxPartitions(): readonly string[] {
  return Array.from({ length: shards }, (_, shard) => `OUTBOX#${shard}`);
}

/** Index keys of a lead in the list of its rating: scores in buckets of five, so that most activities leave the index alone. */
export function ratingKeys(rating: string, score: number, leadId: string): { listPk: string; listSk: string } {
  const bucket = Math.max(0, Math.floor(score / 5) * 5);
  return { listPk: `RATING#${rating}`, listSk: `${String(bucket).padStart(6, '0')}#${leadId}` };
}

/** Index keys of a call to another system, in the list of its status. */
export function deliveryKeys(
  status: string,
  createdAt: string,
  deliveryId: string,
): { listPk: string; listSk: string } {
  return { listPk: `DELIVERY#${status}`, listSk: `${createdAt}#${deliveryId}` };
}

/** Index keys of a task: those to be done by when they are due, those that are done by when they were. */
export function taskKeys({
  taskId,
  dueAt,
  doneAt,
}: {
  readonly taskId: string;
  readonly dueAt: string;
  readonly doneAt: string | null;
}): { listPk: string; listSk: string } {
  const [list, at] = doneAt === null ? ['TASK#open', dueAt] : ['TASK#done', doneAt];
  return { listPk: list, listSk: `${at}#${taskId}` };
}

/**
 * Index keys of a hand-off in the list of its status, in the order sales works it (D11, requirements §2.8): explicit requests
 * before threshold crossings, then the higher score, then the older one. Scores count to one decimal and are far below 100,000.
 */
export function handoffKeys(
  status: string,
  handoff: {
    readonly handoffId: string;
    readonly qualifiedBy: 'explicit-request' | 'threshold';
    readonly score: number;
    readonly qualifiedAt: string;
  },
): { listPk: string; listSk: string } {
  const rank = handoff.qualifiedBy === 'explicit-request' ? 0 : 1;
  const fromTheTop = Math.max(0, 99_999.9 - handoff.score)
    .toFixed(1)
    .padStart(8, '0');
  return { listPk: `HANDOFF#${status}`, listSk: `${rank}#${fromTheTop}#${handoff.qualifiedAt}#${handoff.handoffId}` };
}
