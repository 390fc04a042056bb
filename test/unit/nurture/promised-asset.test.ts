import { expect, it } from 'vitest';
import type { Lead } from '../../../functions/leads/lead.ts';
import { assetRequest, PromisedAssets } from '../../../functions/nurture/promised-asset.ts';
import { aLead, monday } from '../../support/lead.ts';
import { aRecorded } from '../../support/nurture.ts';

const asset = { title: { en: 'The letter' }, url: '/p/letter' };
const assets = PromisedAssets.parse({ forms: { newsletter: { asset, doubleOptIn: true }, ebook: { asset } } });
const context = { language: 'en', baseUrl: 'https://mail.orchard.example' };

const consents = {
  'nothing said': {},
  pending: { marketing: { status: 'pending', at: monday } },
  granted: { marketing: { status: 'granted', at: monday } },
} satisfies Record<string, Lead['consent']>;

it.each([
  ['ebook', ['marketing'], 'granted', true],
  ['ebook', [], 'nothing said', true],
  ['newsletter', ['marketing'], 'pending', false],
  ['newsletter', ['marketing'], 'granted', true],
  ['newsletter', [], 'nothing said', true],
] as const)(
  'I-M6 what %s promised to somebody who ticked %j, consent %s: brought at once %s',
  (form, permits, said, comes) => {
    const activity = aRecorded({ properties: { form, permits: [...permits] } });
    const request = assetRequest('lead', activity, assets, { lead: aLead({ consent: consents[said] }), ...context });
    expect(request !== null).toBe(comes);
  },
);

it('I-M6 what was promised to an address that is confirmed first comes with the yes, and with no other', () => {
  const subscribed = (source: string, properties: Record<string, string>) =>
    assetRequest('lead', aRecorded({ type: 'list.subscribed', source, properties }), assets, {
      lead: aLead(),
      ...context,
    });
  expect(subscribed('page', { form: 'newsletter', confirms: 'activity-1' })).toMatchObject({
    detail: { sequence: 'asset-newsletter', data: { asset: { title: 'The letter' } } },
  });
  expect(subscribed('page', { by: 'preferences' })).toBeNull();
  expect(subscribed('form', { form: 'ebook' })).toBeNull();
});
