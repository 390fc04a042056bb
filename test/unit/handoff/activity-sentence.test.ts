import { expect, it } from 'vitest';
import { sentenceOf } from '../../../functions/handoff/activity-sentence.ts';
import { knownActivityTypes } from '../../../functions/leads/activity.ts';

/** What Ripen itself did is told by the pages, which know its messages by name. */
const toldElsewhere = ['email.sent', 'email.delivered'];
const types = knownActivityTypes.filter((type) => !toldElsewhere.includes(type));

it.each(types)('has words for %s in both languages', (type) => {
  const bare = type.replaceAll(/[.-]/g, ' ');
  const [english, portuguese] = ['en', 'pt-BR'].map((language) => sentenceOf({ type, properties: {} }, language));
  expect([english, portuguese]).not.toContain(bare);
  expect(portuguese).not.toBe(english);
});

it('names a link that acts for whoever holds it, and never shows it, in both languages', () => {
  const click = { type: 'email.clicked', properties: { link: 'https://ripen.example/u/to.ken' } };
  expect(sentenceOf(click)).toBe('clicked the unsubscribe link in an e-mail');
  expect(sentenceOf(click, 'pt-BR')).toBe('clicou em seu link de cancelamento num e-mail');
});

it('tells what a site tracks under its own name by that name', () => {
  expect(sentenceOf({ type: 'track.price-calculated', properties: {} }, 'pt')).toBe('track price calculated');
});
