import { describe, expect, it } from 'vitest';
import { markLinks, withMachineLink } from '../../../functions/nurture/marked-links.ts';

const own = {
  baseUrl: 'https://mail.orchard.example',
  sites: ['apples.example'],
  unmarked: ['https://mail.orchard.example/u/token.mac', 'https://mail.orchard.example/preferences/token.mac'],
};
const marked = (html: string, text = '') => markLinks({ html, text }, own, (link) => `id.${link}`);

describe('the links of a lead’s message', () => {
  it.each([
    ['our own origin', 'https://mail.orchard.example/p/pricing'],
    ['a site of ours', 'https://apples.example'],
    ['what is below it', 'http://shop.apples.example:8080/a'],
  ])('say which link brought them: %s', (_, address) => {
    expect(marked(`<a href="${address}">x</a>`).html).toBe(`<a href="${address}?ripen_lid=id.1">x</a>`);
  });

  it.each([
    ['another host', '<a href="https://example.com/?u=https://apples.example">x</a>'],
    ['a host that ends like ours', '<a href="https://badapples.example/">x</a>'],
    ['the same host under another origin', '<a href="http://mail.orchard.example/p">x</a>'],
    ['the way out', `<a href="${own.unmarked[0]}">x</a>`],
    ['the page to choose on', `<a href="${own.unmarked[1]}">x</a>`],
    ['an address of another kind', '<a href="mailto:a@apples.example">x</a><a href="#top">y</a><a name="z">z</a>'],
    ['a picture', '<img src="https://apples.example/a.png">'],
    ['text', '<p>href="https://apples.example/"</p><p title="<a href=https://apples.example>">x</p>'],
    ['another element', '<abbr href="https://apples.example/">x</abbr>'],
    ['another attribute', '<a data-href="https://apples.example/">x</a>'],
    ['a text in quotes that looks like one', '<a title=" href=https://apples.example/ ">x</a>'],
  ])('never break others: %s', (_, html) => {
    expect(marked(html).html).toBe(html);
  });

  it('are recognised however HTML may write them', () => {
    expect(
      marked(`<A class="a > b" HREF='https://apples.example/?a=1&amp;b=2#c'>x</A><a href=https://apples.example/y>y</a>
<area shape="rect" href = " https://apples.example/z ">`).html,
    ).toBe(`<A class="a > b" HREF='https://apples.example/?a=1&amp;b=2&amp;ripen_lid=id.1#c'>x</A><a href=https://apples.example/y?ripen_lid=id.2>y</a>
<area shape="rect" href = " https://apples.example/z?ripen_lid=id.3 ">`);
  });

  it('have one id for one address, in both parts', () => {
    const address = 'https://apples.example/?a=1';
    const { html, text } = marked(
      `<a href="${address}&amp;b=2"><img></a><a href="${address}&amp;b=2">Buy</a>`,
      `Buy (${address}&b=2). Or look (https://apples.example/a_(b)): https://apples.example!`,
    );
    expect(html.match(/id\.\d/g)).toEqual(['id.1', 'id.1']);
    expect(text).toBe(
      `Buy (${address}&b=2&ripen_lid=id.1). Or look (https://apples.example/a_(b)?ripen_lid=id.2): https://apples.example?ripen_lid=id.3!`,
    );
  });

  it('leave the text part’s way out and other sites alone', () => {
    const text = `Unsubscribe (${own.unmarked[0]}) https://example.com/.`;
    expect(marked('', text).text).toBe(text);
  });
});

it('the link for machines stands first in the body, with nothing to see, to hear or to reach by Tab', () => {
  const html = withMachineLink('<html><body class="a" style="b"><a href="x">x</a></body></html>', own.baseUrl);
  expect(html).toMatch(
    /^<html><body class="a" style="b"><a href="https:\/\/mail\.orchard\.example\/p\/machines" aria-hidden="true" tabindex="-1" style="[^"]*width:1px;height:1px[^"]*"><\/a><a href="x">/,
  );
  expect(withMachineLink('<p>no body</p>', own.baseUrl)).toBe('<p>no body</p>');
});
