import type { FateView, SendView } from '../nurture/read-enrollments.ts';
import { fateReason } from './fate-reason.ts';
import { mailText } from './mail-text.ts';
import { html, type Markup } from './markup.ts';
import { badge, type Tone } from './parts.ts';
import { moment, type Reader } from './reader.ts';

const statusTones: Readonly<Record<SendView['status'], Tone>> = {
  sent: 'good',
  claimed: 'note',
  retry: 'careful',
  unconfirmed: 'careful',
  failed: 'bad',
  suppressed: 'bad',
  cancelled: 'plain',
};

/** The most telling first: that a machine opened it says less than that it arrived where a person then clicked. */
const facts = [
  ['complainedAt', 'bad'],
  ['bouncedAt', 'bad'],
  ['rejectedAt', 'bad'],
  ['renderingFailedAt', 'bad'],
  ['unsubscribedAt', 'bad'],
  ['repliedAt', 'good'],
  ['clickedAt', 'good'],
  ['openedAt', 'good'],
  ['clickedRawAt', 'note'],
  ['openedRawAt', 'note'],
  ['deliveredAt', 'good'],
  ['delayedAt', 'careful'],
] as const satisfies readonly (readonly [keyof FateView, Tone])[];

type Fact = (typeof facts)[number][0];

/** The facts that SES gives a reason for. */
const troubles: readonly Fact[] = ['bouncedAt', 'rejectedAt', 'renderingFailedAt', 'delayedAt'];

/** What became of a message, as one badge: what its reader or the mail provider told, else what its own record says. */
export function fateBadge({ status, fate, reason }: SendView, reader: Reader): Markup {
  const { fates, sends } = mailText[reader.language];
  const told = fate === null ? undefined : facts.find(([fact]) => happened(fate, fact));
  // Why it was late says nothing any more once it has arrived.
  const why = fate?.reason !== undefined && told && troubles.includes(told[0]) ? fate.reason : null;
  const said = why === null ? reason : fateReason(why, reader.language);
  const shown = told ? badge(fates[told[0]], told[1]) : badge(sends[status], statusTones[status]);
  return html`${shown}${said && html` <span class="faint">${said}</span>`}`;
}

/** Everything that is known of it, in order of time: `sent 5 min ago · delivered 5 min ago · opened by a person now`. */
export function fateLine({ fate }: SendView, reader: Reader): Markup | null {
  if (fate === null) return null;
  const { fates, sends, unknownFate } = mailText[reader.language];
  const told = facts
    .flatMap(([fact]) => {
      const at = fate[fact];
      return at !== undefined && happened(fate, fact) ? [{ said: fates[fact], at }] : [];
    })
    .sort((a, b) => (a.at < b.at ? -1 : 1));
  const all = [{ said: sends.sent, at: fate.sentAt }, ...told];
  return html`<span class="faint under">${all.map(({ said, at }, index) => html`${index > 0 && ' · '}${said} ${moment(at, reader)}`)}${
    fate.isUnknown && ` · ${unknownFate}`
  }</span>`;
}

/** A person's click or open is told as such alone: everybody's has the same instant or an earlier one. */
function happened(fate: FateView, fact: Fact): boolean {
  if (fact === 'openedRawAt' && fate.openedAt !== undefined) return false;
  if (fact === 'clickedRawAt' && fate.clickedAt !== undefined) return false;
  // Their server says so when its reader is away: the message is there.
  if (fact === 'bouncedAt' && fate.bounceType === 'Transient' && fate.deliveredAt !== undefined) return false;
  return fate[fact] !== undefined;
}
