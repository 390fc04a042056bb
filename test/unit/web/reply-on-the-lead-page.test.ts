import { describe, expect, it } from 'vitest';
import type { Handoff } from '../../../functions/handoff/handoff.ts';
import { leadPage } from '../../../functions/web/lead-page.ts';
import { aHandoff, aLeadPageView, aTold, inPortuguese } from './sample-pages.ts';

const at = '2026-11-20T10:00:00.000Z';

/** Handed over for a request of this kind. */
function handedOver(type: string): Handoff {
  return aHandoff({
    ...{ score: 15, qualifiedBy: 'explicit-request', qualifiedAt: at, cause: { activityId: 'activity-1', type } },
    consent: { marketing: null, suppressed: false },
  });
}

function aReply(excerpt: string, type = 'email.replied') {
  return aTold({ type, source: 'ses', properties: { excerpt, from: 'lead' } });
}

describe('a reply on the page of a lead', () => {
  it('is told as one: they wrote back, and nobody was permitted to call them', () => {
    const page = leadPage(aLeadPageView({ handoff: handedOver('email.replied') }));
    expect(page).toContain('they wrote back');
    expect(page).toContain('They wrote to us: answer what they wrote.');
    expect(page).toMatch(/Sales contact<\/dt>.*not asked/s);
    for (const claim of ['they asked to talk to us', 'granted: they asked', 'They asked to be contacted'])
      expect(page).not.toContain(claim);
    const form = leadPage(aLeadPageView({ handoff: handedOver('form.submitted') }));
    expect(form).toContain('they asked to talk to us');
    const inTheirs = leadPage(aLeadPageView({ frame: inPortuguese, handoff: handedOver('email.replied') }));
    expect(inTheirs).toContain('a pessoa respondeu');
    expect(inTheirs).not.toContain('pediu contato');
  });

  it('has its words beside it as a quotation, escaped and not endless', () => {
    const page = leadPage(aLeadPageView({ activities: [aReply(`<b>Call me</b>${'x'.repeat(900)}`)] }));
    expect(page).toContain('<blockquote>&lt;b&gt;Call me&lt;/b&gt;xxx');
    expect(page).not.toContain('x'.repeat(490));
    for (const type of ['email.reply-unverified', 'email.unsubscribed'])
      expect(leadPage(aLeadPageView({ activities: [aReply('Stop', type)] }))).toContain(
        '<blockquote>Stop</blockquote>',
      );
    const tracked = { ...aReply('forged'), source: 'tracker' };
    expect(leadPage(aLeadPageView({ activities: [tracked, aReply('')] }))).not.toContain('<blockquote>');
  });

  it('of somebody else at their place is not told as theirs', () => {
    const other = { ...aReply('Yes.'), properties: { excerpt: 'Yes.', from: 'other' } };
    expect(leadPage(aLeadPageView({ activities: [other] }))).toContain('Somebody else answered an e-mail to them');
    expect(leadPage(aLeadPageView({ activities: [other], frame: inPortuguese }))).toContain(
      'Outra pessoa respondeu a um e-mail para ela',
    );
  });
});

it('a link that acts for whoever holds it is named on the page of a lead, never shown', () => {
  const activities = ['confirm', 'preferences', 'u'].map((room) =>
    aTold({ type: 'email.clicked', properties: { link: `https://mail.example/${room}/tok.en` } }),
  );
  activities.push(aTold({ type: 'page.viewed', properties: { path: '/u/tok.en' } }));
  const page = leadPage(aLeadPageView({ activities }));
  for (const kind of ['confirmation', 'preferences', 'unsubscribe']) expect(page).toContain(`Clicked the ${kind} link`);
  const inTheirs = leadPage(aLeadPageView({ activities, frame: inPortuguese }));
  for (const kind of ['confirmação', 'preferências', 'cancelamento'])
    expect(inTheirs).toContain(`Clicou em seu link de ${kind}`);
  for (const shown of [page, inTheirs]) expect(shown).not.toContain('tok.en');
});
