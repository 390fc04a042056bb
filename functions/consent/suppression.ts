import * as z from 'zod';
import { SuppressionReason } from '../leads/lead.ts';
import type { OutgoingEvent } from '../runtime/publish.ts';

/** We must not e-mail this person. Stored apart from the lead, so that it outlives their erasure. */
export const Suppression = z.object({ reason: SuppressionReason, at: z.string() });
export type Suppression = z.infer<typeof Suppression>;

/** As it is stored: `lastAt` is when the person last said no. Only a yes that knows of that no may lift it. */
export const StoredSuppression = Suppression.extend({ lastAt: z.string().optional() });
export type StoredSuppression = z.infer<typeof StoredSuppression>;

export interface SuppressionRequest {
  readonly leadId: string;
  readonly reason: SuppressionReason;
  readonly at: string;
  /** Names the cause: the same cause twice is stored once. */
  readonly causeId: string;
  /** What proves it, in words for whoever asks why. */
  readonly evidence: string;
  /** SHA-256 of the words the person read, when they said it on a page. */
  readonly wording?: string;
  /** The person says it at this moment: then it counts whatever a clock says of an earlier yes. Left out, it is news of the past. */
  readonly isLive?: boolean;
  /** Told to the bus exactly when something has changed, besides `LeadSuppressed`. */
  readonly outbox?: readonly OutgoingEvent[];
}

/** When the person last said no, as far as it is known. */
export function lastNoAt({ at, lastAt }: StoredSuppression): string {
  return lastAt ?? at;
}
