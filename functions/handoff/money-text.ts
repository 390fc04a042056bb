import * as z from 'zod';

/** Ten thousand million of a currency with cents: sums of it stay exact. */
const mostMinor = 1_000_000_000_000;

/** Money that somebody won, in the minor units of its currency. */
export const Money = z.object(
  {
    amountMinor: z
      .int({ error: 'Write the amount in whole minor units, such as 120000 for 1,200.00.' })
      .positive('Write an amount of more than nothing.')
      .max(mostMinor, `Write ${mostMinor} at most.`),
    currency: z
      .string()
      .refine((code) => Intl.supportedValuesOf('currency').includes(code), 'Write an ISO 4217 code such as BRL.'),
  },
  'Write { amountMinor, currency }.',
);

/** How many digits a currency has behind the mark (ISO 4217): BRL two, JPY none, KWD three. */
export function minorDigits(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/**
 * What somebody typed as an amount of this currency, in its minor units: `1234,56`, `R$ 1.234,56`, `1,234.56`, `1 234`. `null` for what
 * is no amount, is nothing, is finer than the smallest coin, or can be read in two ways. Digits are moved, never multiplied.
 */
export function amountMinorOf(typed: string, currency: string): number | null {
  const digits = minorDigits(currency);
  const text = withoutSign(typed.replaceAll(/\p{Zs}/gu, ' ').trim(), currency);
  const readings = [plain.exec(text), grouped.exec(text)].flatMap((read) =>
    read && (read[3] ?? '').length <= digits ? [`${read[1]}${(read[3] ?? '').padEnd(digits, '0')}`] : [],
  );
  // 1.234 is one dinar and a bit, or a thousand of them: where both are coins, nobody knows.
  const [minor = 0, ...others] = readings.map((reading) => Number(reading.replaceAll(/\D/g, '')));
  return others.length === 0 && minor > 0 && minor <= mostMinor ? minor : null;
}

/** Digits, and perhaps decimals behind a mark. */
const plain = /^(\d{1,15})(?:([.,])(\d+))?$/;

/** Groups of three, all with the same mark, then perhaps decimals behind another one. */
const grouped = /^([1-9]\d{0,2}(?:([., '’])\d{3})(?:\2\d{3}){0,4})(?:(?!\2)[.,](\d+))?$/;

/** Without the currency's own code or sign, on either side; that of another currency stays, and is no amount. */
function withoutSign(text: string, currency: string): string {
  const signs = ['en', 'pt-BR'].flatMap((language) =>
    (['symbol', 'narrowSymbol'] as const).map((currencyDisplay) => {
      const parts = new Intl.NumberFormat(language, { style: 'currency', currency, currencyDisplay }).formatToParts(0);
      return parts.find(({ type }) => type === 'currency')?.value ?? currency;
    }),
  );
  for (const sign of [currency, ...signs]) {
    if (text.startsWith(sign)) return text.slice(sign.length).trim();
    if (text.endsWith(sign)) return text.slice(0, -sign.length).trim();
  }
  return text;
}
