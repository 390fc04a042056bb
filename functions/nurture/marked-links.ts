import { machinesPath, withLinkId } from '../leads/link-id.ts';

/** Both parts of a rendered e-mail. */
interface Parts {
  readonly html: string;
  readonly text: string;
}

export interface OwnSites {
  /** The product's own origin. */
  readonly baseUrl: string;
  /** Hosts of the team's other sites; what is below them is theirs too. */
  readonly sites: readonly string[];
  /** The links on our own origin that get no id: saying what one does not want is not followed any further. */
  readonly unmarked: readonly string[];
}

// Every tag is read to its end, so that what stands in quotes is never taken for one.
const tag = /<[a-z](?:[^>"']|"[^"]*"|'[^']*')*>/gi;
const href = /^(<(?:a|area)(?=\s)(?:[^"']|"[^"]*"|'[^']*')*?\shref\s*=\s*)("[^"]*"|'[^']*'|[^\s"'>]+)/i;
const webAddress = /https?:\/\/[^\s<>"'[\]{}|\\^`]+/gi;

/**
 * Gives every link to one of our own sites its id, in both parts. The same address has the same id wherever it stands, so that a
 * picture and the button under it are one link. Nothing else is touched, not by a character.
 */
export function markLinks<Email extends Parts>(email: Email, own: OwnSites, linkIdOf: (link: number) => string): Email {
  const numbers = new Map<string, number>();
  const marked = (address: string, and: '&' | '&amp;') => {
    if (!leadsHome(address, own)) return address;
    const plain = address.replaceAll('&amp;', '&');
    const number = numbers.get(plain) ?? numbers.size + 1;
    numbers.set(plain, number);
    return withLinkId(address, linkIdOf(number), and);
  };
  return {
    ...email,
    html: email.html.replace(tag, (whole) =>
      whole.replace(href, (_, before: string, value: string) => {
        const [, open = '', address = '', close = ''] = /^(["']?\s*)(.*?)(\s*["']?)$/s.exec(value) ?? [];
        return `${before}${open}${marked(address, '&amp;')}${close}`;
      }),
    ),
    text: email.text.replace(webAddress, (run) => {
      const address = withoutPunctuation(run);
      return `${marked(address, '&')}${run.slice(address.length)}`;
    }),
  };
}

/**
 * A link that no person meets — no text, one pixel, not in the order of the Tab key, not in the text part — and that a machine
 * follows like any other (invariants §5). It stands first, so that it is among what a scanner of few links looks at.
 */
export function withMachineLink(html: string, baseUrl: string): string {
  const style = 'display:block;width:1px;height:1px;overflow:hidden;font-size:1px;line-height:1px;text-decoration:none';
  const link = `<a href="${baseUrl}${machinesPath}" aria-hidden="true" tabindex="-1" style="${style}"></a>`;
  return html.replace(/<body(?:[^>"']|"[^"]*"|'[^']*')*>/i, (body) => `${body}${link}`);
}

function leadsHome(address: string, { baseUrl, sites, unmarked }: OwnSites): boolean {
  const url = URL.parse(address);
  if (url === null || !/^https?:$/.test(url.protocol) || unmarked.some((link) => address.startsWith(link)))
    return false;
  return url.origin === new URL(baseUrl).origin || sites.some((site) => `.${url.hostname}`.endsWith(`.${site}`));
}

/** What ends a sentence, or closes a bracket that was opened before the address, is not part of it. */
function withoutPunctuation(run: string): string {
  let address = run;
  for (;;) {
    const shorter = address.replace(/[.,;:!?*_~]+$/, '');
    const closes = shorter.endsWith(')') && shorter.split(')').length > shorter.split('(').length;
    if (!closes && shorter === address) return address;
    address = closes ? shorter.slice(0, -1) : shorter;
  }
}
