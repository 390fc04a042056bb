import { describe, expect, it } from 'vitest';
import { everyPage } from './sample-pages.ts';

describe.each(Object.entries(everyPage()))('the page %s', (_name, page) => {
  it('has one h1, a language and a title', () => {
    expect(page.match(/<h1[ >]/g)).toHaveLength(1);
    expect(page).toMatch(/<html lang="(en|pt-BR)">/);
    expect(page).toMatch(/<title>[^<]+<\/title>/);
  });

  it('runs under a policy without inline script or style (I-X1)', () => {
    expect(page.match(/<script(?![^>]* src=)/g)).toBeNull();
    expect(page.match(/<style|\sstyle=|\son[a-z]+=/g)).toBeNull();
  });

  it('labels every input', () => {
    const inputs = page.match(/<(?:input|select|textarea)\b[^>]*>/g) ?? [];
    const named = inputs.filter((input) => !/type="(?:hidden|checkbox)"/.test(input));
    for (const input of named) expect(page).toContain(`<label for="${/ id="([^"]+)"/.exec(input)?.[1]}">`);
    // A box stands inside its label.
    const boxes = inputs.filter((input) => input.includes('type="checkbox"')).length;
    expect(page.match(/<label class="check"><input type="checkbox"/g) ?? []).toHaveLength(boxes);
  });

  it('leaves nothing unsaid', () => {
    expect(page).not.toMatch(/undefined|\[object |NaN/);
  });
});
