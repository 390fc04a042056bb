import { describe, expect, it } from 'vitest';
import { formSnippet, trackerSnippet } from '../../../functions/web/snippet.ts';
import { trial } from './sample-pages.ts';

const place = { baseUrl: 'https://ripen.example', language: 'en' } as const;

describe('the copyable form', () => {
  it('is plain HTML that posts every declared field', () => {
    const countryless = formSnippet('trial', trial, place)
      .replace(/(<option value="[A-Z]{2}">[^<]+<\/option>)+/, '…')
      .replace(/data-sent="[^"]+"/, 'data-sent="…"');
    expect(countryless).toBe(
      `<form action="https://ripen.example/f/trial" method="post" data-sent="…" data-link="https://ripen.example/p/your-trial?lang=en" data-link-text="Open “Your first hour”">
  <input type="hidden" name="language" value="en">
  <label>E-mail <input type="email" name="email" autocomplete="email" required maxlength="200"></label>
  <label>Size <select name="size"><option></option><option>1–9</option><option>10+</option></select></label>
  <label>Country <select name="country"><option></option>…</select></label>
  <label>Your wish <textarea name="wish" maxlength="200"></textarea></label>
  <label><input type="checkbox" name="consent" value="marketing"> Yes, send me Orchard's news.</label>
  <button type="submit">Send</button>
</form>
<script src="https://ripen.example/js/form.js" defer></script>`,
    );
  });

  it('thanks in its own language, says what comes next, and has the promised link', () => {
    const portuguese = formSnippet('trial', trial, { ...place, language: 'pt-BR' });
    expect(portuguese).toContain('data-sent="Obrigado! ');
    expect(portuguese).toContain('data-link="https://ripen.example/p/your-trial?lang=pt-BR"');
    const asked = formSnippet('trial', { ...trial, explicitRequest: true, asset: undefined }, place);
    expect(asked).toContain('One of us will write to you or call you');
    expect(asked).not.toContain('data-link');
  });

  it('offers countries by name and sends their codes', () => {
    expect(formSnippet('trial', trial, place)).toContain('<option value="DE">Germany</option>');
    expect(formSnippet('trial', trial, { ...place, language: 'pt-BR' })).toContain(
      '<option value="DE">Alemanha</option>',
    );
  });

  it('speaks the language asked for', () => {
    expect(formSnippet('trial', trial, { ...place, language: 'pt-BR' })).toContain('value="marketing"> Sim, quero.');
  });

  it('carries no text that could end a tag', () => {
    const wording = { en: 'a"><script>x</script>' };
    const snippet = formSnippet('trial', { ...trial, consents: [{ purpose: 'marketing', wording }] }, place);
    expect(snippet).toContain('a&quot;&gt;&lt;script&gt;x&lt;/script&gt;');
  });
});

it('the copyable tracker names its server and its key', () => {
  expect(trackerSnippet('https://ripen.example', 'local')).toBe(
    '<script src="https://ripen.example/js/ripen.js" data-write-key="local" defer></script>',
  );
});
