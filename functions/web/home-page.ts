import type { LeadView } from '../leads/read-leads.ts';
import type { MetricId } from '../metrics/metric.ts';
import type { MetricSnapshot } from '../metrics/snapshot.ts';
import type { ActivationView } from '../scoring/read-activation.ts';
import { activationProgress } from './activation-progress.ts';
import { type HandoffRow, handoffTable } from './handoffs-page.ts';
import { icon } from './icon.ts';
import { leadTable } from './lead-row.ts';
import { html, type Markup, safeHref } from './markup.ts';
import { type DayFigures, metricTile } from './metric-tile.ts';
import { callout, card, emptyState } from './parts.ts';
import { dayName, exactMoment, figure } from './reader.ts';
import { type Frame, pageHead, shellPage } from './shell.ts';
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
  const current = days.find(({ day }) => day === today);
  return shellPage(frame, {
    section: 'home',
    title: 'Home',
    body: html`${pageHead({
      title: 'What is happening now',
      lede: dayName(today, reader),
      actions: html`<a class="button" href="/connect">Connect a form</a>`,
    })}
<div class="stack">
${activationProgress(view.activation, reader)}
<div data-live="review">${reviewCallout(view)}</div>
${
  days.length > 0 &&
  html`<section class="stack tight" aria-labelledby="today" data-live="figures"><div class="inline"><h2 id="today">Today</h2><span class="muted">${
    current?.watermark ? html`counted up to ${exactMoment(current.watermark, reader)}` : 'nothing counted yet'
  }, days of ${reader.timeZone}</span></div>
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
  const leads =
    count === 1 && !atLeast ? '1 lead is' : `${figure(count, reader)}${atLeast ? ' or more' : ''} leads are`;
  return callout(
    'careful',
    html`<strong>${leads} over the threshold only since the playbook changed.</strong> Sales has not been told: <a href="/review">look at them</a>.`,
  );
}

/** Who is hot, and whom sales has. */
function pipeline({ frame, leads, handoffs, repNames, threshold }: HomePageView): Markup {
  const { reader } = frame;
  return html`<div class="stack">
<div data-live="leads">${card(
    'Hottest leads',
    leads.length > 0 ? leadTable(leads, { threshold, repNames, reader, short: true }) : noLeads(),
    { flush: true, aside: html`<a href="/leads">All leads</a>` },
  )}</div>
<div data-live="handoffs">${card(
    'First for sales',
    handoffs.length > 0
      ? handoffTable(handoffs, repNames, reader)
      : html`<div class="body muted">Nobody is ready for sales yet.</div>`,
    { flush: true, aside: html`<a href="/handoffs">All hand-offs</a>` },
  )}</div>
</div>`;
}

/** What a newcomer does next comes first on a phone; the clock alone comes last. */
function aside({ frame, walk }: HomePageView): Markup {
  return html`<div class="stack ${walk.length > 0 && 'aside-first'}">
${walk.length > 0 && walkCard(walk)}
${frame.local && clockCard()}
</div>`;
}

function noLeads(): Markup {
  return emptyState({
    title: 'Nothing has ripened yet',
    text: 'Fill in the trial form as a lead would, and watch the score and its reasons appear here.',
    action: { href: '/p/trial', text: 'Fill in the trial form' },
  });
}

function walkCard(walk: readonly WalkStep[]): Markup {
  const done = walk.filter((step) => step.done).length;
  return card(
    'See one lead walk',
    html`<ol class="steps">${walk.map(
      ({ title, text, href, link, done: isDone }, index) =>
        html`<li class="${isDone && 'done'}"><span class="step-mark">${isDone ? icon('check') : index + 1}</span><div><strong>${title}</strong>${isDone && html`<span class="visually-hidden"> (done)</span>`}<p>${text} <a href="${safeHref(href)}">${link}</a></p></div></li>`,
    )}</ol>`,
    { aside: html`<p>${done} of ${walk.length}</p>` },
  );
}

/** On a laptop only: days pass at a click, and everything due on the way happens in order. */
function clockCard(): Markup {
  const jumps = [
    ['PT10S', '10 seconds'],
    ['PT1H', '1 hour'],
    ['P1D', '1 day'],
    ['P3D', '3 days'],
  ] as const;
  return card(
    'Move the clock',
    html`<div class="stack"><p class="muted">Sequences wait for days; you need not. The local clock goes forward only, and fires everything due on the way.</p>
<div class="inline" data-clock="/_local/clock" hidden>${jumps.map(([advance, name]) => html`<button type="button" data-advance="${advance}">${name}</button>`)}</div>
<p class="faint" data-clock-status role="status"></p>
<noscript>${callout('note', html`Without JavaScript: <code>curl -d '{"advance":"P1D"}' /_local/clock</code>`)}</noscript></div>`,
  );
}
