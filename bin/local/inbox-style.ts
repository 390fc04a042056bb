/** What the inbox adds to the shared stylesheet, in the colours of whatever surrounds it. */
export const inboxStyle = `
.inbox-list { list-style: none; margin: 0; padding: 0; }
.inbox-list > li { border-block-end: 1px solid color-mix(in oklab, currentColor 18%, transparent); padding-block: .9rem; }
.inbox-list a { font-weight: 600; overflow-wrap: anywhere; }
.inbox-line { display: flex; flex-wrap: wrap; gap: .25rem 1rem; margin: .2rem 0 0; }
.inbox-line > * { overflow-wrap: anywhere; min-inline-size: 0; }
.inbox-search { display: flex; flex-wrap: wrap; gap: .5rem; align-items: end; margin-block: 1rem; }
.inbox-search label { flex: 1 1 14rem; }
.inbox-search input { inline-size: 100%; box-sizing: border-box; }
.inbox-empty { border: 1px dashed color-mix(in oklab, currentColor 30%, transparent); border-radius: .75rem; padding: 1.5rem; }
.inbox-facts { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .3rem 1rem; margin-block: 1rem; }
.inbox-facts dt { opacity: .75; }
.inbox-facts dd { margin: 0; overflow-wrap: anywhere; white-space: pre-line; }
.inbox-frame { display: block; inline-size: 100%; block-size: 65vh; min-block-size: 22rem; resize: vertical; box-sizing: border-box;
  border: 1px solid color-mix(in oklab, currentColor 18%, transparent); border-radius: .75rem; background: #fff; color-scheme: light; }
.inbox-text { white-space: pre-wrap; overflow-wrap: anywhere; }
.inbox-actions { display: flex; flex-wrap: wrap; gap: .5rem; }
.inbox-actions form { margin: 0; }
.inbox-scroll { overflow-x: auto; }
.inbox-scroll td, .inbox-scroll th { text-align: start; vertical-align: top; padding: .35rem 1rem .35rem 0; overflow-wrap: anywhere; }
@media (max-width: 30rem) { .inbox-facts { grid-template-columns: minmax(0, 1fr); gap: 0; } .inbox-facts dd { margin-block-end: .6rem; } }
`;
