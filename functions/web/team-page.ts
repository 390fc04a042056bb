import { exclusionReason } from '../handoff/assignment-text.ts';
import type { Team } from '../handoff/team.ts';
import { duration, timeThere } from './handoff-clock.ts';
import { html, type Markup, type Piece } from './markup.ts';
import { badge, card } from './parts.ts';
import { dayName, figure, points, type Reader } from './reader.ts';
import { type Frame, languageLinks, pageHead, shellPage } from './shell.ts';
import { isAway, type Standing, type Standings, standingDays } from './team-standing.ts';
import { teamText } from './team-text.ts';

export interface TeamPageView {
  readonly frame: Frame;
  readonly team: Team;
  readonly standings: Standings;
  /** `atLeast`: there are more. `oldestMs`: since its qualification; `null`: nobody waits. */
  readonly queue: { readonly count: number; readonly atLeast: boolean; readonly oldestMs: number | null };
  /** What waits for the manager to accept. */
  readonly withManager: { readonly count: number; readonly atLeast: boolean };
}

/** Who sells, who is there, who has how much, and how leads are shared among them. */
export function teamPage(view: TeamPageView): string {
  const { frame, standings, team } = view;
  const { reader } = frame;
  const text = teamText[reader.language];
  const { atLeast, atMost } = team.assignment.performance;
  return shellPage(frame, {
    section: 'handoffs',
    title: text.title,
    body: html`${pageHead({
      crumb: { href: '/handoffs', text: text.handoffs },
      title: text.title,
      lede: text.lede,
      actions: html`<span class="inline">${languageLinks(reader.language, (lang) => `/team?lang=${lang}`)}<a class="button" href="/team/what-if">${text.whatIf}</a></span>`,
    })}
<div class="stack">
${tiles(view)}
${card(text.reps, html`<div class="table-scroll">${repTable(standings.reps, reader)}</div>`, {
  flush: true,
  footer: html`${text.lastDays(standingDays)} ${text.period(standings.period, figure(atLeast, reader), figure(atMost, reader))}`,
})}
${sharing(team, reader)}
</div>`,
  });
}

function tiles({ standings, queue, withManager, team, frame: { reader } }: TeamPageView): Markup {
  const text = teamText[reader.language];
  const { reps } = standings;
  const total = (of: (standing: Standing) => number) =>
    figure(
      reps.reduce((sum, each) => sum + of(each), 0),
      reader,
    );
  const counted = ({ count, atLeast }: { readonly count: number; readonly atLeast: boolean }) =>
    atLeast ? text.atLeast(figure(count, reader)) : figure(count, reader);
  const tile = (name: Piece, value: string, note: string) =>
    html`<div class="tile"><span class="tile-name">${name}</span><span class="tile-value">${value}</span><span class="tile-note">${note}</span></div>`;
  return html`<div class="tiles">${tile(text.available, figure(reps.filter(({ why }) => why === null).length, reader), text.ofReps(figure(reps.length, reader)))}${tile(
    text.open,
    total(({ open }) => open),
    text.ofPlaces(total(({ capacity }) => capacity.open)),
  )}${tile(html`<a href="/handoffs?show=queue">${text.queue}</a>`, counted(queue), queue.oldestMs === null ? text.nobodyWaits : text.oldest(duration(queue.oldestMs, reader)))}${tile(text.manager, counted(withManager), text.managerNote(team.manager.name))}</div>`;
}

function repTable(reps: readonly Standing[], reader: Reader): Markup {
  const text = teamText[reader.language];
  const figures = [text.today, text.share, text.accepted, text.speed, text.won, text.missed];
  return html`<table class="cards team">
<thead><tr><th scope="col">${text.rep}</th><th scope="col">${text.now}</th><th scope="col">${text.open}</th>${figures.map((name) => html`<th scope="col" class="number">${name}</th>`)}</tr></thead>
<tbody>${reps.map((standing) => repRow(standing, reader))}</tbody></table>`;
}

function repRow(standing: Standing, reader: Reader): Markup {
  const { rep, timeZone, open, capacity, today, weight, points: earned, done, speedMs } = standing;
  const text = teamText[reader.language];
  const cell = (name: string, value: Piece) => html`<td class="number" data-column="${name}">${value}</td>`;
  const count = (value: number) => figure(value, reader);
  return html`<tr id="${rep.id}"><th scope="row"><a href="/handoffs?show=team&amp;of=${rep.id}">${rep.name}</a><span class="faint under">${text.itIs(timeThere(reader.nowMs, timeZone, reader))}</span></th>
<td class="now-cell" data-column="${text.now}">${presence(standing, reader)}${leaveAhead(standing, reader)}</td>
<td class="load-cell" data-column="${text.open}">${count(open)} / ${count(capacity.open)}${loadBar(open, capacity.open)}</td>
${cell(text.today, capacity.perDay === undefined ? count(today) : text.ofToday(count(today), count(capacity.perDay)))}
${cell(text.share, html`${figure(weight, reader, 2)}<span class="faint under">${text.points(earned === 0 ? '0' : points(earned, reader))}</span>`)}
${cell(text.accepted, count(done.accepted))}${cell(text.speed, speedMs === null ? '–' : duration(speedMs, reader))}${cell(text.won, count(done.won))}${cell(text.missed, count(done.missed))}</tr>`;
}

function presence({ why, backAt, timeZone }: Standing, reader: Reader): Markup {
  const text = teamText[reader.language];
  if (!why) return badge(text.isAvailable, 'good');
  const reason = exclusionReason(why, reader.language);
  if (!isAway(why))
    return html`${badge(why.reason === 'silenced' ? text.away : text.full, 'careful')}<span class="faint under">${reason}</span>`;
  const back = backAt === null ? text.notSoon : text.back(timeThere(backAt, timeZone, reader));
  // Whoever is outside hours is back when they open: it is said once.
  return html`${badge(text.away)}<span class="faint under">${why.reason !== 'hours' && `${reason}, `}${back}</span>`;
}

function leaveAhead({ leave, why }: Standing, reader: Reader): Markup | null {
  const text = teamText[reader.language];
  const ahead = why?.reason === 'leave' ? leave.slice(1) : leave;
  if (ahead.length === 0) return null;
  const ranges = ahead.slice(0, 3).map(({ from, until }) => text.from(dayName(from, reader), dayName(until, reader)));
  return html`<span class="faint under">${text.ahead}: ${ranges.join('; ')}</span>`;
}

/** How full somebody is, beside the figure that says it. */
function loadBar(open: number, capacity: number): Markup {
  const part = Math.min(100, Math.round((open / capacity) * 1000) / 10);
  return html`<svg class="bar" width="100%" height="8" aria-hidden="true"><rect class="bar-track" width="100%" height="8" rx="4"/><rect class="${part >= 100 ? 'bar-fill' : 'bar-fill calm'}" width="${part}%" height="8" rx="4"/></svg>`;
}

/** The rules in their order, then what is left to everybody. */
function sharing({ assignment: { rules, method, returning } }: Team, reader: Reader): Markup {
  const text = teamText[reader.language];
  return card(
    text.sharing,
    html`<div class="stack tight"><p class="muted">${rules.length > 0 && text.inOrder} ${returning === 'same-rep' && text.returning}</p>
<ol>${rules.map((rule) => html`<li>${rule.name} <span class="faint">(${text.methods[rule.method ?? method]}${rule.otherwise === 'queue' && `, ${text.waits}`})</span></li>`)}<li>${text.wholeTeam}: ${text.methods[method]}</li></ol></div>`,
    { footer: text.inPlaybook },
  );
}
