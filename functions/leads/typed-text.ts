/**
 * What strangers typed, as far as it may stand in an e-mail of ours to a lead. Anybody can put anybody's address into a form, and what
 * they write beside it reaches that person's mailbox under our name: no link, no address and no telephone number of others (I-F1).
 */
export function presentable(attributes: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(attributes).flatMap(([name, value]) => {
      if (typeof value !== 'string') return typeof value === 'object' ? [] : [[name, value]];
      return /\p{L}/u.test(value) && isHarmless(value) ? [[name, oneLine(value)]] : [];
    }),
  );
}

/** What an e-mail is about, as the rooms tell it: our own links stay, and a stranger's word stays when it is harmless. */
export function presentableFacts(facts: Readonly<Record<string, unknown>>, baseUrl: string): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(facts).filter(
      ([, fact]) => typeof fact !== 'string' || fact.startsWith(`${baseUrl}/`) || isDay.test(fact) || isHarmless(fact),
    ),
  );
}

/**
 * The name to greet a person by: the first word of what they typed, or empty. A "name" that leads somewhere, or that holds a digit, is
 * empty too (I-F1).
 */
export function firstNameOf(name: unknown): string {
  if (typeof name !== 'string') return '';
  const [word = ''] = visible(oneLine(name.normalize('NFKC')))
    .trim()
    .split(/\s/u);
  const seen = bare(word);
  const isName =
    word.length <= 40 && !/[\p{N}/:@<>\\]|^www/iu.test(seen) && !new RegExp(`${dots}\\p{L}`, 'u').test(seen);
  return isName ? word : '';
}

/** Text that may stand in a header: no line break, no control character, nothing unseen that changes how it reads, at most 200 characters. */
export function oneLine(text: string): string {
  const clean = visible(text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' '))
    .replace(/ {2,}/g, ' ')
    // Nor anything that a reader would decode (RFC 2047): it may hold the line break again.
    .replaceAll('=?', '= ?');
  return [...clean.trim()].slice(0, 200).join('');
}

const longest = 80;
const isDay = /^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:\d{2})?)?$/;

/** What mail programs and browsers take for the dot in a domain: full stops of other scripts among them (RFC 3490). */
const dots = '[.。．｡․]';

// Two letters behind a dot, so that a company may be an S.A.: no domain ends in one letter. And what has three dots between digits is a machine.
const link = new RegExp(`://|www${dots}|@|${dots}(\\p{L}\\p{L}|\\p{N}+${dots}\\p{N}+${dots}\\p{N})`, 'iu');
const telephone = /\p{N}([^\p{L}\p{N}]{0,3}\p{N}){5}/u;

function isHarmless(text: string): boolean {
  const seen = bare(text);
  return [...text].length <= longest && !link.test(seen) && !telephone.test(seen);
}

/** As a machine that looks for links reads it: without what is not seen, and without marks upon letters. */
function bare(text: string): string {
  return text.normalize('NFKC').replace(/[\p{Default_Ignorable_Code_Point}\p{Cf}\p{M}]/gu, '');
}

/** Scripts in which a joiner between two letters changes the word, and emoji, which it makes one picture of. */
const joining = [
  'Arab',
  'Syrc',
  'Thaa',
  'Mong',
  'Deva',
  'Beng',
  'Guru',
  'Gujr',
  'Orya',
  'Taml',
  'Telu',
  'Knda',
  'Mlym',
  'Sinh',
  'Mymr',
  'Khmr',
]
  .map((script) => `\\p{Script=${script}}`)
  .join('');
const needed = new RegExp(
  `(?<=[${joining}])[\\u200c\\u200d](?=[${joining}])` +
    '|(?<=[\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\ufe0f])\\u200d(?=\\p{Extended_Pictographic})' +
    '|(?<=\\p{Extended_Pictographic})\\ufe0f',
  'gu',
);

/** Without what is not seen, such as marks that turn the direction, but for the joiners that the letters around them need. */
function visible(text: string): string {
  const unseen = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
  let read = 0;
  let kept = '';
  for (const { 0: joiner, index } of text.matchAll(needed)) {
    kept += text.slice(read, index).replace(unseen, '') + joiner;
    read = index + joiner.length;
  }
  return kept + text.slice(read).replace(unseen, '');
}
