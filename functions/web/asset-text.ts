import { englishAssets } from './asset-text-english.ts';
import { portugueseAssets } from './asset-text-portuguese.ts';
import type { Language } from './language.ts';

/** What one download says: an opening, its points, and where to go on. */
export interface AssetText {
  readonly intro: string;
  readonly points: readonly (readonly [heading: string, text: string])[];
  readonly next: string;
}

/** The downloads of the shipped forms by form, and one for every form that has none of its own. */
export interface AssetTexts {
  readonly any: AssetText;
  readonly of: Readonly<Record<string, AssetText>>;
}

const texts: Readonly<Record<Language, AssetTexts>> = { en: englishAssets, 'pt-BR': portugueseAssets };

/** What the demo's download behind a form says: short, and true. */
export function assetText(formId: string, language: Language): AssetText {
  const { any, of } = texts[language];
  return (Object.hasOwn(of, formId) ? of[formId] : undefined) ?? any;
}
