import { type Handoff, type HandoffStatus, wroteBack } from '../handoff/handoff.ts';
import { handoffsText } from './handoffs-text.ts';
import type { Language } from './language.ts';
import type { Markup } from './markup.ts';
import { badge, type Tone } from './parts.ts';

const looks: Readonly<Record<HandoffStatus, readonly [tone: Tone, names: Readonly<Record<Language, string>>]>> = {
  queued: ['careful', { en: 'Waiting for a rep', 'pt-BR': 'À espera de vendedor' }],
  assigned: ['note', { en: 'To accept', 'pt-BR': 'A aceitar' }],
  accepted: ['good', { en: 'Accepted', 'pt-BR': 'Aceito' }],
  rejected: ['bad', { en: 'Rejected', 'pt-BR': 'Recusado' }],
  recycled: ['plain', { en: 'Back to nurture', 'pt-BR': 'Devolvido' }],
  won: ['good', { en: 'Won', 'pt-BR': 'Ganho' }],
  lost: ['plain', { en: 'Lost', 'pt-BR': 'Perdido' }],
};

export function handoffStatusOptions(language: Language): readonly (readonly [status: string, name: string])[] {
  return Object.entries(looks).map(([status, [, names]]) => [status, names[language]] as const);
}

export function handoffBadge(status: HandoffStatus, language: Language): Markup {
  const [tone, names] = looks[status];
  return badge(names[language], tone);
}

/** Why the lead came, in two words. */
export function whyBadge(handoff: Pick<Handoff, 'qualifiedBy' | 'cause'>, language: Language): Markup {
  const text = handoffsText[language];
  if (wroteBack(handoff)) return badge(text.wroteBack, 'hot');
  return handoff.qualifiedBy === 'explicit-request' ? badge(text.asked, 'hot') : badge(text.reached, 'warm');
}
