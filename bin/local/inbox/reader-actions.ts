import { type Inbound, Verdicts } from '../mail/inbound.ts';
import { composeReply } from '../mail/reply-mail.ts';
import { oneClickUrl } from '../mail/unsubscribe-header.ts';
import type { InboxMessage } from './inbox.ts';
import type { Notice } from './mail-page.ts';

export interface ReaderDeps {
  readonly inbound: Pick<Inbound, 'receive'>;
  now(): number;
  newId(): string;
  baseUrl(): string;
  /** Posts what a mail client posts for a one-click unsubscribe; answers the status. */
  post?(url: string, body: string): Promise<number>;
}

const forged = Verdicts.parse({ spf: 'fail', dkim: 'fail', dmarc: 'fail' });
const genuine = Verdicts.parse({});

/** Writes the answer of the message's reader and hands it to whoever takes mail for its address. */
export async function reply(message: InboxMessage, form: URLSearchParams, deps: ReaderDeps): Promise<Notice> {
  const as = form.get('as') ?? '';
  const text = form.get('text')?.replaceAll('\r\n', '\n') ?? '';
  const isAutomatic = as === 'out-of-office';
  const raw = await composeReply(message, { text, isAutomatic, at: deps.now(), id: deps.newId() });
  const { outcome } = await deps.inbound.receive({ raw, verdicts: as === 'forged' ? forged : genuine });
  if (outcome !== 'received') return 'reply-nobody';
  if (as === 'forged') return 'replied-forged';
  return isAutomatic ? 'replied-out-of-office' : 'replied';
}

/** Presses the one-click button that a mail client shows beside the sender (RFC 8058). */
export async function unsubscribe(message: InboxMessage, deps: ReaderDeps): Promise<Notice> {
  const url = oneClickUrl(message.headers);
  // The local inbox never calls anyone but this runner, whatever a message says.
  if (url === null || new URL(url).origin !== new URL(deps.baseUrl()).origin) return 'unsubscribe-elsewhere';
  const status = await (deps.post ?? postForm)(url, 'List-Unsubscribe=One-Click').catch(() => 0);
  return status === 200 ? 'unsubscribed' : 'unsubscribe-failed';
}

async function postForm(url: string, body: string): Promise<number> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  // RFC 8058: the answer to the POST counts; a redirect is a failure.
  const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual' });
  return response.status;
}
