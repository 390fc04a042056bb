import { type Form, textIn } from '../capture/form.ts';
import { inLanguage } from './landing-page.ts';
import type { Language } from './language.ts';
import { visitorText } from './visitor-text.ts';

/**
 * What whoever has sent a form is told comes next, sentence by sentence: a confirmation to give, a person who answers. The last one stands
 * before the promised link, where there is one.
 */
export function thanksSentences(form: Form | undefined, language: Language): readonly string[] {
  const { confirm, toPerson, meanwhile, rightNow, onItsWay, noAsset } = visitorText[language];
  if (!form) return [noAsset];
  const awaits = awaitsConfirmation(form);
  return [
    ...(awaits ? [confirm] : []),
    ...(form.explicitRequest ? [toPerson] : []),
    ...(form.asset ? [form.explicitRequest ? meanwhile : awaits ? rightNow : onItsWay] : []),
    ...(form.asset || form.explicitRequest || awaits ? [] : [noAsset]),
  ];
}

/** What was promised, with the words of its link. */
export function promisedLink(
  { asset }: Form,
  language: Language,
): { readonly href: string; readonly words: string } | null {
  if (!asset) return null;
  return {
    href: inLanguage(asset.url, language),
    words: visitorText[language].open(textIn(asset.title, language)),
  };
}

/** Is there an e-mail on its way that asks whether the address is theirs? */
function awaitsConfirmation({ doubleOptIn, consents }: Form): boolean {
  return doubleOptIn && consents.some(({ purpose }) => purpose === 'marketing');
}
