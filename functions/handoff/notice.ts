import type { Lead } from '../leads/lead.ts';
import type { Handoff } from './handoff.ts';
import { leadName } from './hot-lead.ts';
import { noticeText } from './notice-text.ts';
import type { Team } from './team.ts';

/** Something short about a hand-off that somebody has, or had. The headline names the lead as they typed it. */
export type News = {
  readonly language: string;
  /** The reader's name: several may read one channel. */
  readonly to: string;
  readonly headline: string;
  readonly openUrl: string;
};

/** Somebody whom a hand-off concerns, and what they are told of it. */
export interface Concerned {
  readonly rep: string;
  /**
   * `hot-lead`: everything, since it is theirs now. `noted`: what the lead did meanwhile. `gone`: it is somebody else's. `waiting`: it is
   * nobody's yet.
   */
  readonly about: 'hot-lead' | 'noted' | 'gone' | 'waiting';
}

/** Whom a change of a hand-off concerns, and how. Whoever has seen for themselves that it is not theirs any more hears nothing. */
export function concernedBy(
  what: string,
  handoff: Pick<Handoff, 'rep' | 'history'>,
  { manager }: { readonly manager: { readonly id: string } },
): readonly Concerned[] {
  const { rep } = handoff;
  // Somebody must know that nobody is there.
  if (rep === null) return what === 'queued' ? [{ rep: manager.id, about: 'waiting' }] : [];
  switch (what) {
    case 'assigned':
      return [{ rep, about: 'hot-lead' }, ...lateFor(handoff)];
    case 'noted':
      return [{ rep, about: 'noted' }];
    case 'accepted':
      return beatenBy(handoff);
    default:
      return [];
  }
}

/** Who has just let it lie: they may be about to call. */
function lateFor({ rep, history }: Pick<Handoff, 'rep' | 'history'>): readonly Concerned[] {
  const before = history.findLast(({ what }) => what === 'missed' || what === 'declined');
  if (before?.what !== 'missed' || before.rep === null || before.rep === rep) return [];
  return [{ rep: before.rep, about: 'gone' }];
}

/** Who had been told of it and had not answered, when somebody else accepted it. */
function beatenBy({ rep, history }: Pick<Handoff, 'rep' | 'history'>): readonly Concerned[] {
  const last = history.findLast((entry) => entry.rep !== null && entry.rep !== rep);
  if (last === undefined || last.rep === null || (last.what !== 'assigned' && last.what !== 'escalated')) return [];
  return [{ rep: last.rep, about: 'gone' }];
}

interface Telling {
  readonly reader: { readonly name: string };
  readonly language: string;
  readonly openUrl: string;
  readonly team: Pick<Team, 'reps' | 'manager'>;
}

/** What happened, in one sentence; `null` where there is nothing to tell. */
export function newsOf(
  about: Exclude<Concerned['about'], 'hot-lead'>,
  handoff: Handoff,
  lead: Lead,
  { reader, language, openUrl, team }: Telling,
): News | null {
  const text = noticeText(language);
  const name = leadName(lead);
  if (about === 'gone') {
    const rep = [...team.reps, team.manager].find(({ id }) => id === handoff.rep)?.name ?? handoff.rep ?? '';
    const why = handoff.status === 'accepted' ? 'accepted' : 'missed';
    return { language, to: reader.name, headline: text.gone[why](name, rep), openUrl };
  }
  if (about === 'waiting') return { language, to: reader.name, headline: text.waiting(name), openUrl };
  const note = handoff.notes.at(-1);
  return note ? { language, to: reader.name, headline: text.news[note.kind](name), openUrl } : null;
}
