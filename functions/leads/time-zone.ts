import type { Account } from './account.ts';
import type { Lead } from './lead.ts';
import { timeZonesByCountry } from './time-zones-by-country.ts';

/**
 * The time zone a lead lives in, as far as we know: the one they told (attribute `timeZone`), else their country's (attribute
 * `country`, an ISO code), else ours. In a country with several zones it is ours if it is one of them, else the one where most live.
 */
export function timeZoneOf(lead: Pick<Lead, 'attributes'>, account: Pick<Account, 'timeZone'>): string {
  const { timeZone, country } = lead.attributes;
  const told = typeof timeZone === 'string' ? zoneNamed(timeZone) : null;
  if (told) return told;
  const zones = typeof country === 'string' ? (timeZonesByCountry.get(country) ?? []) : [];
  // Zones have several names: Asia/Kolkata is Asia/Calcutta.
  const isOurs = (zone: string) => zoneNamed(zone) === zoneNamed(account.timeZone);
  return zones.find(isOurs) ?? zones[0] ?? account.timeZone;
}

// Only names of zones are kept, so that nobody can fill the memory with made-up ones.
const zones = new Map<string, string>();

/** The IANA zone of this name, in whatever case; `null` for anything else. An offset such as +03:00 is no zone: it has no rules. */
function zoneNamed(name: string): string | null {
  if (!/^[a-z]/i.test(name)) return null;
  const key = name.toLowerCase();
  const known = zones.get(key);
  if (known) return known;
  const zone = canonicalZone(name);
  if (zone) zones.set(key, zone);
  return zone;
}

function canonicalZone(name: string): string | null {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
