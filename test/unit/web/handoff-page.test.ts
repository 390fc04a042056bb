import { describe, expect, it } from 'vitest';
import { handoffPage } from '../../../functions/web/handoff-page.ts';
import { leadPage } from '../../../functions/web/lead-page.ts';
import { aHostileLead, attacks, toldOf } from '../handoff/a-told-lead.ts';
import { aHandoff, aLeadPageView, inPortuguese } from './sample-pages.ts';
import { aHandoffPageView, salesTeam } from './sample-sales.ts';

const at = '2026-11-23T17:10:00.000Z';
const accepted = aHandoff({ status: 'accepted', acceptedAt: at });

describe('the page of a hand-off', () => {
  it('lets its rep accept or reject it, and nothing else before', () => {
    const page = handoffPage(aHandoffPageView());
    expect(page).toContain('/abcdefghijklmnop.1/accept"');
    expect(page).toContain('<option value="not-ready">Not ready</option>');
    expect(page).not.toContain('/outcome"');
  });

  it('asks what became of it once it is accepted', () => {
    const page = handoffPage(aHandoffPageView({ handoff: accepted }));
    for (const outcome of ['contacted', 'meeting', 'won', 'lost', 'recycled'])
      expect(page).toContain(`name="outcome" value="${outcome}"`);
    expect(page).toContain('Amount in BRL');
    expect(page).toContain('<option value="price">Price</option>');
    expect(page).not.toContain('/accept"');
  });

  it('says whose it is to whom it is not, and lets the manager answer', () => {
    const theirs = handoffPage(aHandoffPageView({ handoff: accepted, me: 'carla-dias' }));
    expect(theirs).toContain('Bruno Lima has this lead. Only they, or the manager, can answer for it.');
    expect(theirs).not.toContain('/outcome"');
    const early = handoffPage(aHandoffPageView({ me: 'carla-dias' }));
    expect(early).toContain('Bruno Lima has this lead, and has not accepted it yet: you may take it over.');
    expect(early).not.toContain('/reject"');
    const manager = handoffPage(aHandoffPageView({ handoff: accepted, me: 'marta-reis' }));
    expect(manager).toContain('/outcome"');
    expect(manager).toContain('You act as Marta Reis.');
  });

  it('acts no more when it is over, and says how it ended', () => {
    const amount = { amountMinor: 123_450, currency: 'BRL' };
    const won = handoffPage(aHandoffPageView({ handoff: aHandoff({ status: 'won', amount, closedAt: at }) }));
    expect(won).toContain('the deal was won.');
    expect(won).toContain('Amount: BRL 1,234.50.');
    expect(won).not.toContain('<form action="/api/');
    const lost = aHandoff({ status: 'lost', outcomeReason: 'price', closedAt: at });
    expect(handoffPage(aHandoffPageView({ handoff: lost }))).toContain('Reason: Price.');
  });

  it('explains the decision in sentences, and everybody in a table', () => {
    const reason = {
      ...{ rule: 'retail', ruleName: 'Retail goes to those who know it', method: 'round-robin' as const },
      ...{ candidates: ['bruno-lima'], passedRules: [] },
      exclusions: [{ rep: 'carla-dias', reason: 'leave' as const, detail: '2026-11-27' }],
    };
    const page = handoffPage(aHandoffPageView({ handoff: aHandoff({ reason }) }));
    expect(page).toContain('Bruno Lima got this lead by the rule “Retail goes to those who know it”');
    expect(page).toContain('on leave until 27 November 2026');
  });

  it('tells what happened, who did it and why', () => {
    const history = [
      { at, what: 'assigned' as const, rep: 'carla-dias' },
      { at, what: 'declined' as const, rep: 'carla-dias', by: 'marta-reis', reason: 'not-ready' },
    ];
    const page = handoffPage(aHandoffPageView({ handoff: aHandoff({ history }) }));
    expect(page).toContain('Carla Dias passed it on (by Marta Reis): Not ready');
  });

  it('shows what a lead typed, and runs none of it', () => {
    const wrote = [{ label: 'Your wish', text: attacks }];
    const page = handoffPage(aHandoffPageView({ told: aHostileLead(), wrote }));
    expect(page).not.toMatch(/<script>|<img|<at>|href="javascript:/);
    expect(page).toContain('&lt;script&gt;');
  });

  it('offers neither a mail nor a call that is not permitted', () => {
    const suppressed = { reason: 'complaint' as const, at };
    const page = handoffPage(aHandoffPageView({ told: toldOf({}, { suppressed }) }));
    expect(page).not.toContain('mailto:');
    expect(page).not.toContain('href="tel:');
  });

  it('speaks Portuguese', () => {
    const page = handoffPage(aHandoffPageView({ frame: inPortuguese, handoff: accepted }));
    expect(page).toContain('O que aconteceu?');
    expect(page).toContain('<option value="price">Preço</option>');
  });
});

describe('the hand-off on the page of its lead', () => {
  const cardOf = (handoff: ReturnType<typeof aHandoff> | null) => leadPage(aLeadPageView({ handoff }));

  it('leads to the hand-off, or to who would get the lead', () => {
    expect(cardOf(aHandoff())).toContain('href="/handoffs/abcdefghijklmnop.1"');
    expect(cardOf(null)).toContain('href="/team/what-if?lead=abcdefghijklmnop"');
  });

  it('says that it waits, that the manager has it, and that it went back to nurture', () => {
    expect(cardOf(aHandoff({ status: 'queued', rep: null, assignedAt: null }))).toContain('nobody yet: it waits');
    const { manager } = salesTeam;
    const reason = { ...aHandoff().reason, method: 'manager' as const, candidates: [manager.id] };
    expect(cardOf(aHandoff({ rep: manager.id, level: 'manager', reason }))).toContain('as the manager');
    expect(cardOf(aHandoff({ status: 'recycled', cycle: 2, closedAt: at }))).toContain('Back to nurture');
  });
});
