import type { Baseline } from './sending-switch.ts';

/** What counts for a sender's reputation, of one day or of several. */
export interface SendingFigures {
  readonly sent: number;
  readonly hardBounces: number;
  readonly complaints: number;
}

export interface DayOfSending extends SendingFigures {
  /** The account's local day. */
  readonly day: string;
}

/** The shares of the messages sent at which marketing pauses by itself. */
export interface ReputationLimits {
  readonly bounceRate: number;
  readonly complaintRate: number;
}

/** How our mail was received of late. A rate is null where nothing was sent. */
export interface Reputation extends SendingFigures {
  readonly bounceRate: number | null;
  readonly complaintRate: number | null;
  readonly limits: ReputationLimits;
}

/** For so many local days, today's included, what came back counts. */
export const reputationDays = 7;
/** One mistyped address among twenty is five per cent and says nothing: fewer than these never pause anything. */
const leastHardBounces = 3;
const leastComplaints = 2;

/** The reputation of the last days. What counted before a person let mail go again (`baseline`) does not count twice. */
export function reputationOf(
  days: readonly DayOfSending[],
  baseline: Baseline | null,
  limits: ReputationLimits,
): Reputation {
  const counted = days.map((one) => since(one, baseline));
  const total = (pick: (figures: SendingFigures) => number) => counted.reduce((sum, one) => sum + pick(one), 0);
  const sent = total((one) => one.sent);
  const hardBounces = total((one) => one.hardBounces);
  const complaints = total((one) => one.complaints);
  const rate = (count: number) => (sent === 0 ? null : count / sent);
  return { sent, hardBounces, complaints, bounceRate: rate(hardBounces), complaintRate: rate(complaints), limits };
}

/** Why marketing e-mail must stop now, or null. */
export function pauseCause({
  hardBounces,
  complaints,
  bounceRate,
  complaintRate,
  limits,
}: Reputation): 'bounces' | 'complaints' | null {
  if (hardBounces >= leastHardBounces && (bounceRate ?? 1) >= limits.bounceRate) return 'bounces';
  if (complaints >= leastComplaints && (complaintRate ?? 1) >= limits.complaintRate) return 'complaints';
  return null;
}

function since({ day, ...figures }: DayOfSending, baseline: Baseline | null): SendingFigures {
  if (baseline === null || day > baseline.day) return figures;
  if (day < baseline.day) return { sent: 0, hardBounces: 0, complaints: 0 };
  // A day can be counted again and come out lower, when somebody's rows were corrected.
  return {
    sent: Math.max(0, figures.sent - baseline.sent),
    hardBounces: Math.max(0, figures.hardBounces - baseline.hardBounces),
    complaints: Math.max(0, figures.complaints - baseline.complaints),
  };
}
