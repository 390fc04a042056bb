/** Digits, and at most one decimal mark with up to six digits behind it. */
const plain = /^\d{1,15}(?:[.,]\d{1,6})?$/;

/** Groups of three behind one to three digits, all with the same mark, then perhaps decimals behind another mark. */
const grouped = /^[1-9]\d{0,2}(?:([., '’])\d{3})(?:\1\d{3}){0,4}(?:(?!\1)[.,]\d{1,6})?$/;

/** 1.200 is twelve hundred to some, and a bit more than one to others. */
const ambiguous = /^[1-9]\d{0,2}[.,]\d{3}$/;

/**
 * The number somebody wrote: `1200000`, `1.200.000,50`, `1,200,000.50`, `1 200 000`, `R$ 1200000`, `1200 EUR`. `null` for what is
 * none, and for what may be read in two ways. Words are never dropped: `1.2 mi` is not one and a bit.
 */
export function numberOf(typed: string): number | null {
  const { sign, digits } = signed(typed.replace(/\p{Zs}/gu, ' ').trim());
  if (ambiguous.test(digits) || !(plain.test(digits) || grouped.test(digits))) return null;
  const [whole = '', decimals] = splitDecimals(digits);
  const number = Number(`${whole.replace(/\D/g, '')}.${decimals ?? '0'}`);
  return number === 0 ? 0 : sign * number;
}

/** The sign stands before the currency or behind it: -R$ 5, R$ -5. */
function signed(amount: string): { sign: 1 | -1; digits: string } {
  const outside = /^[+\-−]/.exec(amount)?.[0];
  const bare = withoutCurrency(outside === undefined ? amount : amount.slice(1).trim());
  const mark = outside ?? /^[+\-−]/.exec(bare)?.[0];
  const digits = outside === undefined && mark !== undefined ? bare.slice(1).trim() : bare;
  return { sign: mark === undefined || mark === '+' ? 1 : -1, digits };
}

/** The last mark is the decimal one when there is no other like it, and it is a comma or a point. */
function splitDecimals(digits: string): readonly string[] {
  const [mark = ''] = /[.,](?=\d+$)/.exec(digits) ?? [];
  const isDecimal = mark !== '' && digits.indexOf(mark) === digits.lastIndexOf(mark);
  return isDecimal ? digits.split(mark) : [digits];
}

/** Without `R$`, `US$`, `€` or `BRL`, on either side. */
function withoutCurrency(amount: string): string {
  const [, before] = /^([A-Z]{0,3}\p{Sc}|[A-Z]{3}(?=[ \d+\-−]))/u.exec(amount) ?? [];
  if (before !== undefined) return isCurrency(before) ? amount.slice(before.length).trim() : amount;
  const [, after] = /([A-Z]{0,3}\p{Sc}|(?<=[ \d])[A-Z]{3})$/u.exec(amount) ?? [];
  return after !== undefined && isCurrency(after) ? amount.slice(0, -after.length).trim() : amount;
}

function isCurrency(name: string): boolean {
  return /\p{Sc}$/u.test(name) || Intl.supportedValuesOf('currency').includes(name);
}
