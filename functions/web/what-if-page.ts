import type { AssignmentReason } from '../handoff/handoff.ts';
import type { Routed } from '../handoff/route.ts';
import type { Team } from '../handoff/team.ts';
import { countries } from './country.ts';
import { timeThere } from './handoff-clock.ts';
import { decision } from './handoff-decision.ts';
import { leadHref } from './lead-row.ts';
import { html, type Markup } from './markup.ts';
import { callout, card, inputField, select } from './parts.ts';
import { exactMoment } from './reader.ts';
import { type Frame, languageLinks, pageHead, shellPage } from './shell.ts';
import { whatIfText } from './what-if-text.ts';

/** What was typed, as it was typed. */
export type AskedFacts = Readonly<
  Record<'lead' | 'country' | 'region' | 'industry' | 'product' | 'language' | 'score', string>
>;

/** What the rules answer; or why there is nothing to ask them. */
export type WhatIf =
  | { readonly outcome: 'not-asked' | 'not-found' | 'erased' }
  | {
      readonly outcome: 'routed';
      readonly routed: Routed;
      /** The lead that was found; `null`: one that was described. */
      readonly lead: { readonly leadId: string; readonly name: string } | null;
      /** Whose it is already; left out: sales does not have it. */
      readonly openWith?: string | null;
      readonly never: 'complaint' | 'disqualified' | null;
    };

export interface WhatIfPageView {
  readonly frame: Frame;
  readonly asked: AskedFacts;
  readonly answer: WhatIf;
  readonly team: Team;
  readonly repNames: Readonly<Record<string, string>>;
}

/** Who would get a lead now, and why: asked, not done. */
export function whatIfPage(view: WhatIfPageView): string {
  const { frame, asked } = view;
  const { language } = frame.reader;
  const text = whatIfText[language];
  const typed = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== ''));
  return shellPage(frame, {
    section: 'handoffs',
    title: text.title,
    body: html`${pageHead({
      crumb: { href: '/team', text: text.team },
      title: text.title,
      lede: text.lede,
      actions: html`<span class="inline">${languageLinks(language, (lang) => `/team/what-if?${new URLSearchParams({ ...typed, lang })}`)}</span>`,
    })}
<div class="stack">
<div class="pair">${leadForm(view)}${factsForm(view)}</div>
${answerCard(view)}
</div>`,
  });
}

function leadForm({ asked, frame }: WhatIfPageView): Markup {
  const text = whatIfText[frame.reader.language];
  return card(
    text.byLead,
    html`<form class="toolbar what-if" action="/team/what-if">
${inputField({ id: 'lead', name: 'lead', label: text.lead, attributes: html`value="${asked.lead}" maxlength="320" autocomplete="off" spellcheck="false" required` })}
<button class="primary">${text.ask}</button></form>`,
  );
}

function factsForm({ asked, frame }: WhatIfPageView): Markup {
  const { language } = frame.reader;
  const text = whatIfText[language];
  const field = (name: 'region' | 'industry' | 'product' | 'language', hint: string) =>
    inputField({
      ...{ id: `fact-${name}`, name, label: text[name] },
      attributes: html`value="${asked[name]}" maxlength="80" autocomplete="off" placeholder="${hint}"`,
    });
  return card(
    text.byFacts,
    html`<form class="toolbar" action="/team/what-if">
${select({ name: 'country', label: text.country, value: asked.country, options: [['', text.anyCountry], ...countries(language)] })}
${field('region', 'SP')}${field('industry', '')}${field('product', '')}${field('language', 'pt-BR')}
${inputField({ id: 'fact-score', name: 'score', label: text.score, attributes: html`type="number" min="0" max="1000" value="${asked.score}"` })}
<button class="primary">${text.ask}</button></form>`,
  );
}

function answerCard({ answer, team, repNames, frame: { reader } }: WhatIfPageView): Markup | null {
  const text = whatIfText[reader.language];
  if (answer.outcome === 'not-asked') return null;
  if (answer.outcome !== 'routed') return callout('careful', answer.outcome === 'erased' ? text.erased : text.notFound);
  const { routed, lead, openWith, never } = answer;
  const { rep, reason, nextTryAt } = routed;
  const title = rep === null ? text.nobody : text.would(repNames[rep] ?? rep);
  const whose =
    openWith === null ? text.openQueued : openWith !== undefined && text.openWith(repNames[openWith] ?? openWith);
  return card(
    title,
    html`<div class="stack tight">
${never && callout('bad', text.never[never])}${whose && callout('note', whose)}
${rep === null && html`<p>${nextTryAt === null ? text.untilClosed : text.until(timeThere(Date.parse(nextTryAt), reader.timeZone, reader))}</p>`}
<h3>${text.why}</h3>
${decision({ rep, reason, repNames, reader }, sentencesOf(reason, team, text))}</div>`,
    {
      id: 'answer',
      ...(lead && { aside: html`<a href="${leadHref(lead.leadId)}">${lead.name}</a>` }),
      footer: html`${text.unchanged} ${exactMoment(new Date(reader.nowMs).toISOString(), reader)}.`,
    },
  );
}

/** The very decision in the words of a question: nobody has got anything. */
function sentencesOf(
  { method, candidates, passedRules, ruleName }: AssignmentReason,
  { assignment }: Team,
  text: (typeof whatIfText)['en'],
): readonly string[] {
  const passed = passedRules.map((id) => assignment.rules.find((rule) => rule.id === id)?.name ?? id);
  return [
    ...(passed.length > 0 ? [text.passed(passed.join('; '))] : []),
    ...(ruleName === undefined ? [] : [text.fromRule(ruleName)]),
    candidates.length === 1 && method !== 'same-rep' ? text.alone : text.because[method],
  ].filter((sentence) => sentence !== '');
}
