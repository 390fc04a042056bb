import { html, type Markup } from '../../../functions/web/markup.ts';
import { card } from '../../../functions/web/parts.ts';
import { replyToOf } from '../mail/reply-mail.ts';
import type { InboxMessage } from './inbox.ts';

/** Where the reader of a message answers it. `arrive`: whether a receipt rule of the template takes mail for the address. */
export function replyCard(message: InboxMessage, arrive: boolean): Markup {
  const to = replyToOf(message);
  if (!arrive) {
    return card(
      'Reply',
      html`<p class="muted">Replies go to <span class="inbox-address">${to}</span>, which no receipt rule of the template takes mail for: they would reach a
        mailbox outside. Give <code>replies.domain</code> in account.yaml to receive them here.</p>`,
    );
  }
  return card(
    'Reply',
    html`<form class="stack" method="post" action="/_local/inbox/${message.messageId}/reply">
      <div class="field"><label for="reply">Answer as ${message.to[0] ?? 'the reader'}</label>
        <textarea id="reply" name="text" rows="5" required></textarea></div>
      <p class="faint">To <span class="inbox-address">${to}</span></p>
      <div class="inline"><button class="primary" type="submit" name="as" value="person">Send the reply</button>
        <button type="submit" name="as" value="out-of-office">As an out-of-office</button>
        <button type="submit" name="as" value="forged">With a forged sender</button></div>
    </form>`,
  );
}
