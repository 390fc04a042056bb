import { html } from 'hono/html';
import type { Purpose } from '../leads/activity.ts';
import { plainPage } from '../runtime/plain-page.ts';
import { type PreferencesText, preferencesText } from './preferences-text.ts';
import { masked, type PageLanguage } from './unsubscribe-page.ts';

export interface PreferencesView {
  readonly language: PageLanguage;
  readonly email: string;
  /** The team's name. */
  readonly account: string;
  /** Null: never asked, so that neither answer is chosen beforehand. */
  readonly stands: Readonly<Record<Purpose, boolean | null>>;
  /** The languages the team writes in, and the one this person gets. */
  readonly languages: readonly string[];
  readonly chosen: string;
  /** Epoch milliseconds. */
  readonly now: number;
  /** What has just been done, in words; null when the page is only looked at. */
  readonly told: { readonly tone: 'good' | 'careful'; readonly text: string } | null;
}

const purposes: readonly Purpose[] = ['marketing', 'sales-contact', 'tracking'];

/** Shows what stands and asks; looking at it changes nothing. Works without a script. */
export function preferencesPage(view: PreferencesView): string {
  const { language, email, account, now, told } = view;
  const text = preferencesText[language];
  return plainPage(
    language,
    text.title(account),
    html`<p class="lede">${text.about(masked(email))}</p>
${told && html`<div class="callout ${told.tone}" role="status"><div>${told.text}</div></div>`}
<form class="choices" method="post"><input type="hidden" name="seen" value="${new Date(now).toISOString()}">
${purposes.map((purpose) => question(purpose, view.stands[purpose], text))}
${view.languages.length > 1 && languageField(view, text)}
<button class="button primary" type="submit">${text.save}</button></form>
${allForm(text)}`,
  );
}

/**
 * For a link to an address that the person has no longer: whoever reads that mailbox may say no, and learns neither what stands nor where
 * they are now.
 */
export function formerAddressPage(language: PageLanguage, account: string, saidNo: boolean): string {
  const text = preferencesText[language];
  return plainPage(
    language,
    text.title(account),
    html`${saidNo && html`<div class="callout good" role="status"><div>${text.noSaved}</div></div>`}
<p class="lede">${text.former}</p>
${allForm(text)}`,
  );
}

function allForm({ all, allMeans, allButton }: PreferencesText) {
  return html`<form class="choices" method="post"><input type="hidden" name="all" value="no">
<h2>${all}</h2>
<p class="hint">${allMeans}</p>
<button class="button" type="submit">${allButton}</button></form>`;
}

function question(purpose: Purpose, stands: boolean | null, { questions, yes, no }: PreferencesText) {
  const { ask, means } = questions[purpose];
  const choice = (value: string, label: string, isChosen: boolean) =>
    html`<label class="check"><input type="radio" name="${purpose}" value="${value}"${isChosen && html` checked`}><span>${label}</span></label>`;
  return html`<fieldset aria-describedby="means-${purpose}"><legend>${ask}</legend>
<p class="hint" id="means-${purpose}">${means}</p>
${choice('yes', yes, stands === true)}${choice('no', no, stands === false)}</fieldset>`;
}

function languageField({ languages, chosen }: PreferencesView, { language }: PreferencesText) {
  return html`<div class="field"><label for="language">${language}</label><select id="language" name="language">
${languages.map((tag) => html`<option value="${tag}" lang="${tag}"${tag === chosen && html` selected`}>${nameOf(tag)}</option>`)}</select></div>`;
}

/** A language's name in that language, as its readers look for it. */
function nameOf(tag: string): string {
  const name = new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;
  return name.charAt(0).toLocaleUpperCase(tag) + name.slice(1);
}
