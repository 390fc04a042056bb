import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstNameOf, oneLine, presentable, presentableFacts } from '../../../functions/leads/typed-text.ts';

describe('a name in an e-mail', () => {
  it.each([
    ['Ana Souza', 'Ana'],
    ['José', 'José'],
    ['Dr. Ana', 'Dr.'],
    ["D'Ávila Souza", "D'Ávila"],
    ['😀 Ana', '😀'],
    ['Ana\u00a0Souza', 'Ana'],
    ['Ana\u2003Souza', 'Ana'],
    ['山田\u3000太郎', '山田'],
    ['An\u00ada\u202e Souza', 'Ana'],
    ['http://spam.example Ana', ''],
    ['http:\u2044\u2044spam', ''],
    ['spam.example', ''],
    ['spam\u200b.\u2060example', ''],
    ['spam\ufe0f.\ufe0fexample', ''],
    ['spam\uff0eexample', ''],
    ['spam\u3002example', ''],
    ['spam\uff61example', ''],
    ['spam\u2024example', ''],
    ['spam.\u0336example', ''],
    ['wWw-spam', ''],
    ['ana\uff20spam', ''],
    ['+55-11-5555-0100', ''],
    ['Ana5', ''],
    ['\u0661\u0662\u0663', ''],
    ['a'.repeat(41), ''],
    [42, ''],
    [undefined, ''],
  ])('I-F1 greets %j as %j', (name, greeting) => {
    expect(firstNameOf(name)).toBe(greeting);
  });

  it.each(['👩‍👩‍👧', '❤️', '👩🏽‍🚀', 'क्‍ष', 'ශ්‍රී', 'می‌خواهم'])('keeps the joiner that %s needs', (name) => {
    expect(firstNameOf(`${name} x`)).toBe(name);
    expect(oneLine(name)).toBe(name);
  });
});

describe('text in a header', () => {
  it('never breaks an emoji in two when it cuts', () => {
    expect(oneLine('😀'.repeat(300))).toBe('😀'.repeat(200));
  });

  it('shows all there is of it', () => {
    expect(oneLine('in\u200bvi\u202esi\u2066ble\ufeff \u200djoin\u200der')).toBe('invisible joiner');
  });
});

describe('what a lead typed, in an e-mail to them', () => {
  it.each([
    'Acme',
    'Padaria Aurora S.A.',
    'Müller & Söhne e. V.',
    'AT&T',
    '3M',
    'Chief of Staff, 2nd floor',
    '株式会社',
  ])('says %j', (company) => {
    expect(presentable({ company })).toEqual({ company });
  });

  it.each([
    'evil.example',
    'Win at evil\u3002example now',
    'https:\u200b//evil',
    'www.evil',
    'boss@evil',
    'evil.\u200be\u0301xample',
    'go to 10.0.0.1',
    'Call 0800 123 456 now',
    'call +55 (11) 5555-0100',
    'call \u0660\u0661\u0662\u0663\u0664\u0665\u0666',
    'call ５５５５０１００',
    '12345',
    'a'.repeat(81),
    '',
  ])('I-F1 leaves out %j', (company) => {
    expect(presentable({ company, employees: 1_200_000, active: true, list: ['x'] })).toEqual({
      employees: 1_200_000,
      active: true,
    });
  });

  it('I-F1 lets the rooms name our own pages, days and things, and nothing of a stranger', () => {
    const baseUrl = 'https://ripen.example';
    const ours = {
      confirmUrl: `${baseUrl}/confirm/x`,
      contractEnd: '2027-03-31',
      form: 'ebook',
      asset: { url: 'https://x.example' },
    };
    const theirs = { plan: 'https://evil.example', next: `${baseUrl}.evil.example/`, seats: 'call 0800 123 456' };
    expect(presentableFacts({ ...ours, ...theirs }, baseUrl)).toEqual(ours);
  });

  it('I-F1 is never a link or a telephone number, whatever is around it', () => {
    const hostile = fc.constantFrom(
      'https://evil.example',
      'evil.example',
      'evil\u3002example',
      '+55 11 5555 0100',
      'a@evil',
    );
    const noise = fc.string({
      unit: fc.constantFrom('a', ' ', '\u200b', '\u200d', '\ufe0f', '\u0301', '-', '\u3164', '\n'),
    });
    fc.assert(
      fc.property(noise, hostile, noise, (before, bad, after) => {
        const [first = '', ...rest] = bad;
        for (const text of [`${before}${bad}${after}`, `${first}\u200b${rest.join('\u00ad')}`]) {
          expect(presentable({ company: text })).toEqual({});
          expect(firstNameOf(text)).not.toMatch(/evil|5555|@|:/);
        }
      }),
    );
  });
});
