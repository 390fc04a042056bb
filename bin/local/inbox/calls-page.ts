import { icon } from '../../../functions/web/icon.ts';
import { html, type Markup } from '../../../functions/web/markup.ts';
import { type CallKind, type OutgoingCall, type ReadCall, titleOfCall } from './call-kind.ts';
import { channelTabs } from './channel-tabs.ts';
import { layout, time } from './inbox-layout.ts';

export interface CallRow {
  readonly call: OutgoingCall;
  readonly read: ReadCall;
}

export const channelNames: Readonly<Record<CallKind, string>> = { slack: 'Slack', teams: 'Teams', webhook: 'Webhooks' };

/** The calls of one channel, newest first. */
export function callsPage(kind: CallKind, rows: readonly CallRow[]): string {
  return layout(
    channelNames[kind],
    html`<div class="page-head"><div><h1>Inbox</h1>
        <p class="lede">What would have gone to other systems. None of it leaves your machine. Times are UTC.</p></div></div>
      <div class="stack">${channelTabs(kind)}
        <div class="card">${rows.length === 0 ? empty(kind) : table(rows)}</div>
      </div>`,
  );
}

function table(rows: readonly CallRow[]): Markup {
  return html`<table class="cards">
    <thead><tr><th scope="col">Message</th><th scope="col">To</th><th scope="col">Answered</th><th scope="col">Sent</th></tr></thead>
    <tbody>${rows.map(row)}</tbody>
  </table>`;
}

function row({ call, read }: CallRow): Markup {
  return html`<tr>
    <td class="lead-cell"><a class="row-link" href="/_local/inbox/calls/${encodeURIComponent(call.id)}">${titleOfCall(read).slice(0, 200)}</a></td>
    <td data-column="To"><span class="inbox-to">${call.host}</span></td>
    <td data-column="Answered">${answered(call)}</td>
    <td data-column="Sent">${time(call.at)}</td>
  </tr>`;
}

export function answered({ answered }: OutgoingCall): Markup {
  const isGood = typeof answered === 'number' && answered >= 200 && answered < 300;
  return html`<span class="badge ${isGood ? 'good' : 'bad'}">${answered}</span>`;
}

function empty(kind: CallKind): Markup {
  return html`<div class="empty">${icon('inbox')}<strong>Nothing by ${channelNames[kind]} yet</strong>
    <p>Give a rep of team.yaml <code>channel: { kind: ${kind}, endpoint: … }</code>, and ask for a consultation.</p>
    <a class="button primary" href="/connect">Try a form</a></div>`;
}
