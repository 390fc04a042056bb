/** The languages the pages speak. */
export const languages = ['en', 'pt-BR'] as const;
export type Language = (typeof languages)[number];

/**
 * The page's language: what `?lang=` asks for, else the best match of `Accept-Language`, else the account's own, else English.
 * A language we do not speak in that region is matched by its base: `pt-PT` reads `pt-BR`.
 */
export function languageOf({
  asked,
  accepted = '',
  fallback,
}: {
  readonly asked?: string | null;
  readonly accepted?: string | undefined;
  readonly fallback: string;
}): Language {
  const wishes = [asked ?? '', ...byPreference(accepted), fallback];
  for (const wish of wishes) {
    const spoken = languages.find((language) => base(language) === base(wish));
    if (spoken) return spoken;
  }
  return 'en';
}

function base(tag: string): string {
  return tag.toLowerCase().split('-')[0] ?? '';
}

/** The tags of an `Accept-Language` header, the most wanted first (RFC 9110 §12.5.4). */
function byPreference(header: string): string[] {
  return header
    .slice(0, 200)
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(';');
      const quality = parameters
        .find((parameter) => parameter.trim().startsWith('q='))
        ?.trim()
        .slice(2);
      return { tag, quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map(({ tag }) => tag);
}
