import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../../functions/leads/activity.ts';
import { ScoringModel } from '../../../functions/scoring/scoring-model.ts';
import { leadPage } from '../../../functions/web/lead-page.ts';
import { shippedModel } from '../../support/scoring.ts';
import { aHandoff, aLeadPageView, aLeadView, anEntry, aReview, aTold, inPortuguese } from './sample-pages.ts';

const hostile = '"><script>alert(1)</script>';

describe('the lead page', () => {
  it('shows every reason, and their sum as the score (T1)', () => {
    const page = leadPage(
      aLeadPageView({
        lead: aLeadView({ score: { total: 30, fit: 0, engagement: 30, asOf: '2026-11-23T17:20:00.000Z' } }),
        explanation: {
          total: 30,
          sum: 30,
          asOf: '2026-11-23T17:20:00.000Z',
          modelVersion: 'k3v7qk2m9x',
          entries: [anEntry(), anEntry({ rule: 'subscribed to the e-mail list', points: 5, contribution: 5 })],
        },
      }),
    );
    expect(page).toContain('+25</span><span>Started the free trial');
    expect(page).toContain('+5</span><span>Subscribed to the e-mail list');
    expect(page).toContain('<span class="points">30</span><span>The score</span>');
    expect(page).not.toContain('is stored');
  });

  it('says so when the stored score and the reasons disagree', () => {
    const { explanation } = aLeadPageView();
    expect(leadPage(aLeadPageView({ explanation: { ...explanation, total: 40 } }))).toContain('while 40 is stored');
  });

  it('puts the points beside the activity that earned them', () => {
    expect(leadPage(aLeadPageView())).toMatch(/Started the free trial.*?<strong class="">\+25<\/strong>/s);
  });

  it('tells a machine from a person, with the reasons', () => {
    const activity = aTold({ type: 'email.opened', verdict: { by: 'machine', reasons: ['opened in 2 s'] } });
    const page = leadPage(aLeadPageView({ activities: [activity] }));
    expect(page).toContain('A machine, so no points');
    expect(page).toContain('opened in 2 s');
  });

  it('escapes whatever a lead typed, sent or clicked', () => {
    const page = leadPage(
      aLeadPageView({
        lead: aLeadView({
          name: hostile,
          email: `${hostile}@example.com`,
          attributes: { name: hostile, company: hostile, [hostile]: hostile },
          source: { channel: hostile, campaign: hostile },
        }),
        activities: [
          aTold({ type: 'email.clicked', properties: { link: 'javascript:alert(1)' } }),
          aTold({ type: 'page.viewed', properties: { path: hostile, title: hostile } }),
          aTold({ type: hostile }),
        ],
      }),
    );
    expect(page).not.toContain('<script>alert');
    expect(page).not.toMatch(/href="javascript:/);
  });

  it('says loudly that a suppressed lead is not to be e-mailed', () => {
    const suppressed = { reason: 'complaint', at: '2026-11-20T10:00:00.000Z' } as const;
    const page = leadPage(aLeadPageView({ lead: aLeadView({ suppressed }), handoff: aHandoff() }));
    expect(page).toContain('Do not e-mail.');
    expect(page).toContain('No phone number is known');
  });

  it('says to call only where there is a number to call', () => {
    const none = { marketing: null, suppressed: false } as const;
    const withPhone = aLeadView({ attributes: { phone: '+5521999998888' } });
    expect(leadPage(aLeadPageView({ handoff: aHandoff({ consent: none }), lead: withPhone }))).toContain(
      'Call instead',
    );
    const asked = leadPage(aLeadPageView({ handoff: aHandoff({ consent: none, qualifiedBy: 'explicit-request' }) }));
    expect(asked).toContain('They asked to be contacted: answer what they asked.');
    expect(asked).toContain('granted: they asked');
    expect(leadPage(aLeadPageView({ lead: aLeadView({ consent: {} }) }))).toMatch(/Sales contact<\/dt>.*not asked/s);
  });

  it('says what is still missing for sales', () => {
    const over = aLeadView({ score: { total: 55, fit: 0, engagement: 55, asOf: '2026-11-23T17:20:00.000Z' } });
    expect(leadPage(aLeadPageView({ lead: over }))).toContain('They are over the threshold');
    expect(leadPage(aLeadPageView())).toContain('It needs the threshold and a buying signal');
  });

  it('promises sales nothing that only a changed playbook, or whoever reviewed it, withholds (T4)', () => {
    const over = {
      lead: aLeadView({ score: { total: 55, fit: 0, engagement: 55, asOf: '2026-11-23T17:20:00.000Z' } }),
      armed: false,
    };
    const decidedBy = (decision: 'leave' | 'hand-over') =>
      aReview({ decided: { decision, author: '<Marta>', at: '2026-11-20T10:00:00.000Z' } });
    const waiting = leadPage(aLeadPageView({ ...over, review: aReview() }));
    expect(waiting).toMatch(/only since the playbook changed: they wait under <a href="\/review">Review<\/a>/);
    const left = leadPage(aLeadPageView({ ...over, review: decidedBy('leave') }));
    expect(left).toContain('Left by &lt;Marta&gt; on 20 Nov 2026: sales gets them when they ask');
    expect(left).toContain('after falling below 40.');
    const handedOver = leadPage(aLeadPageView({ ...over, review: decidedBy('hand-over') }));
    expect(handedOver).toContain('a rep is being chosen');
    for (const page of [waiting, left, handedOver, leadPage(aLeadPageView(over))])
      expect(page).not.toContain('the next thing they do');
    const armedAnew = leadPage(aLeadPageView({ ...over, armed: true, review: decidedBy('leave') }));
    expect(armedAnew).toContain('the next thing they do');
    const inTheirs = leadPage(aLeadPageView({ ...over, frame: inPortuguese, review: decidedBy('leave') }));
    expect(inTheirs).toContain('Deixado por &lt;Marta&gt; em 20 de nov. de 2026');
  });

  it('tells points by hand apart from who they are and what they did (Q2)', () => {
    const lead = aLeadView({ score: { total: 15, fit: -10, engagement: 25, asOf: '2026-11-23T17:20:00.000Z' } });
    const { explanation } = aLeadPageView();
    const given = anEntry({ ruleId: 'adjusted-by-hand', group: 'fit', contribution: -20 });
    const page = leadPage(
      aLeadPageView({ lead, explanation: { ...explanation, entries: [...explanation.entries, given] } }),
    );
    expect(page).toContain('10 for who they are, 25 for what they did, −20 by hand');
    expect(leadPage(aLeadPageView())).toMatch(/0 for who they are, 30 for what they did<br>/);
  });

  it('says who adjusted a score, up or down (Q2)', () => {
    const properties = { points: -20, author: 'Clara', reason: 'a student' };
    const activities = [aTold({ type: 'score.adjusted', properties })];
    expect(leadPage(aLeadPageView({ activities }))).toContain('Adjusted by Clara: a student');
    expect(leadPage(aLeadPageView({ activities, frame: inPortuguese }))).toContain('Ajustado por Clara: a student');
  });

  it('says that an address has just been changed', () => {
    expect(leadPage(aLeadPageView({ readdressed: true }))).toContain('Address changed');
    expect(leadPage(aLeadPageView())).not.toContain('Address changed');
  });

  it('tells what happened in words, not in names of files', () => {
    const activities = [
      aTold({ type: 'email.sent', properties: { template: 'welcome-1' } }),
      aTold({ type: 'email.delivered', properties: { template: 'asset' } }),
      aTold({ type: 'appointment.booked', source: 'form' }),
    ];
    const page = leadPage(aLeadPageView({ activities }));
    expect(page).toContain('We sent welcome e-mail 1');
    expect(page).toContain('The promised link reached their mailbox');
    expect(page).toContain('Asked for a consultation');
  });

  it('names the source and, apart from it, the channel', () => {
    const source = { channel: 'paid', campaign: 'spring', source: 'google', medium: 'cpc' };
    const page = leadPage(aLeadPageView({ lead: aLeadView({ source }) }));
    expect(page).toContain('google / spring');
    expect(page).toContain('paid (cpc)');
  });

  it('names the rep and why they have the lead', () => {
    const page = leadPage(aLeadPageView({ handoff: aHandoff({ qualifiedBy: 'explicit-request' }) }));
    expect(page).toContain('Bruno Lima');
    expect(page).toContain('they asked to talk to us');
  });

  it('tells which link was clicked, without the id that proves who did, and why it was a person', () => {
    const link = 'https://example.com/p/pricing?a=1&ripen_lid=secret.id';
    const verdict: Verdict = { by: 'human', reasons: ['they then read the page'] };
    const activities = [aTold({ type: 'email.clicked', properties: { link }, verdict })];
    const page = leadPage(aLeadPageView({ activities }));
    expect(page).toContain('Clicked https://example.com/p/pricing?a=1 in an e-mail');
    expect(page).not.toContain('ripen_lid');
    expect(page).toMatch(/A person<\/span>they then read the page/);
    expect(leadPage(aLeadPageView({ activities, frame: inPortuguese }))).toMatch(
      /Uma pessoa<\/span>depois leu a página/,
    );
  });

  it('counts opens and clicks raw and by whom, side by side (Q9, T6)', () => {
    const by = (type: string, verdict: 'human' | 'machine' | 'unsure') =>
      aTold({ type, verdict: { by: verdict, reasons: [] } });
    const activities = [
      ...[by('email.opened', 'human'), by('email.opened', 'machine'), by('email.opened', 'machine')],
      ...[by('email.clicked', 'unsure'), aTold({ type: 'email.clicked' })],
    ];
    const page = leadPage(aLeadPageView({ activities })).replaceAll(/<[^>]+>/g, ' ');
    expect(page).toMatch(/Opens\s+3\s+1\s+2\s+0/);
    expect(page).toMatch(/Clicks\s+2\s+1\s+0\s+1/);
  });

  it('says in the rule’s words why somebody is no buyer, and that sales never gets them (S16)', () => {
    const says = { en: 'their company is too small', 'pt-BR': 'a empresa é pequena demais' };
    const model = ScoringModel.parse({ ...shippedModel, disqualify: [{ id: 'small', attributes: {}, says }] });
    const lead = aLeadView({ disqualified: { ruleId: 'small', at: '2026-11-20T10:00:00.000Z' } });
    expect(leadPage(aLeadPageView({ lead, model }))).toContain(
      'No buyer for us:</strong> their company is too small. Never handed to sales',
    );
    expect(leadPage(aLeadPageView({ lead, model, frame: inPortuguese }))).toContain('a empresa é pequena demais');
  });

  it('shows an address that imitates another one for what it is (I-N3)', () => {
    const page = leadPage(aLeadPageView({ lead: aLeadView({ email: 'ana@\u0430pple.com' }) }));
    expect(page).toContain('>ana@xn--pple-43d.com</a>');
    expect(page).toContain('may imitate another one');
  });

  it('adjusts the score and changes the address by plain forms', () => {
    const page = leadPage(aLeadPageView());
    expect(page).toContain('action="/api/leads/abcdefghijklmnop/adjustments" method="post"');
    expect(page).toContain('name="adjustment_id" value="an-id-of-its-own"');
    expect(page).toContain('action="/api/leads/abcdefghijklmnop/address" method="post"');
    expect(page).not.toContain('data-live');
    expect(leadPage(aLeadPageView({ adjusted: true }))).toMatch(/It counts in a moment.*data-live="score"/s);
  });

  it('speaks Portuguese to whoever reads it, but for what others wrote', () => {
    const page = leadPage(aLeadPageView({ frame: inPortuguese, handoff: aHandoff() }));
    for (const words of [
      'Pontuação',
      'O que aconteceu',
      'Quem é',
      'Repasse',
      'O que podemos fazer, e por quê',
      'Morno',
    ])
      expect(page).toContain(words);
  });
});
