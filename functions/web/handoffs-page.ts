import { handoffStatusOptions } from './handoff-badge.ts';
import { type InboxRow, inboxTable } from './handoff-table.ts';
import { handoffsText } from './handoffs-text.ts';
import type { Language } from './language.ts';
import { html, type Markup } from './markup.ts';
import { card, emptyState, select } from './parts.ts';
import { type Frame, languageLinks, pageHead, shellPage } from './shell.ts';
import { type TaskRow, taskList } from './task-list.ts';

/** Whose hand-offs are shown. */
export type Tab = 'mine' | 'team' | 'queue';

export interface HandoffsPageView {
  readonly frame: Frame;
  /** Explicit requests first, then by score: the order in which sales works them. */
  readonly rows: readonly InboxRow[];
  /** The query's part that leads to the rows after these; `null`: there are none. */
  readonly next: Readonly<Record<string, string>> | null;
  readonly tab: Tab;
  /** A status, `open` or `all`. */
  readonly status: string;
  /** Whose of the team's, by id; `null`: everybody's. */
  readonly of: string | null;
  /** Who looks, by id; `null`: nobody has said. */
  readonly me: string | null;
  /** The name of each rep and of the manager, by id. */
  readonly repNames: Readonly<Record<string, string>>;
  readonly tasks: readonly TaskRow[];
}

/** The inbox of sales: who waits for a conversation, whose they are, and how long there is still time. */
export function handoffsPage(view: HandoffsPageView): string {
  const { frame, rows, next, tab, me, repNames, tasks } = view;
  const { reader } = frame;
  const text = handoffsText[reader.language];
  const here = hrefOf(view);
  return shellPage(frame, {
    section: 'handoffs',
    title: text.title,
    body: html`${pageHead({
      title: text.title,
      lede: text.lede,
      actions: html`<span class="inline">${languageLinks(reader.language, (lang) => hrefOf(view, { lang }))}</span>`,
    })}
<div class="stack">
${whoLooks(view)}
<div class="inbox-bar">${tabs(view)}${tab !== 'queue' && statusFilter(view)}</div>
<section class="card" aria-label="${text.tabs[tab]}" data-live="inbox">${rows.length > 0 ? inboxTable(rows, { reader, repNames, me, isTeams: tab !== 'mine', back: here }) : nothingHere(view)}</section>
${next && html`<nav class="pager" aria-label="${text.pages}"><span></span><a class="button" rel="next" href="${hrefOf(view, next)}">${text.next}</a></nav>`}
${(tasks.length > 0 || (tab === 'mine' && me !== null)) && card(me === null || tab !== 'mine' ? text.everybodysTasks : text.tasks, taskList({ rows: tasks, repNames, back: here, reader }), { id: 'tasks' })}
${keyboard(reader.language)}
</div>`,
  });
}

/** Who looks, as a form that works without a script, and the other places of sales. */
function whoLooks({ frame, me, repNames }: HandoffsPageView): Markup {
  const text = handoffsText[frame.reader.language];
  const places = [
    ['/team', text.places.team],
    ['/team/what-if', text.places.whatIf],
    ['/deliveries', text.places.deliveries],
    ['/audiences', text.places.audiences],
    ['/leaks', text.places.leaks],
  ] as const;
  return html`<div class="inbox-bar"><form class="toolbar" action="/handoffs">
${select({ name: 'rep', label: text.me, value: me ?? '', options: [['', text.nobodyYet], ...Object.entries(repNames)] })}
<button>${text.thisIsMe}</button></form>
<nav class="places" aria-label="${text.more}">${places.map(([href, name]) => html`<a href="${href}">${name}</a>`)}</nav></div>`;
}

function tabs({ frame, tab, status }: HandoffsPageView): Markup {
  const text = handoffsText[frame.reader.language];
  const names = [
    ['mine', text.tabs.mine],
    ['team', text.tabs.team],
    ['queue', text.tabs.queue],
  ] as const;
  return html`<nav class="switch" aria-label="${text.whose}">${names.map(
    ([id, name]) =>
      html`<a href="${hrefOf({ tab: id, status })}"${id === tab && html` aria-current="page"`}>${name}</a>`,
  )}</nav>`;
}

function statusFilter({ frame, tab, status, of, repNames }: HandoffsPageView): Markup {
  const { language } = frame.reader;
  const text = handoffsText[language];
  return html`<form class="toolbar" action="/handoffs"><input type="hidden" name="show" value="${tab}">
${tab === 'team' && select({ name: 'of', label: text.rep, value: of ?? '', options: [['', text.everybody], ...Object.entries(repNames)] })}
${select({ name: 'status', label: text.status, value: status, options: [['open', text.open], ...handoffStatusOptions(language), ['all', text.anyStatus]] })}
<button>${text.show}</button></form>`;
}

/** What to do where nothing is. */
function nothingHere({ frame, tab, status, of, me }: HandoffsPageView): Markup {
  const { empty } = handoffsText[frame.reader.language];
  if (tab === 'mine' && me === null) return emptyState({ title: empty.who, text: empty.whoWhy });
  if (tab === 'queue')
    return emptyState({ title: empty.queue, text: empty.queueWhy, action: { href: '/team', text: empty.seeWho } });
  if (status !== 'open' || of !== null)
    return emptyState({
      ...{ title: empty.filter, text: empty.filterWhy },
      action: { href: hrefOf({ tab, status: 'open' }), text: empty.all },
    });
  if (tab === 'mine') {
    const action = { href: hrefOf({ tab: 'team', status: 'open' }), text: empty.seeTeam };
    return emptyState({ title: empty.mine, text: empty.mineWhy, action });
  }
  return emptyState({ title: empty.none, text: empty.noneWhy, action: { href: '/p/consultation', text: empty.tryIt } });
}

/** What the script lets keys do; hidden where there is none. */
function keyboard(language: Language): Markup {
  const text = handoffsText[language];
  return html`<details class="keys" data-keys hidden><summary>${text.keys} <kbd>?</kbd></summary>
<dl class="facts">${Object.entries(text.keyList).map(([key, does]) => html`<dt><kbd>${key}</kbd></dt><dd>${does}</dd>`)}</dl>
<p><button type="button" data-keys-switch data-on="${text.keysOn}">${text.keysOff}</button></p></details>`;
}

function hrefOf(
  { tab, status, of = null }: Pick<HandoffsPageView, 'tab' | 'status'> & Partial<Pick<HandoffsPageView, 'of'>>,
  more: Readonly<Record<string, string>> = {},
): string {
  const filter = { ...(status !== 'open' && { status }), ...(of !== null && { of }) };
  return `/handoffs?${new URLSearchParams({ show: tab, ...filter, ...more })}`;
}
