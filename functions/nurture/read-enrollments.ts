import type { EnrollmentStore } from './enrollment.store.ts';
import { type Enrollment, type ExitReason, statusAt } from './enrollment.ts';
import type { MessageFateStore } from './message-fate.store.ts';
import type { MessageFate } from './message-fate.ts';
import type { SendStore } from './send.store.ts';
import type { Send, SendStatus } from './send.ts';
import type { SendingSwitch } from './sending-switch.ts';
import { type WhyNot, whyNot } from './why-next.ts';

export interface SendView {
  readonly step: number;
  readonly status: SendStatus;
  readonly template: string;
  readonly messageId: string | null;
  readonly at: string;
  /** Why it was not sent. */
  readonly reason: string | null;
  /** What became of it, once it was sent; `null` before, and for what nobody tells us of. */
  readonly fate: FateView | null;
}

/** What became of a message, each fact with its first instant; what has not happened is left out. */
export type FateView = Omit<
  MessageFate,
  'leadId' | 'sequence' | 'run' | 'step' | 'template' | 'messageId' | 'variant' | 'settledAt'
>;

/** A walk as people see it: `GET /api/leads/{leadId}/enrollments`. */
export interface EnrollmentView {
  readonly sequence: string;
  readonly version: string;
  readonly status: ReturnType<typeof statusAt>;
  readonly step: number;
  readonly dueAt: string | null;
  /** Why not before. */
  readonly because: WhyNot | null;
  readonly sends: readonly SendView[];
  readonly exit: { readonly reason: ExitReason; readonly at: string } | null;
}

/** A single message about a lead, outside any sequence: a promised asset, a hot lead told to a rep. */
export interface SingleMessageView extends SendView {
  readonly sequence: string;
  readonly purpose: Send['purpose'];
}

export interface EnrollmentsView {
  readonly enrollments: readonly EnrollmentView[];
  readonly messages: readonly SingleMessageView[];
}

export interface ReadEnrollmentsDeps {
  readonly enrollments: Pick<EnrollmentStore, 'list'>;
  readonly sends: Pick<SendStore, 'list'>;
  readonly fates: Pick<MessageFateStore, 'list'>;
  readonly now: () => number;
}

/** Every walk of a lead with what it has sent, oldest first, and the single messages. Empty for a lead in no sequence. */
export async function readEnrollments(leadId: string, deps: ReadEnrollmentsDeps): Promise<EnrollmentsView> {
  const [enrollments, sends, fates] = await Promise.all([
    deps.enrollments.list(leadId),
    deps.sends.list(leadId),
    deps.fates.list(leadId),
  ]);
  const viewOf = (send: Send) => sendView(send, fates.find((fate) => isOf(fate, send)) ?? null);
  const inOrder = sends.toSorted((a, b) => (a.firstAt < b.firstAt ? -1 : 1));
  return {
    enrollments: enrollments
      .toSorted((a, b) => (a.enrolledAt < b.enrolledAt ? -1 : 1))
      .map((enrollment) => ({
        sequence: enrollment.sequence,
        version: enrollment.version,
        status: statusAt(enrollment, deps.now()),
        step: enrollment.step,
        dueAt: enrollment.dueAt,
        because: enrollment.because,
        sends: inOrder.filter((send) => belongs(send, enrollment)).map(viewOf),
        exit: enrollment.exit,
      })),
    messages: inOrder
      .filter(({ purpose }) => purpose !== 'marketing')
      .map((send) => ({ sequence: send.sequence, purpose: send.purpose, ...viewOf(send) })),
  };
}

/** The walks as they are with the switch as it is now: who is still held by a pause that is over waits for the next look only. */
export function unlessLetGo(
  view: EnrollmentsView,
  sendingSwitch: Pick<SendingSwitch, 'paused' | 'sequences'>,
): EnrollmentsView {
  const enrollments = view.enrollments.map((walk): EnrollmentView => {
    if (walk.because === 'let-go') return walk;
    const because = whyNot({ ...walk, because: walk.because }, sendingSwitch);
    return because === 'let-go' ? { ...walk, because, status: 'waiting' } : walk;
  });
  return { ...view, enrollments };
}

function belongs(send: Send, { sequence, run }: Enrollment): boolean {
  return send.sequence === sequence && send.run === run;
}

function isOf(fate: MessageFate, { sequence, run, step }: Send): boolean {
  return fate.sequence === sequence && fate.run === run && fate.step === step;
}

function sendView({ step, status, template, messageId, at, reason }: Send, fate: MessageFate | null): SendView {
  const sent = { step, status, template, messageId: messageId ?? null, at, reason: reason ?? null };
  return { ...sent, fate: fate && fateView(fate) };
}

/** The facts alone: of which message stands beside them. */
function fateView(fate: MessageFate): FateView {
  const { leadId, sequence, run, step, template, messageId, variant, settledAt, ...facts } = fate;
  return facts;
}
