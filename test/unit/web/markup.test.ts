import { describe, expect, it } from 'vitest';
import { html, safeHref } from '../../../functions/web/markup.ts';

describe('html', () => {
  it('escapes text and leaves markup alone', () => {
    const inner = html`<b>${'<script>"\'&'}</b>`;
    expect(String(html`<p title="${'" onload="x'}">${inner}</p>`)).toBe(
      '<p title="&quot; onload=&quot;x"><b>&lt;script&gt;&quot;&#39;&amp;</b></p>',
    );
  });

  it('leaves nothing behind for what is not there', () => {
    expect(String(html`${null}${undefined}${false}${['a', 0]}`)).toBe('a0');
  });
});

describe('safeHref', () => {
  it.each(['/p/trial', '?lang=en', '#main', 'https://example.com/x', 'http://127.0.0.1:4000/', 'mailto:a@example.com'])(
    'lets %s through',
    (address) => expect(safeHref(address)).toBe(address),
  );

  it.each([
    'javascript:alert(1)',
    ' JaVaScRiPt:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,x',
    '//evil.example',
    '/\\evil.example',
    'vbscript:x',
    '',
  ])('disarms %j', (address) => expect(safeHref(address)).toBe('#'));
});
