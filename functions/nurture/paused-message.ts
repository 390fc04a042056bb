import { MessageRequested } from '../leads/bus-event.ts';
import { type OutgoingEvent, toEvent } from '../runtime/publish.ts';
import type { Reputation } from './reputation.ts';

/** Whom to tell, and in which language. */
interface Office {
  readonly replyTo: string;
  readonly senderName: string;
  readonly language: string;
}

const english = {
  bounces: 'too many addresses do not exist',
  complaints: 'too many people call our mail spam',
  figures: ({ sent, hardBounces, complaints }: Reputation, bounced: string, complained: string) =>
    `Of ${sent} messages in seven days, ${hardBounces} came back for good (${bounced}) and ${complaints} were marked as spam (${complained}).`,
};
const portuguese: typeof english = {
  bounces: 'endereços demais não existem',
  complaints: 'gente demais marca nossos e-mails como spam',
  figures: ({ sent, hardBounces, complaints }, bounced, complained) =>
    `De ${sent} mensagens em sete dias, ${hardBounces} voltaram em definitivo (${bounced}) e ${complaints} foram marcadas como spam (${complained}).`,
};

/** Why marketing stopped by itself, in the language of the account, as the page and the message say it. */
export function pausedReason(cause: 'bounces' | 'complaints', { language }: Pick<Office, 'language'>): string {
  return textIn(language)[cause];
}

/** The message to the team: asked for twice about the same change, it is sent once. */
export function pausedMessage(
  cause: 'bounces' | 'complaints',
  reputation: Reputation,
  { ver, office, baseUrl }: { readonly ver: number; readonly office: Office; readonly baseUrl: string },
): OutgoingEvent {
  const percent = new Intl.NumberFormat(office.language, { style: 'percent', maximumFractionDigits: 2 });
  const [bounced, complained] = [reputation.bounceRate, reputation.complaintRate].map((rate) =>
    percent.format(rate ?? 0),
  );
  return toEvent(MessageRequested, {
    // About no lead.
    leadId: 'account',
    sequence: 'sending',
    run: `paused-${ver}`,
    step: 1,
    template: 'sending-paused',
    language: office.language,
    to: { kind: 'team', email: office.replyTo, name: office.senderName },
    data: {
      reason: pausedReason(cause, office),
      figures: textIn(office.language).figures(reputation, bounced ?? '', complained ?? ''),
      url: `${baseUrl}/sending`,
    },
    policy: 'atLeastOnce',
  });
}

function textIn(language: string): typeof english {
  return language.toLowerCase().startsWith('pt') ? portuguese : english;
}
