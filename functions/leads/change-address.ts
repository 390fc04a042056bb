import * as z from 'zod';
import { RequestError } from '../runtime/http.ts';
import { postedAs } from '../runtime/posted.ts';
import { toEvent } from '../runtime/publish.ts';
import type { AddressStore } from './address.store.ts';
import { ActivityCaptured } from './bus-event.ts';
import { normaliseEmail } from './email-address.ts';
import type { LeadStore } from './lead.store.ts';
import type { Lead, SuppressionReason } from './lead.ts';
import { leadIdOf, stableId } from './lead-id.ts';
import { operatorLine } from './operator-line.ts';

export interface ChangeAddressDeps {
  readonly leads: Pick<LeadStore, 'get' | 'known'>;
  readonly addresses: AddressStore;
  readonly suppressions: {
    get(leadId: string): Promise<{ readonly reason: SuppressionReason } | null>;
    suppress(request: {
      readonly leadId: string;
      readonly reason: SuppressionReason;
      readonly at: string;
      readonly causeId: string;
      readonly evidence: string;
    }): Promise<'suppressed' | 'unchanged'>;
  };
  readonly pepper: () => Promise<string>;
  readonly now: () => number;
}

const Change = z.object({
  email: z.string({ error: 'Write the new address like name@example.com.' }),
  author: operatorLine('who you are', 200),
});

export interface ChangedAddress {
  readonly leadId: string;
  readonly email: string;
  readonly changed: boolean;
}

/**
 * Gives a lead another address. The lead keeps its id, ledger and history; both addresses find it from now on, and mail goes to the
 * new one. Doing it again changes nothing.
 *
 * @throws RequestError 404 unknown lead, 409 the address belongs to another lead, 422 with the field that does not fit.
 */
export async function changeAddress(leadId: string, fields: unknown, deps: ChangeAddressDeps): Promise<ChangedAddress> {
  const { email: typed, author } = postedAs(Change, fields);
  const email = normaliseEmail(typed);
  if (email === null)
    throw new RequestError(422, 'invalid-field', 'Write the new address like name@example.com.', 'email');
  const newId = leadIdOf(email, await deps.pepper());
  // Every round ends it, or somebody else wrote the lead in the meantime.
  for (let round = 1; round <= 50; round++) {
    const lead = await deps.leads.get(leadId);
    if (!lead) throw new RequestError(404, 'unknown-lead', 'There is no lead with this id.');
    if (lead.email === email) return { leadId: lead.leadId, email, changed: false };
    const holder = await deps.leads.known(newId);
    if (holder === 'erased')
      throw new RequestError(
        409,
        'address-erased',
        'Whoever has this address asked to be forgotten, and stays so: nobody else is given it.',
        'email',
      );
    if (holder && holder.leadId !== lead.leadId)
      throw new RequestError(
        409,
        'address-taken',
        `This address belongs to another lead (${holder.leadId}), and two leads are never made one.`,
        'email',
      );
    const suppression = await deps.suppressions.get(newId);
    if (suppression && (await carryOver(suppression.reason, newId, lead, deps)) === 'suppressed') continue;
    const at = new Date(deps.now()).toISOString();
    const activityId = stableId('address', lead.leadId, String(lead.ver));
    const outcome = await deps.addresses.change({
      ...{ before: lead, email, emailAsTyped: typed.trim(), newId, author, activityId, at },
      oldId: leadIdOf(lead.email, await deps.pepper()),
      isFree: holder === null,
      suppression: suppression?.reason ?? null,
      outbox: [
        toEvent(ActivityCaptured, {
          ...{ activityId, type: 'address.changed', occurredAt: at, source: 'operator', properties: { author } },
          // By its new id, so that what waits under the new address is recorded with it.
          subject: { leadId: newId },
        }),
      ],
    });
    if (outcome === 'changed') return { leadId: lead.leadId, email, changed: true };
  }
  throw new Error('this lead is written to by too many at once: change the address again');
}

/** Whoever said no under the new address has said no (I-C2). Before the change, so that not one message slips between. */
function carryOver(reason: SuppressionReason, newId: string, { leadId }: Lead, deps: ChangeAddressDeps) {
  return deps.suppressions.suppress({
    leadId,
    reason,
    at: new Date(deps.now()).toISOString(),
    causeId: stableId('address', leadId, newId),
    evidence: `the address that became theirs had been suppressed before: ${reason}`,
  });
}
