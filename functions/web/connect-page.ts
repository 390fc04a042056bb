import { type Form, textIn } from '../capture/form.ts';
import type { Reception } from '../capture/reception.store.ts';
import { formFields } from './form-fields.ts';
import { icon } from './icon.ts';
import type { Language } from './language.ts';
import { html, type Markup, type Piece } from './markup.ts';
import { badge, callout, card, codeBlock, emptyState } from './parts.ts';
import { moment, type Reader } from './reader.ts';
import { type Frame, languageLinks, pageHead, shellPage } from './shell.ts';
import { formSnippet, trackerSnippet } from './snippet.ts';

export interface ConnectedForm {
  readonly formId: string;
  readonly form: Form;
  readonly reception: Pick<Reception, 'lastReceived' | 'lastRejected'>;
}

export interface ConnectPageView {
  readonly frame: Frame;
  readonly forms: readonly ConnectedForm[];
  readonly baseUrl: string;
  readonly writeKey: string;
  /** In which language the forms speak to the visitor. */
  readonly formLanguage: Language;
  /** The form to show unfolded. */
  readonly openForm?: string | undefined;
  /** Stands in the test submission's address, so that each test is a person of its own. */
  readonly testTag: string;
}

/** Marketing's day one: copy the form, copy the tracker, send a test, see it arrive. */
export function connectPage(view: ConnectPageView): string {
  const { frame, forms, baseUrl, writeKey, openForm, formLanguage } = view;
  return shellPage(frame, {
    section: 'connect',
    title: 'Connect',
    body: html`${pageHead({
      title: 'Connect a form',
      lede: 'Paste a form into any page, add the tracker once, send a test. What a form asks stands in the playbook.',
    })}
<div class="stack">
${card(
  'The tracker',
  html`<div class="stack tight">${codeBlock(trackerSnippet(baseUrl, writeKey), 'Tracker snippet')}
<p class="muted">Once per page, in the head. It tells which pages a lead looks at and which campaign brought them. It sets no cookie before somebody agrees, respects Do Not Track, and weighs less than 3 KB.</p></div>`,
)}
<div class="inline"><h2>Forms</h2>${languageLinks(formLanguage, (language) => `/connect?lang=${language}`)}</div>
${
  forms.length > 0
    ? forms.map((form) => connectedForm(form, view, form.formId === openForm))
    : html`<section class="card">${emptyState({ title: 'The playbook has no form', text: html`Describe the first one in <code>playbook/forms.yaml</code>.` })}</section>`
}
</div>`,
  });
}

function connectedForm({ formId, form, reception }: ConnectedForm, view: ConnectPageView, open: boolean): Markup {
  const { formLanguage: language, baseUrl } = view;
  const { reader } = view.frame;
  return html`<details class="fold" id="form-${formId}" name="forms"${open && html` open`}>
<summary><span class="fold-arrow">${icon('arrow')}</span><strong>${textIn(form.title, language)}</strong><span class="inline">${badge(form.magnet, 'note')}${badge(form.funnelStage)}</span><span class="fold-end" data-live="status-${formId}">${status(reception, reader)}</span></summary>
<div class="body">
<div class="stack tight" data-live="reception-${formId}">${received(reception, reader)}</div>
<section class="stack tight"><h3>1. Paste the form</h3>
${codeBlock(formSnippet(formId, form, { baseUrl, language }), `HTML of the form ${formId}`)}
<p class="muted">It posts to <code>${baseUrl}/f/${formId}</code>. Any form with these field names may do so, also from a page builder or a program with JSON. See it on its own page: <a href="/p/${formId}">/p/${formId}</a></p></section>
<section class="stack tight"><h3>2. Send a test</h3>${testForm(formId, form, view)}</section>
</div></details>`;
}

function status({ lastReceived, lastRejected }: ConnectedForm['reception'], reader: Reader): Markup {
  if (lastRejected && (!lastReceived || lastRejected.at > lastReceived.at))
    return html`${badge('Last one rejected', 'bad')} ${moment(lastRejected.at, reader)}`;
  if (!lastReceived) return badge('Nothing received yet');
  return html`${badge('Received', 'good')} ${moment(lastReceived.at, reader)}`;
}

function received({ lastReceived, lastRejected }: ConnectedForm['reception'], reader: Reader): readonly Piece[] {
  const dropped = lastReceived?.droppedFields ?? 0;
  return [
    lastReceived && callout('good', html`<strong>Last received</strong> ${moment(lastReceived.at, reader)}`),
    lastRejected &&
      callout(
        'bad',
        html`<strong>Last rejected</strong> ${moment(lastRejected.at, reader)}${lastRejected.path && html`, field <code>${lastRejected.path}</code>`}: ${lastRejected.message}`,
      ),
    dropped > 0 &&
      callout(
        'careful',
        `The last submission had ${dropped} unknown ${dropped > 1 ? 'fields' : 'field'}, which the form does not declare. They were dropped, not stored.`,
      ),
  ];
}

/** A real submission of a made-up person. The page itself tells what became of it; without JavaScript, a tab of its own does. */
function testForm(formId: string, form: Form, { formLanguage, testTag }: ConnectPageView): Markup {
  const values = { email: `test+${testTag}@example.com`, name: 'Test Person', company: 'Example Ltd' };
  return html`<form class="stack tight" action="/f/${formId}" method="post" target="_blank" data-plain data-try>
${formFields(form, { language: formLanguage, prefix: formId, values })}
<div><button class="primary" type="submit">Send the test</button></div>
<div data-told role="status"></div>
<p class="faint">This is the real way in: the test appears among the leads. Mail to example.com reaches nobody.</p></form>`;
}
