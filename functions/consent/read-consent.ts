import type { Lead } from '../leads/lead.ts';
import { RequestError } from '../runtime/http.ts';
import type { ConsentStore, Evidence } from './consent.store.ts';

/** Why nothing was sent, from when, and until when; `liftedAt` null: it stands. */
export interface SuppressionView {
  readonly reason: string;
  readonly at: string;
  readonly evidence: string;
  readonly liftedAt: string | null;
}

/** What we may do with a person, and everything that proves it. */
export interface ConsentView {
  readonly leadId: string;
  readonly consent: Lead['consent'];
  readonly suppressed: Lead['suppressed'];
  /** Oldest first. */
  readonly evidence: readonly {
    readonly at: string;
    readonly purpose: string;
    readonly status: string;
    /** How it was said, in words. */
    readonly evidence: string;
    /** SHA-256 of the text they answered to; null when they answered to none. */
    readonly wording: string | null;
    readonly activityId: string;
  }[];
  readonly suppressions: readonly SuppressionView[];
}

export interface ReadConsentDeps {
  readonly leads: { get(leadId: string): Promise<Lead | null> };
  readonly consents: Pick<ConsentStore, 'evidence'>;
}

/** @throws RequestError 404 when there is no such lead. */
export async function readConsent(leadId: string, { leads, consents }: ReadConsentDeps): Promise<ConsentView> {
  const lead = await leads.get(leadId);
  if (!lead) throw new RequestError(404, 'unknown-lead', 'There is no lead with this id.');
  return consentView(lead, await consents.evidence(lead.leadId));
}

/** The rows as people read them. */
export function consentView(
  lead: Pick<Lead, 'leadId' | 'consent' | 'suppressed'>,
  rows: readonly Evidence[],
): ConsentView {
  const { leadId, consent, suppressed } = lead;
  return {
    leadId,
    consent,
    suppressed,
    evidence: rows.flatMap((row) => {
      if (row.kind !== 'consent') return [];
      const { at, purpose, status, evidence, wording = null, activityId } = row;
      return [{ at, purpose, status, evidence, wording, activityId }];
    }),
    suppressions: suppressionsIn(rows),
  };
}

function suppressionsIn(rows: readonly Evidence[]): readonly SuppressionView[] {
  const lifts = rows.filter((row) => row.kind === 'lifted');
  return rows.flatMap((row) => {
    if (row.kind !== 'suppressed') return [];
    const { reason, at, evidence } = row;
    const lift = lifts.find((one) => one.reason === reason && one.at >= at);
    return [{ reason, at, evidence, liftedAt: lift?.at ?? null }];
  });
}
