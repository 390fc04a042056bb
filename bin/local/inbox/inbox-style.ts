/**
 * The few things the inbox shows that no page of the product does. The frame is as tall as a usual mail, so that its link is seen
 * at once: without a script nobody can ask the mail how tall it is.
 */
export const inboxStyle = `
.inbox-frame { display: block; width: 100%; height: 56rem; resize: vertical;
  border: 1px solid var(--line); border-radius: var(--radius-md); background: #fff; color-scheme: light; }
.inbox-text { white-space: pre-wrap; overflow-wrap: anywhere; font-family: var(--mono); font-size: var(--text-sm); }
.inbox-subject, .inbox-to, .inbox-address, .row-link { overflow-wrap: anywhere; }
.inbox-filter { flex: 0 1 26rem; flex-wrap: nowrap; }
.inbox-filter .field { flex: 1 1 0; }
@media (max-width: 48rem) { .inbox-frame { height: 69rem; } }
@media (min-width: 48.01rem) { .inbox-to { display: inline-block; min-width: 13rem; } }
.facts dd { white-space: pre-line; }
.fold-arrow svg { width: 1rem; height: 1rem; }
`;
