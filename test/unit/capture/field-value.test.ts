import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countryCode } from '../../../functions/capture/country-code.ts';
import { readField } from '../../../functions/capture/field-value.ts';
import { numberOf } from '../../../functions/capture/number-text.ts';

describe('a number somebody wrote', () => {
  const numbers: readonly [string, number][] = [
    ['1200000', 1_200_000],
    ['1.200.000', 1_200_000],
    ['1,200,000', 1_200_000],
    ['1 200 000', 1_200_000],
    ['1\u202f200\u00a0000', 1_200_000],
    ["1'200'000", 1_200_000],
    ['1.200.000,50', 1_200_000.5],
    ['1,200,000.50', 1_200_000.5],
    ['1 200,5', 1200.5],
    ['1.200,5', 1200.5],
    ['R$ 1200000', 1_200_000],
    ['R$1.200.000,00', 1_200_000],
    ['US$ 1,200,000', 1_200_000],
    ['1200 €', 1200],
    ['BRL 1200', 1200],
    ['1200 EUR', 1200],
    ['-R$ 5', -5],
    ['+5', 5],
    ['2,5', 2.5],
    ['0.125', 0.125],
    ['1234.567', 1234.567],
    ['007', 7],
  ];
  for (const [text, number] of numbers)
    it(`${text} is ${number}`, () => {
      expect(numberOf(text)).toBe(number);
    });

  const refused = [
    ...['1.200', '1,200', 'R$ 1.200', 'lots', '1.2 mi', '1 MIL', '1200k', '1.2M', '1e6', '0x10', 'Infinity'],
    ...['1.20.000', '1.200,000.5', '1,200,00', '12.0000.000', '1.200.00', '0.200.000', '1 2', '1--2', '--1', '$', ''],
    ...['1,2,3', '1.200.000.', '.5', '5.', '10-20', '1 200 000 000 000 000 000', '٣'],
  ];
  for (const text of refused)
    it(`${text || 'nothing'} is refused: no number, or two`, () => {
      expect(numberOf(text)).toBeNull();
    });

  it('is never misread, whoever’s custom it is written in', () => {
    const customs = ['en', 'pt-BR', 'pt-PT', 'de', 'de-CH', 'fr', 'es', 'pl'];
    const cents = fc.integer({ min: -10_000_000_000_000, max: 10_000_000_000_000 });
    fc.assert(
      fc.property(cents, fc.constantFrom(...customs), fc.nat(2), fc.boolean(), (all, custom, digits, priced) => {
        const number = Math.round(all / 10 ** (2 - digits)) / 10 ** digits;
        const style = priced ? ({ style: 'currency', currency: 'BRL' } as const) : {};
        const places = { minimumFractionDigits: digits, maximumFractionDigits: digits };
        const text = new Intl.NumberFormat(custom, { ...style, ...places }).format(number);
        const read = numberOf(text);
        // Thousands with one mark and no decimals cannot be told from decimals.
        if (read === null) expect(text).toMatch(/^\D*\d{1,3}[.,]\d{3}\D*$/);
        else expect(read).toBe(number === 0 ? 0 : number);
      }),
    );
  });

  it('never makes trouble, and stays the number a program wrote', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => numberOf(text) === null || /\d/.test(text)));
    fc.assert(fc.property(fc.integer(), (number) => numberOf(String(number)) === (number === 0 ? 0 : number)));
  });

  it('in JSON is what it says, also where a text would be read in two ways', () => {
    const field = {
      name: 'revenue',
      type: 'number',
      label: { en: 'Revenue' },
      required: false,
      maxLength: 20,
    } as const;
    expect(readField(field, [1.234])).toEqual({ outcome: 'given', value: 1.234 });
    expect(readField(field, ['1.234'])).toEqual({ outcome: 'refused', fault: 'not-a-number' });
    expect(readField(field, [1e300])).toEqual({ outcome: 'refused', fault: 'not-a-number' });
  });
});

describe('a country', () => {
  const field = { name: 'country', type: 'country', label: { en: 'Country' }, required: false, maxLength: 60 } as const;
  const countries: readonly [string, string][] = [
    ['br', 'BR'],
    ['Germany', 'DE'],
    ['alemanha', 'DE'],
    ['BRAZIL', 'BR'],
    ['cote d’ivoire', 'CI'],
    ['Saint Lucia', 'LC'],
    ['Bosnia and Herzegovina', 'BA'],
    ['São Tomé & Príncipe', 'ST'],
    ['UK', 'GB'],
    ['England', 'GB'],
    ['u.s.a.', 'US'],
    ['EUA', 'US'],
    ['Moçambique', 'MZ'],
    ['Hong Kong', 'HK'],
  ];
  for (const [text, code] of countries)
    it(`${text} is ${code}`, () => {
      expect(readField(field, [text])).toEqual({ outcome: 'given', value: code });
    });

  it('that is none is refused', () => {
    for (const text of ['XX', 'ZZ', 'EU', 'XA', 'Atlantis', 'Congo', '1', '--', '日本'])
      expect(readField(field, [text])).toEqual({ outcome: 'refused', fault: 'not-a-country' });
  });

  it('is found by every name it has in English and Portuguese', () => {
    for (const code of ['AF', 'BO', 'GW', 'MK', 'PS', 'TL', 'ZW'])
      for (const language of ['en', 'pt-BR'])
        expect(countryCode(new Intl.DisplayNames([language], { type: 'region' }).of(code) ?? '')).toBe(code);
  });
});

describe('an address somebody typed', () => {
  const field = { name: 'email', type: 'email', label: { en: 'E-mail' }, required: true, maxLength: 320 } as const;

  it('is refused where composing its characters would make it another mailbox’s (I-N2)', () => {
    // The Kelvin sign, whose composed form is an ASCII K.
    expect(readField(field, ['\u212Aana@x.example'])).toEqual({ outcome: 'refused', fault: 'not-an-email' });
    expect(readField(field, ['kana@x.example'])).toMatchObject({ outcome: 'given' });
  });
});
