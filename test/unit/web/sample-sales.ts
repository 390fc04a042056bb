import { Team } from '../../../functions/handoff/team.ts';
import type { HandoffPageView } from '../../../functions/web/handoff-page.ts';
import type { InboxRow } from '../../../functions/web/handoff-table.ts';
import type { HandoffsPageView } from '../../../functions/web/handoffs-page.ts';
import type { TeamPageView } from '../../../functions/web/team-page.ts';
import { standings } from '../../../functions/web/team-standing.ts';
import type { WhatIfPageView } from '../../../functions/web/what-if-page.ts';
import { toldOf } from '../handoff/a-told-lead.ts';
import { aHandoff, frame } from './sample-pages.ts';

export const salesTeam = Team.parse({
  reps: [
    { id: 'bruno-lima', name: 'Bruno Lima', email: 'bruno@orchard.example' },
    { id: 'carla-dias', name: 'Carla Dias', email: 'carla@orchard.example', timeZone: 'Europe/Lisbon' },
  ],
  manager: { id: 'marta-reis', name: 'Marta Reis', email: 'marta@orchard.example' },
  rejectionReasons: [{ id: 'not-ready', label: { en: 'Not ready', 'pt-BR': 'Ainda não' } }],
  lossReasons: [{ id: 'price', label: { en: 'Price', 'pt-BR': 'Preço' } }],
  hotLead: { template: 'hot-lead', language: 'en' },
});

export const repNames = { 'bruno-lima': 'Bruno Lima', 'carla-dias': 'Carla Dias', 'marta-reis': 'Marta Reis' };

export const noon = Date.parse('2026-11-23T17:20:00.000Z');

export function aRow(parts: Partial<InboxRow> = {}): InboxRow {
  return { handoff: aHandoff(), leadName: 'Ana Souza', company: 'Acme', left: null, ...parts };
}

export function aHandoffsPageView(parts: Partial<HandoffsPageView> = {}): HandoffsPageView {
  const view = { tab: 'team', status: 'open', me: 'bruno-lima', of: null, next: null } as const;
  return { frame, rows: [aRow()], repNames, tasks: [], ...view, ...parts };
}

export function aHandoffPageView(parts: Partial<HandoffPageView> = {}): HandoffPageView {
  return {
    ...{ frame, handoff: aHandoff(), told: toldOf(), left: null, wrote: [], repTimeZone: 'America/Sao_Paulo' },
    ...{ me: 'bruno-lima', team: salesTeam, repNames, currency: 'BRL' },
    ...parts,
  };
}

export function aTeamPageView(parts: Partial<TeamPageView> = {}): TeamPageView {
  const roster = { ver: 0, turns: 0, places: {} };
  const account = { timeZone: 'America/Sao_Paulo' };
  return {
    ...{ frame, team: salesTeam },
    standings: standings({ team: salesTeam, account, roster, records: [], silent: [], now: noon }),
    queue: { count: 1, atLeast: false, oldestMs: 65 * 60_000 },
    withManager: { count: 0, atLeast: false },
    ...parts,
  };
}

export function aWhatIfPageView(parts: Partial<WhatIfPageView> = {}): WhatIfPageView {
  const { reason } = aHandoff();
  return {
    frame,
    asked: { lead: '', country: 'BR', region: '', industry: '', product: '', language: '', score: '60' },
    answer: {
      outcome: 'routed',
      routed: { rep: 'bruno-lima', reason, credits: {}, nextTryAt: null },
      ...{ lead: null, never: null },
    },
    team: salesTeam,
    repNames,
    ...parts,
  };
}
