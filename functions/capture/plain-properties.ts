import type { Properties } from '../leads/activity.ts';
import { isSensitive } from '../leads/sensitive-attribute.ts';

type Value = Properties[string];

const maxDepth = 4;
const maxEntries = 100;
const maxText = 2000;

/**
 * What a program sent along with an event, made fit to keep: bounded in depth, number and length, without control characters, and
 * without sensitive names that the account has not `allowed` (requirements §2.20). Idempotent.
 */
export function plainProperties(sent: unknown, allowed: readonly string[] = []): Properties {
  const value = plain(sent, maxDepth, allowed);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}

function plain(sent: unknown, depth: number, allowed: readonly string[]): Value | undefined {
  switch (typeof sent) {
    case 'string':
      return plainText(sent);
    case 'number':
      return isStorable(sent) ? sent : plainText(String(sent), 40);
    case 'boolean':
      return sent;
    case 'object':
      if (sent === null) return null;
      if (depth === 0) return undefined;
      return Array.isArray(sent) ? plainList(sent, depth - 1, allowed) : plainMap(sent, depth - 1, allowed);
    default:
      return undefined;
  }
}

/** One line, cut to a length that any index and page can take; a character cut in half is replaced, not kept. */
export function plainText(text: string, maxLength = maxText): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .slice(0, maxLength)
    .toWellFormed();
}

/** Within the numbers that a table holds exactly: JSON knows larger and smaller ones, and no event may be lost for one. */
export function isStorable(number: number): boolean {
  const size = Math.abs(number);
  return size === 0 || (size >= 1e-100 && size <= Number.MAX_SAFE_INTEGER);
}

function plainList(sent: readonly unknown[], depth: number, allowed: readonly string[]): Value[] {
  return sent.slice(0, maxEntries).flatMap((item) => {
    const value = plain(item, depth, allowed);
    return value === undefined ? [] : [value];
  });
}

function plainMap(sent: object, depth: number, allowed: readonly string[]): Properties {
  const kept: [string, Value][] = [];
  for (const [name, item] of Object.entries(sent)) {
    if (kept.length === maxEntries) break;
    if (!/^[A-Za-z0-9][\w .:$-]{0,63}$/.test(name) || name === 'constructor' || isSensitive(name, allowed)) continue;
    const value = plain(item, depth, allowed);
    if (value !== undefined) kept.push([name, value]);
  }
  return Object.fromEntries(kept);
}
