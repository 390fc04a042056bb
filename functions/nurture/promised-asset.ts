import * as z from 'zod';
import type { Activity } from '../leads/activity.ts';
import { MessageRequested } from '../leads/bus-event.ts';
import type { Lead } from '../leads/lead.ts';
import { type OutgoingEvent, toEvent } from '../runtime/publish.ts';

/** What nurture needs to know of the forms: what each promised in exchange for the address. */
export const PromisedAssets = z
  .object({
    forms: z.record(
      z.string(),
      z.object({
        asset: z.object({ title: z.record(z.string(), z.string()), url: z.string() }).optional(),
        doubleOptIn: z.boolean().default(false),
      }),
    ),
  })
  .transform(
    ({ forms }) =>
      new Map(
        Object.entries(forms).flatMap(([id, { asset, doubleOptIn }]) =>
          asset ? [[id, { ...asset, doubleOptIn }]] : [],
        ),
      ),
  );
export type PromisedAssets = z.infer<typeof PromisedAssets>;

/**
 * The one message that brings what a form promised, consent or not (requirements §2.12); null when it promised nothing. One per
 * lead, form and day: submitting again and again must not fill somebody's mailbox (I-F1).
 */
export function assetRequest(
  leadId: string,
  activity: Activity,
  assets: PromisedAssets,
  {
    lead,
    language,
    baseUrl,
  }: { readonly lead: Pick<Lead, 'consent'>; readonly language: string; readonly baseUrl: string },
): OutgoingEvent | null {
  const form = activity.properties.form;
  const asset = typeof form === 'string' ? assets.get(form) : undefined;
  if (typeof form !== 'string' || !asset || !isDueBy(activity, asset.doubleOptIn, lead)) return null;
  const title =
    asset.title[language] ?? asset.title[language.split('-')[0] ?? ''] ?? Object.values(asset.title)[0] ?? '';
  return toEvent(MessageRequested, {
    leadId,
    sequence: `asset-${form}`,
    run: activity.occurredAt.slice(0, 10),
    step: 1,
    template: 'asset',
    language,
    to: { kind: 'lead' },
    data: { form, asset: { title, url: new URL(asset.url, baseUrl).href } },
    policy: 'atLeastOnce',
  });
}

/**
 * Until an address is confirmed nothing goes to it but the question (I-M6): then what was promised comes with the yes. The thank-you
 * page has it at once.
 */
function isDueBy(
  { type, source, properties: { permits, confirms } }: Activity,
  doubleOptIn: boolean,
  { consent }: Pick<Lead, 'consent'>,
): boolean {
  if (type === 'list.subscribed') return source === 'page' && typeof confirms === 'string';
  const asksFirst = doubleOptIn && Array.isArray(permits) && permits.includes('marketing');
  return type === 'form.submitted' && (!asksFirst || consent.marketing?.status === 'granted');
}
