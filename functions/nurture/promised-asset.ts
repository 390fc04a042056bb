import * as z from 'zod';
import type { Activity } from '../leads/activity.ts';
import { MessageRequested } from '../leads/bus-event.ts';
import { type OutgoingEvent, toEvent } from '../runtime/publish.ts';

/** What nurture needs to know of the forms: what each promised in exchange for the address. */
export const PromisedAssets = z
  .object({
    forms: z.record(
      z.string(),
      z.object({ asset: z.object({ title: z.record(z.string(), z.string()), url: z.string() }).optional() }),
    ),
  })
  .transform(({ forms }) => new Map(Object.entries(forms).flatMap(([id, { asset }]) => (asset ? [[id, asset]] : []))));
export type PromisedAssets = z.infer<typeof PromisedAssets>;

/**
 * The one message that brings what a form promised, consent or not (requirements §2.12); null when it promised nothing. One per
 * lead, form and day: submitting again and again must not fill somebody's mailbox (I-F1).
 */
export function assetRequest(
  leadId: string,
  activity: Activity,
  assets: PromisedAssets,
  { language, baseUrl }: { readonly language: string; readonly baseUrl: string },
): OutgoingEvent | null {
  const form = activity.properties.form;
  const asset = typeof form === 'string' ? assets.get(form) : undefined;
  if (activity.type !== 'form.submitted' || typeof form !== 'string' || !asset) return null;
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
