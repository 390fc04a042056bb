/** How Slack and Teams look, near enough to see what a rep sees; no picture and no font of theirs. */
export const callStyle = `
.channel-tabs { display: flex; gap: var(--space-2); flex-wrap: wrap; }
.channel-tabs a { padding: var(--space-2) var(--space-4); border: 1px solid var(--line); border-radius: var(--radius-full);
  background: var(--surface); color: var(--ink); text-decoration: none; font-size: var(--text-sm); }
.channel-tabs a[aria-current] { background: var(--leaf-soft); border-color: var(--leaf); color: var(--leaf-ink); font-weight: 600; }
.slack { display: flex; gap: var(--space-3); padding: var(--space-4); background: light-dark(#fff, #1a1d21);
  color: light-dark(#1d1c1d, #d1d2d3); font-size: 0.9375rem; line-height: 1.47; overflow-wrap: anywhere; }
.slack-avatar { flex: none; width: 2.25rem; height: 2.25rem; border-radius: 0.375rem; background: #1f7a4d; color: #fff; display: grid;
  place-items: center; font-weight: 700; }
.slack-message { min-width: 0; flex: 1; }
.slack-from { margin: 0; } .slack-app { font-size: 0.625rem; padding: 0 0.25rem; border-radius: 2px; background: light-dark(#e8e8e8, #35373b); }
.slack-header { font-size: 1.125rem; margin: 0.5rem 0; }
.slack-text { margin: 0.25rem 0 0.5rem; white-space: pre-wrap; }
.slack-text a, .slack-list a { color: light-dark(#1264a3, #1d9bd1); }
.slack-list { margin: 0 0 0.5rem; padding-left: 1.5rem; } .slack-list li { margin: 0; }
.slack-quote { margin: 0.25rem 0; padding-left: 0.75rem; border-left: 4px solid light-dark(#ddd, #616061); white-space: pre-wrap; }
.slack-code { margin: 0.25rem 0; padding: 0.5rem; border: 1px solid light-dark(#ddd, #464749); border-radius: 4px; white-space: pre-wrap;
  font-family: var(--mono); font-size: 0.75rem; background: light-dark(#f8f8f8, #222529); }
.slack-actions { display: flex; flex-wrap: wrap; gap: 0.5rem; margin: 0.75rem 0 0.5rem; }
.slack-button { padding: 0.3rem 0.75rem; border: 1px solid light-dark(#c8c8c9, #565856); border-radius: 4px; font-weight: 700; font-size: 0.8125rem;
  color: inherit; text-decoration: none; }
.slack-button.primary { background: #007a5a; border-color: #007a5a; color: #fff; }
.slack-button.danger { background: light-dark(#fff, transparent); border-color: light-dark(#e01e5a, #e96699); color: light-dark(#c1134a, #f08cb0); }
.slack-context { margin: 0.25rem 0; font-size: 0.8125rem; color: light-dark(#616061, #ababad); }
.slack-divider { border: 0; border-top: 1px solid light-dark(#e8e8e8, #35373b); margin: 0.75rem 0; }
.teams { padding: var(--space-4); background: light-dark(#f5f5f5, #1f1f1f); overflow-wrap: anywhere; }
.teams-from { display: flex; align-items: center; gap: 0.5rem; margin: 0 0 0.75rem; font-size: 0.8125rem; }
.teams-avatar { width: 2rem; height: 2rem; border-radius: 50%; background: #5b5fc7; color: #fff; display: grid; place-items: center; }
.teams-card { background: light-dark(#fff, #292929); border: 1px solid light-dark(#e0e0e0, #3d3d3d); border-radius: 4px; padding: 1rem;
  font-size: 0.875rem; line-height: 1.43; }
.teams-text { margin: 0.5rem 0 0; white-space: pre-wrap; } .teams-text.small { margin-top: 0.25rem; } .teams-text:first-child { margin-top: 0; }
.teams-text .large { font-size: 1.3rem; line-height: 1.3; } .teams-text .medium { font-size: 1rem; } .teams-text .bolder { font-weight: 600; }
.teams-text .subtle { color: light-dark(#616161, #adadad); } .teams-text .italic { font-style: italic; }
.teams-box { margin-top: 0.75rem; } .teams-box.emphasis { padding: 0.75rem; background: light-dark(#f0f0f0, #333); border-radius: 4px; }
.teams-box.separated { border-top: 1px solid light-dark(#e0e0e0, #3d3d3d); padding-top: 0.75rem; }
.teams-actions { display: flex; flex-wrap: wrap; gap: 0.5rem; margin: 1rem 0 0; }
.teams-button { padding: 0.35rem 0.9rem; border: 1px solid light-dark(#d1d1d1, #666); border-radius: 4px; font-weight: 600; color: inherit;
  text-decoration: none; background: light-dark(#fff, transparent); }
.teams-button.positive { background: #5b5fc7; border-color: #5b5fc7; color: #fff; }
.teams-button.destructive { border-color: light-dark(#c4314b, #e37d80); color: light-dark(#b0233d, #f0a5a8); }
`;
