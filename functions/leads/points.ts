import * as z from 'zod';

/**
 * Points in fixed point: whole numbers of 2^-64 of a point, so that sums are exact and no order of adding changes them
 * (requirements §2.3). Floats would not do: 0.1 + 0.2 + 0.3 depends on where one begins.
 */
export type Points = bigint;

const bits = 64n;
const onePoint = 1n << bits;

export const pointsOf = (points: number): Points => BigInt(points) * onePoint;

/**
 * What points earned at an instant weigh in a sum that halves every `halfLifeMs`: as if they had been earned in full at `frame`.
 * Weights of one half-life and one frame can be added up, and the sum read at any instant: a lead needs one number for each rule,
 * however long their history (requirements §2.2). `null` does not decay. A half-life counts in whole milliseconds: 1.1 days are none.
 */
export function weigh(points: number, atMs: number, halfLifeMs: number | null, frameMs = epochMs): Points {
  if (halfLifeMs === null) return pointsOf(points);
  const lifeMs = Math.round(halfLifeMs);
  const [halvings, share] = since(frameMs, atMs, lifeMs);
  // 2^x = 2^(whole + 1) · 2^-(1 - fraction): one table serves both ways.
  return shift(BigInt(points) * remaining(lifeMs - share, lifeMs), halvings + 1);
}

/** What a sum of weights is worth at an instant. Never more at a later one: a score does not rise by waiting (requirements §2.2). */
export function worth(weight: Points, atMs: number, halfLifeMs: number | null, frameMs = epochMs): Points {
  if (halfLifeMs === null) return weight;
  const lifeMs = Math.round(halfLifeMs);
  const [halvings, share] = since(frameMs, atMs, lifeMs);
  return shift(weight * remaining(share, lifeMs), -halvings) >> bits;
}

/** The figure people see: rounded once, half up, to one decimal (requirements §2.1). */
export function oneDecimal(points: Points): number {
  return Number((points * 20n + onePoint) >> (bits + 1n)) / 10;
}

/** Points as a share of others, 0–1, to six decimals, for people to read. */
export function shareOf(part: Points, whole: Points): number {
  return whole === 0n ? 1 : Number((part * 1_000_000n) / whole) / 1_000_000;
}

/** Sums travel as hexadecimal text: JSON has no whole numbers of this size, and no other base is read as fast. */
export const PointsText = z.string().regex(/^-?[0-9a-f]+$/);

export function toText(points: Points): string {
  return points.toString(16);
}

export function fromText(text: string): Points {
  return text.startsWith('-') ? -BigInt(`0x${text.slice(1)}`) : BigInt(`0x${text}`);
}

/** Weights are kept as of this instant. Any would do; one near the product's own time keeps the numbers short. */
export const epochMs = Date.UTC(2026, 0, 1);

function since(frameMs: number, atMs: number, halfLifeMs: number): [halvings: number, restMs: number] {
  const elapsed = atMs - frameMs;
  const halvings = Math.floor(elapsed / halfLifeMs);
  return [halvings, elapsed - halvings * halfLifeMs];
}

function shift(value: bigint, left: number): bigint {
  return left >= 0 ? value << BigInt(left) : value >> BigInt(-left);
}

const steps = 1024;

/** 2^(-n/1024) for n = 0 … 1024, by repeated whole square roots: the same on every machine, which `Math.pow` does not promise. */
const halving: readonly bigint[] = (() => {
  let root = onePoint >> 1n;
  for (let level = 0; level < 10; level++) root = squareRoot(root << bits);
  const table = [onePoint];
  for (let step = 1; step < steps; step++) table.push(((table[step - 1] ?? 0n) * root) >> bits);
  return [...table, onePoint >> 1n];
})();

/** 2^-(restMs / halfLifeMs), between the table's steps on a straight line: off by at most 6e-8, and never rising. */
function remaining(restMs: number, halfLifeMs: number): bigint {
  const position = restMs * steps;
  const step = Math.min(steps - 1, Math.floor(position / halfLifeMs));
  const from = halving[step] ?? 0n;
  const to = halving[step + 1] ?? 0n;
  return from - ((from - to) * BigInt(position - step * halfLifeMs)) / BigInt(halfLifeMs);
}

function squareRoot(value: bigint): bigint {
  let guess = 1n << BigInt(Math.ceil(value.toString(2).length / 2));
  for (;;) {
    const better = (guess + value / guess) >> 1n;
    if (better >= guess) return guess;
    guess = better;
  }
}
