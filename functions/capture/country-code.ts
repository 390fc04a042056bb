/** What Intl names, and is no country: unions, leftovers, and codes for testing. */
const noCountries = ['EU', 'EZ', 'QO', 'UN', 'XA', 'XB', 'ZZ'];

/** What people write for a country, besides the names that Intl has for it. */
const otherNames: Readonly<Record<string, readonly string[]>> = {
  CD: ['Democratic Republic of the Congo', 'DR Congo', 'República Democrática do Congo'],
  CG: ['Republic of the Congo', 'Congo-Brazzaville'],
  CI: ['Ivory Coast'],
  CZ: ['Czech Republic', 'República Tcheca', 'Chéquia'],
  GB: ['Great Britain', 'England', 'Scotland', 'Wales', 'Grã-Bretanha', 'Inglaterra', 'Escócia'],
  IR: ['Irã', 'Irão'],
  KR: ['Korea', 'Republic of Korea', 'Coreia'],
  MM: ['Burma'],
  NL: ['Holland', 'The Netherlands', 'Holanda'],
  PL: ['Polônia', 'Polónia'],
  RU: ['Russian Federation', 'Federação Russa'],
  TR: ['Turkey'],
  US: ['USA', 'U.S.A.', 'United States of America', 'America', 'Estados Unidos da América'],
  VA: ['Vatican', 'Holy See', 'Vaticano'],
  VN: ['Viet Nam', 'Vietnã', 'Vietname'],
};

/** The ISO 3166 code of a country, from its code or from its name in English or Portuguese, however it is spelt. */
export function countryCode(typed: string): string | undefined {
  codes ??= codesByName();
  return codes.get(folded(typed));
}

/** Made when the first country is asked for: most requests name none. */
let codes: ReadonlyMap<string, string> | undefined;

function codesByName(): ReadonlyMap<string, string> {
  const byName = new Map<string, string>();
  const languages = ['en', 'pt-BR', 'pt-PT'].flatMap((language) =>
    (['long', 'short'] as const).map(
      (style) => new Intl.DisplayNames([language], { type: 'region', style, fallback: 'none' }),
    ),
  );
  for (const code of pairsOfLetters()) {
    const names = languages.flatMap((language) => language.of(code) ?? []);
    if (names.length === 0 || noCountries.includes(code)) continue;
    // UK is GB, and a country that was renamed has the code of today.
    const today = new Intl.Locale('und', { region: code }).region ?? code;
    byName.set(folded(code), today);
    for (const name of [...names, ...(otherNames[code] ?? [])]) byName.set(folded(name), today);
  }
  return byName;
}

function pairsOfLetters(): string[] {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  return letters.flatMap((first) => letters.map((second) => first + second));
}

/** `Saint Lucia`, `St. Lucia` and `ST LUCIA` are one: no accents, capitals, blanks or marks. */
function folded(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\bsaint\b/g, 'st')
    .replace(/&/g, 'and')
    .replace(/[^\p{L}\p{N}]/gu, '');
}
