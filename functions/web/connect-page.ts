import { type Form, textIn } from '../capture/form.ts';
import type { Reception } from '../capture/reception.store.ts';
import { connectText } from './connect-text.ts';
import { formFields } from './form-fields.ts';
import { icon } from './icon.ts';
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
  /** The form to show unfolded. */
  readonly openForm?: string | undefined;
  /** Stands in the test submission's address, so that each test is a person of its own. */
  readonly testTag: string;
}

/** Marketing's day one: copy the form, copy the tracker, send a test, see it arrive. */
export function connectPage(view: ConnectPageView): string {
  const { frame, forms, baseUrl, writeKey, openForm } = view;
  const { language } = frame.reader;
  const text = connectText[language];
  return shellPage(frame, {
    section: 'connect',
    title: text.title,
    body: html`${pageHead({
      title: text.head,
      lede: text.lede,
      actions: html`<span class="inline">${languageLinks(language, (other) => `/connect?lang=${other}`)}</span>`,
    })}
<div class="stack">
${card(
  text.tracker,
  html`<div class="stack tight">${codeBlock(trackerSnippet(baseUrl, writeKey), text.trackerCode)}
<p class="muted">${text.trackerNote}</p></div>`,
)}
<h2>${text.forms}</h2>
${
  forms.length > 0
    ? forms.map((form) => connectedForm(form, view, form.formId === openForm))
    : html`<section class="card">${emptyState({ title: text.none, text: html`${text.noneYet} <code>playbook/forms.yaml</code>.` })}</section>`
}
</div>`,
  });
}

function connectedForm({ formId, form, reception }: ConnectedForm, view: ConnectPageView, open: boolean): Markup {
  const { baseUrl, frame } = view;
  const { reader } = frame;
  const { language } = reader;
  const text = connectText[language];
  return html`<details class="fold" id="form-${formId}" name="forms"${open && html` open`}>
<summary><span class="fold-arrow">${icon('arrow')}</span><strong>${textIn(form.title, language)}</strong><span class="inline">${badge(form.magnet, 'note')}${badge(form.funnelStage)}</span><span class="fold-end" data-live="status-${formId}">${status(reception, reader)}</span></summary>
<div class="body">
<div class="stack tight" data-live="reception-${formId}">${received(reception, reader)}</div>
<section class="stack tight"><h3>${text.paste}</h3>
${codeBlock(formSnippet(formId, form, { baseUrl, language }), text.formCode(formId))}
<p class="muted">${text.postsTo} <code>${baseUrl}/f/${formId}</code>. ${text.anyForm} <a href="/p/${formId}">/p/${formId}</a></p></section>
<section class="stack tight"><h3>${text.test}</h3>${testForm(formId, form, view)}</section>
</div></details>`;
}

function status({ lastReceived, lastRejected }: ConnectedForm['reception'], reader: Reader): Markup {
  const text = connectText[reader.language];
  if (lastRejected && (!lastReceived || lastRejected.at > lastReceived.at))
    return html`${badge(text.lastOneRejected, 'bad')} ${moment(lastRejected.at, reader)}`;
  if (!lastReceived) return badge(text.nothing);
  return html`${badge(text.received, 'good')} ${moment(lastReceived.at, reader)}`;
}

function received({ lastReceived, lastRejected }: ConnectedForm['reception'], reader: Reader): readonly Piece[] {
  const dropped = lastReceived?.droppedFields ?? 0;
  const text = connectText[reader.language];
  return [
    lastReceived && callout('good', html`<strong>${text.lastReceived}</strong> ${moment(lastReceived.at, reader)}`),
    lastRejected &&
      callout(
        'bad',
        html`<strong>${text.lastRejected}</strong> ${moment(lastRejected.at, reader)}${lastRejected.path && html`, ${text.field} <code>${lastRejected.path}</code>`}: ${lastRejected.message}`,
      ),
    dropped > 0 && callout('careful', text.dropped(dropped)),
  ];
}

/** A real submission of a made-up person. The page itself tells what became of it; without JavaScript, a tab of its own does. */
function testForm(formId: string, form: Form, { testTag, frame: { reader } }: ConnectPageView): Markup {
  const { language } = reader;
  const text = connectText[language];
  const values = { email: `test+${testTag}@example.com`, name: 'Test Person', company: 'Example Ltd' };
  return html`<form class="stack tight" action="/f/${formId}" method="post" target="_blank" data-plain data-try>
${formFields(form, { language, prefix: formId, values })}
<div><button class="primary" type="submit">${text.send}</button></div>
<div data-told role="status"></div>
<p class="faint">${text.realWay}</p></form>`;
}
