import type { Account } from '../leads/account.ts';
import { EmailAddress } from '../leads/email-address.ts';
import { isInvalidDomain, type Lead, mayTrack } from '../leads/lead.ts';
import { firstNameOf, oneLine, presentable, presentableFacts } from '../leads/typed-text.ts';
import { type EmailTemplate, type RenderedEmail, renderEmail } from './email-template.ts';
import { markLinks, withMachineLink } from './marked-links.ts';
import type { MessageLinks } from './message-links.ts';
import { sampleData, sampleLead } from './sample-view.ts';
import type { Order, Send } from './send.ts';

interface Mailbox {
  readonly name: string;
  readonly address: string;
}

/** A rendered e-mail to exactly one person. */
export interface Message {
  readonly from: Mailbox;
  readonly replyTo: string;
  readonly to: Mailbox;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** In everything we send, to a lead by one click too (RFC 8058); a colleague's own stops their notices, and nothing of the lead's. */
  readonly unsubscribeUrl: string;
  /**
   * Whether opens and clicks are tracked: no picture and no changed link for a lead who refused it (T15), nor for a colleague, whose
   * opens say nothing about the lead.
   */
  readonly tracked: boolean;
  /** SES repeats these in every event about the message. */
  readonly tags: Readonly<Record<string, string>>;
}

export interface MessageParts {
  readonly order: Order;
  readonly send: Send;
  /** Null for a team message. */
  readonly lead: Lead | null;
  readonly template: EmailTemplate;
  readonly account: Account;
  readonly baseUrl: string;
  readonly links: MessageLinks;
}

/** Renders the message of one claimed send. Throws when the template cannot be rendered or is for another kind of reader. */
export function toMessage({ order, send, lead, template, account, baseUrl, links }: MessageParts): Message {
  const team = order.to.kind === 'team';
  if (!order.test && template.audience !== (team ? 'team' : 'lead'))
    throw new Error(`the e-mail ${template.id} is not for a ${team ? 'colleague' : 'lead'}: set its audience`);
  const to = recipient(order, lead);
  const { unsubscribeUrl } = links;
  const { language, data, test = false } = order;
  const rendered = renderFor({ template, lead, language, name: to.name, data, account, baseUrl, links, sample: test });
  const { leadId, sequence, run, step, token, variant } = send;
  const tags = {
    ...{ sequence, run, step: String(step), send: token, template: template.id },
    ...(variant !== undefined && { variant }),
  };
  const tracked = !team && lead !== null && mayTrack(lead);
  return {
    from: { name: oneLine(account.senderName), address: account.senderEmail },
    replyTo: (team ? answered(data) : links.replyTo) ?? account.replyTo,
    to,
    ...(tracked ? forTracking(rendered, { account, baseUrl, links }) : rendered),
    ...(test && { subject: oneLine(`[Test] ${rendered.subject}`) }),
    unsubscribeUrl,
    tracked,
    // `about`, not `lead`: what a colleague does with it is nothing that the lead did.
    tags: team ? { ...tags, audience: 'team', about: leadId } : { ...tags, lead: leadId },
  };
}

/** Whom a colleague answers by pressing Reply: whoever the message is about, if who asked for it says so. */
function answered({ replyTo }: Order['data']): string | undefined {
  const email = EmailAddress.safeParse(replyTo).data;
  return email !== undefined && !isInvalidDomain(email) ? email : undefined;
}

interface Rendering extends Pick<MessageParts, 'lead' | 'template' | 'account' | 'baseUrl'> {
  readonly language: string;
  /** How a colleague is greeted; left out: as the lead would be. */
  readonly name?: string;
  readonly data: Order['data'];
  readonly links: Pick<MessageLinks, 'unsubscribeUrl' | 'preferencesUrl'>;
  /** Nobody is meant: what is not known of anybody is made up. */
  readonly sample?: boolean;
}

/** What the e-mail says to this person. */
export function renderFor(rendering: Rendering): RenderedEmail {
  const { template, lead, language, name, data, account, baseUrl, links, sample = false } = rendering;
  const firstName = firstNameOf(lead?.attributes.name);
  // To a lead, only what cannot be somebody else's message to them: whoever filled in the form may be a stranger (I-F1).
  const toLead = template.audience === 'lead';
  const said = lead && toLead ? presentable(lead.attributes) : lead?.attributes;
  const known = lead ? { ...said, email: lead.email, firstName, language } : {};
  return renderEmail(template, {
    lead: sample && !lead ? sampleLead(language) : known,
    account,
    recipient: { name: name || firstName },
    data: { ...(sample && sampleData(baseUrl)), ...(toLead ? presentableFacts(data, baseUrl) : data) },
    unsubscribeUrl: links.unsubscribeUrl,
    preferencesUrl: links.preferencesUrl,
    baseUrl,
  });
}

/** What tells, later, whether it was the lead who followed a link (invariants §5). */
function forTracking(
  rendered: RenderedEmail,
  { account, baseUrl, links }: Pick<MessageParts, 'account' | 'baseUrl' | 'links'>,
): RenderedEmail {
  const { unsubscribeUrl, preferencesUrl, linkIdOf } = links;
  const own = { baseUrl, sites: account.sites, unmarked: [unsubscribeUrl, preferencesUrl] };
  const marked = markLinks(rendered, own, linkIdOf);
  return { ...marked, html: withMachineLink(marked.html, baseUrl) };
}

function recipient({ to }: Order, lead: Lead | null): Mailbox {
  if (to.kind === 'team') return { name: oneLine(to.name), address: to.email };
  if (!lead) throw new Error('a message to a lead needs the lead');
  return { name: firstNameOf(lead.attributes.name), address: deliverableAddress(lead) };
}

/** The address as the person typed it, when that is only another spelling of the one they are known by (requirements §2.21). */
export function deliverableAddress({ email, emailAsTyped }: Pick<Lead, 'email' | 'emailAsTyped'>): string {
  const at = email.lastIndexOf('@');
  const typed = emailAsTyped.trim().slice(0, at);
  // The domain always in Punycode: SES takes ASCII only.
  return typed.toLowerCase() === email.slice(0, at) ? `${typed}${email.slice(at)}` : email;
}

/** Is there anybody behind this order to write to? */
export function hasMailbox({ to }: Order, lead: Lead | null): boolean {
  const address = to.kind === 'team' ? to.email : (lead?.email ?? '');
  return address.includes('@') && !isInvalidDomain(address);
}
