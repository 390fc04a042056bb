import type { CapturedActivity, Properties } from '../leads/activity.ts';
import { isSensitive } from '../leads/sensitive-attribute.ts';
import { originOf } from './origin.ts';
import { plainProperties, plainText } from './plain-properties.ts';
import type { TrackingContext } from './tracking-event.ts';
import type { TrackingMessage } from './tracking-message.ts';

/** What is kept of an event besides who and when: its properties in the scoring rules' words, and where the visitor came from. */
export function detailsOf(
  kind: string,
  message: TrackingMessage,
  context: Pick<TrackingContext, 'userAgent' | 'sensitiveAttributes'>,
): { properties: Properties; origin: CapturedActivity['origin'] } {
  const sent = plainProperties(message.properties, context.sensitiveAttributes);
  const page = plainProperties(message.context?.page);
  const text = (...values: readonly unknown[]) => values.find((value) => typeof value === 'string' && value !== '');
  const url = text(message.properties?.url, message.context?.page?.url);
  const referrer =
    text(sent.referrer, page.referrer) ?? (sent.referrer === '' || page.referrer === '' ? '' : undefined);
  const campaign = plainProperties(message.context?.campaign);
  const origin = originOf({
    ...Object.fromEntries(['source', 'medium', 'term', 'content'].map((name) => [name, text(campaign[name])])),
    campaign: asText(text(campaign.name)),
    referrer: asText(referrer),
    page: asText(url),
  });
  const userAgent = message.context?.userAgent ?? message.context?.user_agent ?? context.userAgent;
  // An address is the subject's, not a property: properties stay when a person is erased.
  const { email, search, linkId, ...rest } = sent;
  const dropped = countSensitive(message, context.sensitiveAttributes);
  return {
    origin,
    properties: {
      ...rest,
      // Cut short it would be nobody's: a link id is whole, or it is not kept.
      ...(typeof linkId === 'string' && linkId !== '' && linkId.length <= maxLinkId && { linkId }),
      ...(kind === 'page'
        ? pageProperties(message, sent, page)
        : kind === 'track'
          ? trackProperties(message, sent)
          : {}),
      ...(origin.landingPage !== undefined && { url: origin.landingPage }),
      ...(userAgent && { userAgent: plainText(userAgent, 512) }),
      ...(dropped > 0 && { droppedFields: dropped }),
    },
  };
}

const maxLinkId = 512;

function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function pageProperties(
  { name, properties, context }: TrackingMessage,
  sent: Properties,
  page: Properties,
): Properties {
  const url = asText(properties?.url) ?? asText(context?.page?.url);
  const path = asText(sent.path) ?? asText(page.path) ?? (url && URL.canParse(url) ? new URL(url).pathname : undefined);
  const title = asText(sent.title) ?? asText(page.title);
  return {
    // Without query and fragment: people are known to be named in both.
    ...(path !== undefined && { path: path.split(/[?#]/, 1)[0] ?? '' }),
    ...(title !== undefined && { title }),
    ...(name && { name: plainText(name) }),
  };
}

/** Segment's words for what the scoring rules call otherwise. */
function trackProperties({ event }: TrackingMessage, sent: Properties): Properties {
  const messageId = sent.messageId ?? sent.email_id;
  const link = sent.link ?? sent.link_url;
  const subject = sent.subject ?? sent.appointment_id ?? sent.appointmentId ?? sent.conversation_id;
  return {
    event: plainText(event ?? '', 256),
    ...(messageId !== undefined && { messageId }),
    ...(link !== undefined && { link }),
    ...(subject !== undefined && { subject }),
  };
}

/** How many members are left out because nobody may ask for them: counted like a form's unknown fields, and not kept. */
function countSensitive({ traits, context, properties }: TrackingMessage, allowed: readonly string[]): number {
  const names = Object.keys({ ...context?.traits, ...traits, ...properties });
  return names.filter((name) => isSensitive(name, allowed)).length;
}

/** Traits that the playbook's forms know as fields; `firstName` and `lastName` make a name. */
export function attributesOf(
  { traits, context }: TrackingMessage,
  { forms, sensitiveAttributes }: Pick<TrackingContext, 'forms' | 'sensitiveAttributes'>,
): CapturedActivity['attributes'] {
  const told = plainProperties({ ...context?.traits, ...traits }, sensitiveAttributes);
  const name =
    told.name ?? [told.firstName ?? told.first_name, told.lastName ?? told.last_name].filter(Boolean).join(' ');
  const company = plainProperties(told.company);
  const known = { ...told, name, company: company.name ?? told.company };
  const declared = new Set(Object.values(forms.forms).flatMap(({ fields }) => fields.map((field) => field.name)));
  const attributes: Record<string, string | number> = {};
  for (const [field, value] of Object.entries(known)) {
    if (field === 'email' || !declared.has(field)) continue;
    if (typeof value === 'number') attributes[field] = value;
    if (typeof value === 'string' && value.trim() !== '') attributes[field] = value.trim().slice(0, 200).toWellFormed();
  }
  return attributes;
}
