import { describe, expect, it } from 'vitest';
import type { Lead } from '../../../functions/leads/lead.ts';
import { timeZoneOf } from '../../../functions/leads/time-zone.ts';
import { timeZonesByCountry } from '../../../functions/leads/time-zones-by-country.ts';
import { countries } from '../../../functions/web/country.ts';

const inSaoPaulo = { timeZone: 'America/Sao_Paulo' };
const zoneOf = (attributes: Lead['attributes'], account = inSaoPaulo) => timeZoneOf({ attributes }, account);

describe('the time zone of a lead', () => {
  it('is the one they told, however they wrote it', () => {
    expect(zoneOf({ timeZone: 'Europe/Lisbon', country: 'US' })).toBe('Europe/Lisbon');
    expect(zoneOf({ timeZone: 'europe/lisbon' })).toBe('Europe/Lisbon');
  });

  it.each(['+03:00', 'GMT+3', 'Lisbon', '', 'Europe/Lisbon; DROP TABLE', '🦉'])(
    'is not %j, which is no zone',
    (timeZone) => {
      expect(zoneOf({ timeZone, country: 'DE' })).toBe('Europe/Berlin');
      expect(zoneOf({ timeZone })).toBe('America/Sao_Paulo');
    },
  );

  it('is that of their country', () => {
    expect(zoneOf({ country: 'JP' })).toBe('Asia/Tokyo');
    expect(zoneOf({ country: 'IN' })).toBe('Asia/Kolkata');
  });

  it('is where most people live, in a country with several', () => {
    const most = { AU: 'Australia/Sydney', CA: 'America/Toronto', RU: 'Europe/Moscow', US: 'America/New_York' };
    for (const [country, zone] of Object.entries(most)) expect(zoneOf({ country })).toBe(zone);
    expect(zoneOf({ country: 'BR' }, { timeZone: 'Europe/Lisbon' })).toBe('America/Sao_Paulo');
  });

  it("is our own where it is one of the country's, under any of its names", () => {
    expect(zoneOf({ country: 'US' }, { timeZone: 'America/Los_Angeles' })).toBe('America/Los_Angeles');
    expect(zoneOf({ country: 'US' }, { timeZone: 'US/Pacific' })).toBe('America/Los_Angeles');
    expect(zoneOf({ country: 'BR' }, { timeZone: 'America/Manaus' })).toBe('America/Manaus');
  });

  it('is ours when nothing is known, or nothing that is a country', () => {
    const nothing: Lead['attributes'][] = [{}, { country: 'Atlantis' }, { country: 55 }, { timeZone: 3 }];
    for (const attributes of nothing) expect(zoneOf(attributes)).toBe('America/Sao_Paulo');
  });
});

describe('the zones of the countries', () => {
  it('has every country that can be chosen and where people live', () => {
    const without = countries('en').flatMap(([code]) => (timeZonesByCountry.has(code) ? [] : [code]));
    expect(without).toEqual(['BV', 'HM']);
  });

  it('has only zones that are known here', () => {
    const all = [...timeZonesByCountry.values()].flat();
    for (const timeZone of all) expect(() => new Intl.DateTimeFormat('en', { timeZone })).not.toThrow();
    expect(new Set(all).size).toBe(all.length);
  });
});
