import { adjustForm } from './adjust-form.ts';
import { explanationList } from './explanation.ts';
import type { LeadPageView } from './lead-page.ts';
import { html, type Markup } from './markup.ts';
import { callout, card } from './parts.ts';
import { scoreMeter } from './rating.ts';
import { exactMoment, figure } from './reader.ts';
import { scoreChart } from './score-chart.ts';
import { scoreText } from './score-text.ts';

/** A lead's score: the figure, how it has run, every reason that makes it, and the way to change it by hand. */
export function scoreCard(view: LeadPageView): Markup {
  const { explanation, scoreRun, activities, model, frame } = view;
  const { reader } = frame;
  const text = scoreText[reader.language];
  return card(
    text.title,
    html`${view.adjusted && html`<div class="score-noted">${callout('good', text.adjust.noted)}</div>`}
<div${view.adjusted && html` data-live="score"`}>${scoreFigure(view)}${scoreChart(scoreRun, model.threshold, reader)}${explanationList(
      explanation,
      { rules: model.rules, activities, reader },
    )}</div>
${adjustForm(view)}`,
    {
      id: 'score',
      aside: html`<p>${text.asOf} ${exactMoment(explanation.asOf, reader)}</p>`,
      footer: html`${text.rules} <code>${explanation.modelVersion.slice(0, 8)}</code>`,
    },
  );
}

function scoreFigure({ lead, model: { threshold }, frame: { reader } }: LeadPageView): Markup {
  const { score, rating } = lead;
  const text = scoreText[reader.language];
  const missing = threshold - score.total;
  return html`<div class="score"><div class="score-figure"><span class="score-total">${figure(score.total, reader)}</span>
<span class="muted">${text.parts(figure(score.fit, reader), figure(score.engagement, reader))}<br>${
    missing > 0
      ? text.below(figure(missing, reader), figure(threshold, reader))
      : text.reached(figure(threshold, reader))
  }</span></div>${scoreMeter(score.total, rating, threshold)}</div>`;
}
