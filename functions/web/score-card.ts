import type { Explanation } from '../scoring/explain.ts';
import { byHand } from '../scoring/folding.ts';
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

/** What somebody gave by hand is kept in the score's fit, and told apart from it: it says nothing of who the lead is. */
function scoreFigure({ lead, explanation, model: { threshold }, frame: { reader } }: LeadPageView): Markup {
  const { score, rating } = lead;
  const text = scoreText[reader.language];
  const given = pointsOf(explanation, byHand);
  const fit = Math.round((score.fit - given) * 10) / 10;
  const missing = threshold - score.total;
  return html`<div class="score"><div class="score-figure"><span class="score-total">${figure(score.total, reader)}</span>
<span class="muted">${text.parts(figure(fit, reader), figure(score.engagement, reader))}${given !== 0 && text.byHandToo(figure(given, reader))}<br>${
    missing > 0
      ? text.below(figure(missing, reader), figure(threshold, reader))
      : text.reached(figure(threshold, reader))
  }</span></div>${scoreMeter(score.total, rating, threshold)}</div>`;
}

/** What the reasons of one rule add up to, to one decimal. */
function pointsOf({ entries }: Pick<Explanation, 'entries'>, ruleId: string): number {
  const given = entries.filter((entry) => entry.ruleId === ruleId);
  return Math.round(given.reduce((sum, { contribution }) => sum + contribution, 0) * 10) / 10;
}
