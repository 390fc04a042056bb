import type { HandoffStatus } from '../handoff/handoff.ts';
import type { Language } from './language.ts';
import type { Markup } from './markup.ts';
import { badge, type Tone } from './parts.ts';

const looks: Readonly<Record<HandoffStatus, readonly [tone: Tone, names: Readonly<Record<Language, string>>]>> = {
  queued: ['careful', { en: 'Waiting for a rep', 'pt-BR': 'À espera de vendedor' }],
  assigned: ['note', { en: 'Assigned', 'pt-BR': 'Repassado' }],
  accepted: ['good', { en: 'Accepted', 'pt-BR': 'Aceito' }],
  rejected: ['bad', { en: 'Rejected', 'pt-BR': 'Recusado' }],
  recycled: ['plain', { en: 'Recycled', 'pt-BR': 'Devolvido' }],
  won: ['good', { en: 'Won', 'pt-BR': 'Ganho' }],
  lost: ['plain', { en: 'Lost', 'pt-BR': 'Perdido' }],
};

/** What a hand-off can be today: reps cannot answer it yet, and a filter for what nobody can reach finds nothing. */
const reachable: readonly HandoffStatus[] = ['assigned'];

export function handoffStatusOptions(language: Language): readonly (readonly [status: string, name: string])[] {
  return reachable.map((status) => [status, looks[status][1][language]] as const);
}

export function handoffBadge(status: HandoffStatus, language: Language): Markup {
  const [tone, names] = looks[status];
  return badge(names[language], tone);
}
