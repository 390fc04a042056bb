/** How many digits a currency has behind the mark (ISO 4217): BRL two, JPY none. */
export function minorDigits(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/**
 * What somebody typed as an amount of this currency, in its minor units: `1234,56`, `1.234,56`, `1,234.56`, `1 234`. `null` for what is
 * no amount, is nothing, is smaller than the currency's smallest coin, or may be read in two ways. Digits are moved, never multiplied.
 */
export function amountMinorOf(typed: string, currency: string): number | null {
  const text = typed.trim().replaceAll(/[\s\u00a0\u202f]/g, '');
  const digits = minorDigits(currency);
  const [, whole = '', decimals = ''] = shape(text) ?? [];
  const isTooFine = decimals.length > digits;
  if (whole === '' || isTooFine) return null;
  const minor = Number(`${whole.replaceAll(/\D/g, '')}${decimals.padEnd(digits, '0')}`);
  return Number.isSafeInteger(minor) && minor > 0 ? minor : null;
}

/** The whole part and the decimals. Three digits behind a single mark are thousands: nobody writes a tenth of a cent. */
function shape(text: string): RegExpExecArray | null {
  return (
    /^(\d{1,3}(?:\.\d{3})+)(?:,(\d{1,2}))?$/.exec(text) ??
    /^(\d{1,3}(?:,\d{3})+)(?:\.(\d{1,2}))?$/.exec(text) ??
    /^(\d{1,13})(?:[.,](\d{1,2}))?$/.exec(text)
  );
}
