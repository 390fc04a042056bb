import { headerOf, type MailContent } from './mail.ts';
import type { SendQuota } from './ses-settings.ts';
import { SesError } from './ses-wire.ts';

const mostRecipients = 50;
const mostBytes = 10_485_760;
const secondMs = 1_000;
const dayMs = 86_400_000;

/** Refuses what SES v1 refuses about the size and the addresses of a message, in its words. */
export function checkEnvelope(raw: Uint8Array, content: MailContent, destinations: readonly string[]): void {
  if (raw.byteLength > mostBytes) {
    throw invalid(`Message length is more than ${mostBytes} bytes long: '${raw.byteLength}'.`);
  }
  if (content.senders.length === 0) throw invalid("Missing required header 'From'.");
  if (destinations.length === 0) throw invalid('Missing destination.');
  if (destinations.length > mostRecipients) throw invalid(`Recipient count exceeds ${mostRecipients}.`);
  for (const address of [...content.senders, ...destinations]) checkAddress(address);
}

function checkAddress(address: string): void {
  const at = address.lastIndexOf('@');
  const [local, domain] = [address.slice(0, at), address.slice(at + 1)];
  if (at < 1 || domain === '') throw invalid("Missing final '@domain'");
  if (!/^[\x21-\x7e]+$/.test(local)) throw invalid('Local address contains control or whitespace');
  if (!/^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/i.test(domain)) throw invalid('Domain contains illegal character');
}

export function checkConfigurationSet(name: string | null, known: readonly { readonly name: string }[]): void {
  if (name === null || known.some((set) => set.name === name)) return;
  throw new SesError('ConfigurationSetDoesNotExist', `Configuration set <${name}> does not exist.`, {
    ConfigurationSetName: name,
  });
}

/** Refuses what would be over the quota; `sentWithin` counts the recipients of the last so many milliseconds. */
export function checkQuota(quota: SendQuota, recipients: number, sentWithin: (spanMs: number) => number): void {
  if (quota.max24HourSend >= 0 && sentWithin(dayMs) + recipients > quota.max24HourSend) {
    throw new SesError('Throttling', 'Daily message quota exceeded.');
  }
  if (sentWithin(secondMs) + recipients > quota.maxSendRate) {
    throw new SesError('Throttling', 'Maximum sending rate exceeded.');
  }
}

/** Refuses a sender that is none of the verified `identities` (addresses, or domains with all below them). */
export function checkSenders(senders: readonly string[], identities: readonly string[], region: string): void {
  const verified = new Set(identities.map((identity) => identity.toLowerCase()));
  const failed = senders.filter((sender) => {
    const address = sender.toLowerCase();
    const labels = (address.split('@')[1] ?? '').split('.');
    return !verified.has(address) && !labels.some((_, index) => verified.has(labels.slice(index).join('.')));
  });
  if (failed.length === 0) return;
  const listed = [...new Set(failed)].join(', ');
  throw new SesError(
    'MessageRejected',
    `Email address is not verified. The following identities failed the check in region ${region.toUpperCase()}: ${listed}`,
  );
}

/** The message's tags: those of the call, else those of its `X-SES-MESSAGE-TAGS` header; SES never mixes the two. */
export function messageTags(
  ofCall: readonly (readonly [name: string, value: string])[],
  content: MailContent,
): Record<string, string> {
  const ofHeader = (headerOf(content, 'x-ses-message-tags') ?? '').split(',').filter((pair) => pair.trim() !== '');
  const pairs = ofCall.length > 0 ? ofCall : ofHeader.map(splitTag);
  for (const [name, value] of pairs) {
    checkTag('name', name.replace(/^ses:feedback-id-[ab]$/, 'feedback'));
    checkTag('value', value);
  }
  return Object.fromEntries(pairs);
}

function splitTag(pair: string): readonly [string, string] {
  const [name = '', ...rest] = pair.split('=');
  return [name.trim(), rest.join('=').trim()];
}

function checkTag(part: 'name' | 'value', text: string): void {
  if (/^[\w-]{1,256}$/.test(text)) return;
  throw invalid(`Invalid tag ${part} <${text}>: only alphanumeric ASCII characters, '_', and '-' are allowed.`);
}

function invalid(message: string): SesError {
  return new SesError('InvalidParameterValue', message);
}
