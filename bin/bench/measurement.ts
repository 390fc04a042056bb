import { ratioOf, type Spread, spreadOf } from './rounds.ts';

/** One line of the table: a figure, and the floor or promise it is held against in the same run. */
export interface Measurement {
  /** The part of the harness that measured it. */
  readonly part: string;
  readonly name: string;
  readonly unit: string;
  readonly value: Spread;
  readonly against: string;
  /** What `value` is divided by `against`, round by round. */
  readonly ratio: Spread;
  /** The least or the most that the design allows the ratio to be. */
  readonly promise?: { readonly atLeast: number } | { readonly atMost: number };
  /** What to know when the figure is not as it should be. */
  readonly note?: string;
}

/** What a figure is held against. */
export interface Floor {
  readonly name: string;
  readonly values: readonly number[];
}

/** A measured line: both sides as measured, round by round. */
export function line(
  what: Pick<Measurement, 'part' | 'name' | 'unit' | 'promise' | 'note'>,
  values: readonly number[],
  floor: Floor,
): Measurement {
  return {
    ...what,
    value: spreadOf(values),
    against: `${floor.name}: ${short(spreadOf(floor.values).median)} ${what.unit}`,
    ratio: ratioOf(values, floor.values),
  };
}

export function isKept({ ratio: { median }, promise }: Measurement): boolean {
  if (!promise) return true;
  return 'atLeast' in promise ? median >= promise.atLeast : median <= promise.atMost;
}

/** Three digits, as many as the machine's noise leaves meaning to. */
export function short(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : Math.abs(value) >= 1 ? 2 : 3;
  return value.toLocaleString('en', { minimumFractionDigits: 0, maximumFractionDigits: digits });
}

/** Its row in the printed table, under its name. */
export function toRow(measurement: Measurement): Record<string, string> {
  const { unit, value, against, ratio, promise } = measurement;
  const wanted = promise && ('atLeast' in promise ? `≥ ${short(promise.atLeast)}` : `≤ ${short(promise.atMost)}`);
  return {
    value: `${short(value.median)} ${unit}`,
    against,
    ratio: `${short(ratio.median)} (${short(ratio.min)}–${short(ratio.max)})`,
    promise: wanted === undefined ? '' : `${wanted} ${isKept(measurement) ? '✓' : '✗'}`,
  };
}
