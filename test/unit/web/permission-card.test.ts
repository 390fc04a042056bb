import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../../functions/consent/consent.store.ts';
import { leadPage } from '../../../functions/web/lead-page.ts';
import { permissionCard } from '../../../functions/web/permission-card.ts';
import { aLeadPageView, inPortuguese } from './sample-pages.ts';

const at = '2026-11-20T12:00:00.000Z';
const evidence: readonly Evidence[] = [
  {
    kind: 'consent',
    purpose: 'marketing',
    status: 'granted',
    at,
    activityId: 'a-form',
    evidence: 'answered yes on the form <ebook>',
    wording: 'a1b2c3d4e5f6',
  },
  { kind: 'suppressed', reason: 'unsubscribe', at, activityId: 'a-no', evidence: 'unsubscribed by one-click' },
  { kind: 'lifted', reason: 'unsubscribe', since: at, at, activityId: 'a-yes', evidence: 'they said yes again' },
];
const permissions = { consent: { marketing: { status: 'granted', at } }, suppressed: null, evidence } as const;

describe('what may we do, and why', () => {
  it('I-C5 shows every row of evidence in order, as it was written, and the hash of what was read', () => {
    const card = String(permissionCard(aLeadPageView({ permissions })));
    expect(card).toContain('What may we do, and why');
    expect(card).toContain('answered yes on the form &lt;ebook&gt;');
    expect(card).toContain('title="SHA-256 a1b2c3d4e5f6"');
    const places = ['Marketing e-mail: granted', 'No e-mail from here on', 'E-mail again'].map((text) =>
      card.indexOf(text),
    );
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places).not.toContain(-1);
  });

  it('says that nothing is permitted when nothing was said, and that tracking may be refused', () => {
    const nothing = permissionCard(aLeadPageView({ permissions: { consent: {}, suppressed: null, evidence: [] } }));
    expect(String(nothing)).toContain('nothing is permitted');
    expect(String(nothing)).toContain('not refused');
    const refused = { tracking: { status: 'revoked', at } } as const;
    const card = permissionCard(aLeadPageView({ permissions: { ...permissions, consent: refused } }));
    expect(String(card)).toContain('revoked');
    const noCall = { 'sales-contact': { status: 'revoked', at } } as const;
    const page = leadPage(aLeadPageView({ permissions: { ...permissions, consent: noCall } }));
    expect(page).toContain('They want no call from us');
  });

  it('speaks Portuguese; the evidence stays as it was written', () => {
    const page = leadPage(aLeadPageView({ frame: inPortuguese, permissions }));
    expect(page).toContain('O que podemos fazer, e por quê');
    expect(page).toContain('Mostrar as provas (3)');
    expect(page).toContain('<q lang="en">they said yes again</q>');
  });
});
