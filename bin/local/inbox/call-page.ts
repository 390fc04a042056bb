import { icon } from '../../../functions/web/icon.ts';
import { html, type Markup } from '../../../functions/web/markup.ts';
import { card, facts } from '../../../functions/web/parts.ts';
import { type OutgoingCall, type ReadCall, titleOfCall } from './call-kind.ts';
import { answered, channelNames } from './calls-page.ts';
import { layout, time } from './inbox-layout.ts';
import { slackView } from './slack-view.ts';
import { teamsView } from './teams-view.ts';

/** One call: as its reader sees it, and as it was sent. */
export function callPage(call: OutgoingCall, read: ReadCall): string {
  const title = titleOfCall(read);
  return layout(
    title,
    html`<a class="crumb" href="/_local/inbox/calls?channel=${read.kind}">${icon('back')}${channelNames[read.kind]}</a>
      <div class="page-head"><div><h1 class="inbox-subject">${title}</h1><p class="lede">To ${call.host}</p></div></div>
      <div class="columns">
        <div class="stack">${shown(read)}${sent(call, read)}</div>
        <div class="stack">${card(
          'Details',
          facts([
            ['To', html`<span class="inbox-address">${call.url}</span>`],
            ['Answered', answered(call)],
            ['Sent', time(call.at)],
          ]),
        )}${card('Headers', facts(Object.entries(call.headers)))}</div>
      </div>`,
  );
}

function shown(read: ReadCall): Markup | null {
  switch (read.kind) {
    case 'slack':
      return slackView(read.message);
    case 'teams':
      return teamsView(read.card);
    case 'webhook':
      return null;
  }
}

function sent({ body }: OutgoingCall, read: ReadCall): Markup {
  const json = read.kind === 'webhook' ? read.json : JSON.parse(body);
  const text = html`<pre class="inbox-text">${typeof json === 'string' ? json : JSON.stringify(json, null, 2)}</pre>`;
  if (read.kind === 'webhook') return card('Body', text);
  return html`<details class="fold"><summary><span class="fold-arrow">${icon('arrow')}</span><h2>As it was sent</h2></summary><div class="body">${text}</div></details>`;
}
