import type { LeadView } from '../leads/read-leads.ts';
import type { MetricId } from '../metrics/metric.ts';
import type { MetricSnapshot } from '../metrics/snapshot.ts';
import type { ActivationView } from '../scoring/read-activation.ts';
import { activationProgress } from './activation-progress.ts';
import { type HandoffRow, handoffTable } from './handoff-table.ts';
import { homeText } from './home-text.ts';
import { icon } from './icon.ts';
import { leadTable } from './lead-row.ts';
import { html, type Markup, safeHref } from './markup.ts';
import { type DayFigures, metricTile } from './metric-tile.ts';
import { callout, card, emptyState } from './parts.ts';
import { dayName, exactMoment, figure } from './reader.ts';
import { type Frame, languageLinks, pageHead, shellPage } from './shell.ts';
import type { WalkStep } from './walk.ts';

export interface HomePageView {
  readonly frame: Frame;
  /** The account's today, `yyyy-mm-dd`. */
  readonly today: string;
  /** The last days, oldest first, and how far each is counted; none before anything has been. */
  readonly days: readonly (DayFigures & Pick<MetricSnapshot, 'watermark'>)[];
  readonly tiles: readonly MetricId[];
  readonly leads: readonly LeadView[];
  readonly handoffs: readonly HandoffRow[];
  readonly repNames: Readonly<Record<string, string>>;
  readonly threshold: number;
  /** How many leads wait for somebody's decision; `atLeast` when there are more. */
  readonly toReview: { readonly count: number; readonly atLeast: boolean };
  readonly activation: ActivationView | null;
  /** On a laptop, until it has been walked; empty elsewhere. */
  readonly walk: readonly WalkStep[];
}

/** What is happening now: today's figures, who is hot, and whom sales has just got. */
export function homePage(view: HomePageView): string {
  const { frame, today, days, tiles, walk } = view;
  const { reader } = frame;
  const text = homeText[reader.language];
  const current = days.find(({ day }) => day === today);
  return shellPage(frame, {
    section: 'home',
    title: text.title,
    body: html`${pageHead({
      title: text.head,
      lede: dayName(today, reader),
      actions: html`<span class="inline">${languageLinks(reader.language, (language) => `/?lang=${language}`)}<a class="button" href="/connect">${text.connect}</a></span>`,
    })}
<div class="stack">
${activationProgress(view.activation, reader)}
<div data-live="review">${reviewCallout(view)}</div>
${
  days.length > 0 &&
  html`<section class="stack tight" aria-labelledby="today" data-live="figures"><div class="inline"><h2 id="today">${text.today}</h2><span class="muted">${
    current?.watermark ? html`${text.countedTo} ${exactMoment(current.watermark, reader)}` : text.notCounted
  }, ${text.daysOf(reader.timeZone)}</span></div>
<div class="tiles">${tiles.map((id) => metricTile(id, current, days, reader))}</div></section>`
}
<div class="columns">
${walk.length > 0 ? [aside(view), pipeline(view)] : [pipeline(view), aside(view)]}
</div>
</div>`,
  });
}

/** Whom only the playbook brought over the threshold: sales knows nothing of them yet (T4). */
function reviewCallout({ toReview: { count, atLeast }, frame: { reader } }: HomePageView): Markup | null {
  if (count === 0) return null;
  const text = homeText[reader.language];
  const told = text.toReview(figure(count, reader), count === 1, atLeast);
  return callout('careful', html`<strong>${told}</strong> ${text.notTold} <a href="/review">${text.lookAt}</a>.`);
}

/** Who is hot, and whom sales has. */
function pipeline({ frame, leads, handoffs, repNames, threshold }: HomePageView): Markup {
  const { reader } = frame;
  const text = homeText[reader.language];
  return html`<div class="stack">
<div data-live="leads">${card(
    text.hottest,
    leads.length > 0 ? leadTable(leads, { threshold, repNames, reader, short: true }) : noLeads(text),
    { flush: true, aside: html`<a href="/leads">${text.allLeads}</a>` },
  )}</div>
<div data-live="handoffs">${card(
    text.first,
    handoffs.length > 0
      ? handoffTable(handoffs, repNames, reader)
      : html`<div class="body muted">${text.nobodyReady}</div>`,
    { flush: true, aside: html`<a href="/handoffs">${text.allHandoffs}</a>` },
  )}</div>
</div>`;
}

/** What a newcomer does next comes first on a phone; the clock alone comes last. */
function aside({ frame, walk }: HomePageView): Markup {
  const text = homeText[frame.reader.language];
  return html`<div class="stack ${walk.length > 0 && 'aside-first'}">
${walk.length > 0 && walkCard(walk, text)}
${frame.local && clockCard(text)}
</div>`;
}

type Text = (typeof homeText)['en'];

function noLeads(text: Text): Markup {
  return emptyState({
    title: text.nothing,
    text: text.nothingYet,
    action: { href: '/p/trial', text: text.tryIt },
  });
}

function walkCard(walk: readonly WalkStep[], words: Text): Markup {
  const done = walk.filter((step) => step.done).length;
  return card(
    words.walk,
    html`<ol class="steps">${walk.map(
      ({ title, text, href, link, done: isDone }, index) =>
        html`<li class="${isDone && 'done'}"><span class="step-mark">${isDone ? icon('check') : index + 1}</span><div><strong>${title}</strong>${isDone && html`<span class="visually-hidden"> ${words.done}</span>`}<p>${text} <a href="${safeHref(href)}">${link}</a></p></div></li>`,
    )}</ol>`,
    { aside: html`<p>${words.doneOf(done, walk.length)}</p>` },
  );
}

/** On a laptop only: days pass at a click, and everything due on the way happens in order. */
function clockCard(text: Text): Markup {
  return card(
    text.clock,
    html`<div class="stack"><p class="muted">${text.clockNote}</p>
<div class="inline" data-clock="/_local/clock" hidden>${Object.entries(text.jumps).map(([advance, name]) => html`<button type="button" data-advance="${advance}">${name}</button>`)}</div>
<p class="faint" data-clock-status role="status"></p>
<noscript>${callout('note', html`${text.withoutScript} <code>curl -d '{"advance":"P1D"}' /_local/clock</code>`)}</noscript></div>`,
  );
}
