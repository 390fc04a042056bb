import type { Lead } from '../leads/lead.ts';
import type { AnswerLinkDeps, Opened } from './answer-link.ts';
import type { AnswerLinkView, Contact } from './answer-link-page.ts';
import { answerLinkText } from './answer-link-text.ts';
import { type Handoff, isOpen } from './handoff.ts';
import type { HandoffLink } from './handoff-link.ts';
import { addressOf, telOf } from './hot-lead.ts';
import { mayDial, reachOf } from './next-step.ts';
import { noticeText } from './notice-text.ts';
import { asTyped } from './notice-typed.ts';
import { ended, passedOn } from './refusal.ts';
import { refusalText } from './refusal-text.ts';
import type { Team } from './team.ts';
import { readerOf } from './telling.ts';
import { clockOf, whyNow } from './whose-lead.ts';

interface Happened {
  readonly told?: AnswerLinkView['told'];
  /** Has this very request made the lead theirs? */
  readonly isNewlyTheirs?: boolean;
  readonly typedAmount?: string;
}

/** What the page behind a link shows, in the words and on the clock of the rep whose link it is. */
export function answerLinkView(
  { link, handoff, lead, language }: Opened,
  { team, account, baseUrl, now }: AnswerLinkDeps,
  { told = null, isNewlyTheirs = false, typedAmount = '' }: Happened = {},
): AnswerLinkView {
  const timeZone = readerOf(link.rep, team, account)?.timeZone ?? account.timeZone;
  const at = clockOf({ language, timeZone, now: now() });
  const isTheirs = mayAnswer(link, handoff, team);
  const text = refusalText(language);
  const newer = handoff.rep === link.rep && !isTheirs ? answerLinkText[language].newer : null;
  return {
    ...{ language, handoff, isTheirs, team, told, at, typedAmount, currency: account.currency },
    name: asTyped(lead.attributes.name, 120),
    company: asTyped(lead.attributes.company, 120),
    why: whyNow(handoff, language),
    standing: isOpen(handoff) ? (newer ?? passedOn(handoff, team, text, { at })) : ended(handoff, team, text, { at }),
    openUrl: `${baseUrl}/handoffs/${handoff.handoffId}`,
    seen: new Date(now()).toISOString(),
    contact: isTheirs && isNewlyTheirs ? contactOf(handoff, lead, language) : null,
  };
}

/** The rep who has it, by the link of this turn; and the manager, who answers for everybody. */
export function mayAnswer(link: HandoffLink, handoff: Handoff, { manager }: Pick<Team, 'manager'>): boolean {
  return handoff.turn === link.turn && (handoff.rep === link.rep || link.rep === manager.id);
}

function contactOf(handoff: Handoff, lead: Lead, language: string): Contact {
  const reach = reachOf(handoff, lead);
  const { email, phone } = noticeText(language);
  return {
    phone: asTyped(lead.attributes.phone, 40),
    tel: mayDial(reach) ? telOf(lead.attributes.phone) : '',
    phoneNote: phone[reach.phone],
    email: addressOf(lead),
    emailNote: email[reach.email],
  };
}
