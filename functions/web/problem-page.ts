import { html } from './markup.ts';
import { emptyState } from './parts.ts';
import { type Frame, pageHead, type Section, shellPage } from './shell.ts';

/** What was asked for cannot be shown: why, and the way back. */
export function problemPage(frame: Frame, section: Section, message: string): string {
  return shellPage(frame, {
    section,
    title: 'Not found',
    body: html`${pageHead({ title: 'This cannot be shown' })}
<section class="card">${emptyState({ title: message, text: 'The link may be old, or mistyped.', action: { href: '/', text: 'Go home' } })}</section>`,
  });
}
