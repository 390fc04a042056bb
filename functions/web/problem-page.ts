import { html } from './markup.ts';
import { emptyState } from './parts.ts';
import { type Frame, pageHead, type Section, shellPage } from './shell.ts';
import { shellText } from './shell-text.ts';

/** What was asked for cannot be shown: why, and the way back. */
export function problemPage(frame: Frame, section: Section, message: string): string {
  const text = shellText[frame.reader.language].problem;
  return shellPage(frame, {
    section,
    title: text.title,
    body: html`${pageHead({ title: text.head })}
<section class="card">${emptyState({ title: message, text: text.why, action: { href: '/', text: text.home } })}</section>`,
  });
}
