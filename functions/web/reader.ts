import type { Language } from './language.ts';
import { html, type Markup } from './markup.ts';

/** For whom a page is written: their language, the account's time zone, and the instant at which they look. */
export interface Reader {
  readonly language: Language;
  /** IANA, the account's: a day means the same to everybody who reads about it. */
  readonly timeZone: string;
  readonly nowMs: number;
}

/** An instant as people say it (`3 min ago`, `12 Nov 2026`), with the exact one for machines and for hovering. */
export function moment(instant: string, reader: Reader): Markup {
  const at = Date.parse(instant);
  if (Number.isNaN(at)) return html`${instant}`;
  const exact = exactly(at, reader);
  const days = Math.abs(reader.nowMs - at) / dayMs;
  return html`<time datetime="${instant}" title="${exact}">${days < 2 ? ago(at, reader) : dateOf(at, reader)}</time>`;
}

/** The exact instant, for where the order of seconds matters. */
export function exactMoment(instant: string, reader: Reader): Markup {
  const at = Date.parse(instant);
  return html`<time datetime="${instant}">${Number.isNaN(at) ? instant : exactly(at, reader)}</time>`;
}

/** `2026-11-23` as `Mon, 23 Nov 2026`. A day has no time zone of its own, so none is applied. */
export function dayName(day: string, { language }: Pick<Reader, 'language'>): string {
  const at = Date.parse(`${day}T12:00:00Z`);
  if (Number.isNaN(at)) return day;
  const format = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(locale(language), format).format(at);
}

/** A figure with at most `digits` decimals; what cannot be computed is a dash, never a zero (requirements §2.18). */
export function figure(value: number | null, { language }: Pick<Reader, 'language'>, digits = 1): string {
  if (value === null) return '–';
  const written = new Intl.NumberFormat(locale(language), { maximumFractionDigits: digits }).format(value);
  // A true minus sign: as wide as the plus, and never torn from its number.
  return written.replace('-', '−');
}

/** `0.713` as `71 %`. */
export function share(part: number, { language }: Pick<Reader, 'language'>): string {
  return `${figure(part * 100, { language }, 0)} %`;
}

/** The day of an instant (ISO), as a date. */
export function dateText(instant: string, reader: Reader): string {
  return dateOf(Date.parse(instant), reader);
}

/** Points as they are added up: `+25`, `−5`. */
export function points(value: number, reader: Pick<Reader, 'language'>): string {
  return `${value < 0 ? '' : '+'}${figure(value, reader, 2)}`;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Rounded, so that what is due in 1 day 23 h is due `in 2 days`; days are counted, never called tomorrow, which is a date. */
function ago(at: number, { language, nowMs }: Reader): string {
  const ahead = at - nowMs;
  const format = (unit: Intl.RelativeTimeFormatUnit, unitMs: number, numeric: 'auto' | 'always' = 'always') =>
    // `0` alone keeps "now" and "0 min" from being written as minus zero, which reads "ago".
    new Intl.RelativeTimeFormat(locale(language), { numeric, style: 'short' }).format(
      Math.round(ahead / unitMs) || 0,
      unit,
    );
  const distance = Math.abs(ahead);
  if (distance < minuteMs) return format('second', 1000, 'auto');
  if (distance < hourMs - minuteMs / 2) return format('minute', minuteMs);
  if (distance < dayMs - hourMs / 2) return format('hour', hourMs);
  return format('day', dayMs);
}

function dateOf(at: number, { language, timeZone }: Reader): string {
  return new Intl.DateTimeFormat(locale(language), { dateStyle: 'medium', timeZone }).format(at);
}

function exactly(at: number, { language, timeZone }: Reader): string {
  return new Intl.DateTimeFormat(locale(language), { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(at);
}

/** English dates are written the way most of the world reads them: day before month. */
function locale(language: Language): string {
  return language === 'en' ? 'en-GB' : language;
}
