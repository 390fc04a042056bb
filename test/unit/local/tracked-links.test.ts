import { describe, expect, it } from 'vitest';
import { firstLinkForPeople, linksIn, trackLinks } from '../../../bin/local/mail/tracked-links.ts';

describe('tracked links', () => {
  it('are the http links of a mail, in order, whatever their quoting', () => {
    const html = `<A title="a > b" HREF='https://a.example/?x=1&#38;y=2'>a</A><area href=http://b.example/>
      <abbr href="https://no.example">c</abbr><a href="#top">d</a><a href="tel:1">e</a><a name="f">f</a>`;
    expect(linksIn(html).map(({ url }) => url)).toEqual(['https://a.example/?x=1&y=2', 'http://b.example/']);
  });

  it('keep their other attributes behind the rewritten ones, which a browser takes first', () => {
    const html = '<a class="cta" href="https://a.example" target="_top">a</a>';
    expect(trackLinks(html, (_link, n) => `/click?n=${n}`)).toBe(
      '<a target="_blank" rel="noopener noreferrer" href="/click?n=0" class="cta" href="https://a.example" target="_top">a</a>',
    );
  });

  it('leave a link alone that asks for it, or leads nowhere on the web', () => {
    const html = '<a href="mailto:a@b.example">m</a><a href="https://">n</a>';
    expect(trackLinks(html, () => '/click')).toBe(html);
    expect(trackLinks('<a ses:no-track href="https://a.example">a</a>', () => '/click')).not.toContain('/click');
  });

  it('for people are neither the way out nor the one that only machines meet', () => {
    const html = ['/p/machines', '/u/token', '/p/pricing?a=1'].map(
      (path) => `<a href="https://a.example${path}">x</a>`,
    );
    expect(firstLinkForPeople(html.join(''))).toBe(2);
    expect(firstLinkForPeople(html.slice(0, 2).join(''))).toBe(-1);
  });

  it('carry the tags SES reads from ses:tags', () => {
    expect(linksIn('<a ses:tags="product:book; genre:fiction;" href="https://a.example">a</a>')).toEqual([
      { url: 'https://a.example', tags: { product: ['book'], genre: ['fiction'] } },
    ]);
  });
});
