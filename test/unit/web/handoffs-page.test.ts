import { describe, expect, it } from 'vitest';
import { clockText, timeLeft } from '../../../functions/web/handoff-clock.ts';
import { handoffsPage } from '../../../functions/web/handoffs-page.ts';
import { attacks } from '../handoff/a-told-lead.ts';
import { aHandoff, frame, inPortuguese } from './sample-pages.ts';
import { aHandoffsPageView, aRow, noon, salesTeam } from './sample-sales.ts';

const account = { timeZone: 'America/Sao_Paulo' };
const inMinutes = (minutes: number) => new Date(noon + minutes * 60_000).toISOString();
const leftFor = (minutes: number, team = salesTeam) =>
  timeLeft(aHandoff({ dueAt: inMinutes(minutes) }), { team, account, now: noon });

describe('the inbox of sales', () => {
  it('lets whoever looks accept their own, and take over what is somebody else’s', () => {
    const mine = handoffsPage(aHandoffsPageView());
    expect(mine).toContain('action="/api/handoffs/abcdefghijklmnop.1/accept"');
    expect(mine).toContain('aria-label="Accept Ana Souza"');
    const theirs = handoffsPage(aHandoffsPageView({ me: 'carla-dias' }));
    expect(theirs).toContain('aria-label="Take over Ana Souza"');
    expect(theirs).toContain('name="rep" value="carla-dias"');
  });

  it('asks who looks before anybody accepts what waits for anybody', () => {
    const rows = [aRow({ handoff: aHandoff({ status: 'queued', rep: null }) })];
    expect(handoffsPage(aHandoffsPageView({ rows, tab: 'queue', me: null }))).not.toContain('/accept"');
    expect(handoffsPage(aHandoffsPageView({ rows, tab: 'queue' }))).toContain('/accept"');
  });

  it('leads on from what is accepted, and lets nobody accept it again', () => {
    const page = handoffsPage(aHandoffsPageView({ rows: [aRow({ handoff: aHandoff({ status: 'accepted' }) })] }));
    expect(page).toContain('href="/handoffs/abcdefghijklmnop.1#act"');
    expect(page).not.toContain('/accept"');
  });

  it('comes back to the same tab after accepting, and keeps it when the language changes', () => {
    const page = handoffsPage(aHandoffsPageView({ tab: 'mine', status: 'assigned' }));
    expect(page).toContain('name="back" value="/handoffs?show=mine&amp;status=assigned"');
    expect(page).toContain('href="/handoffs?show=mine&amp;status=assigned&amp;lang=pt-BR"');
  });

  it('marks whom nobody may e-mail, and what they have done since', () => {
    const notes = [
      { kind: 'crossing' as const, activityId: 'a', at: inMinutes(-5) },
      { kind: 'appointment-cancelled' as const, activityId: 'b', at: inMinutes(-2) },
    ];
    const handoff = aHandoff({ consent: { marketing: 'revoked', suppressed: true }, notes });
    const page = handoffsPage(aHandoffsPageView({ rows: [aRow({ handoff })] }));
    expect(page).toContain('Do not e-mail');
    expect(page).toContain('cancelled the appointment (2)');
  });

  it('says what to do where nothing is', () => {
    const empty = { rows: [] };
    expect(handoffsPage(aHandoffsPageView({ ...empty, tab: 'mine', me: null }))).toContain('Who are you?');
    expect(handoffsPage(aHandoffsPageView({ ...empty, tab: 'mine' }))).toContain('Nothing waits for you');
    expect(handoffsPage(aHandoffsPageView({ ...empty, tab: 'queue' }))).toContain('href="/team"');
    expect(handoffsPage(aHandoffsPageView({ ...empty, status: 'won' }))).toContain('No hand-off like that');
    expect(handoffsPage(aHandoffsPageView(empty))).toContain('href="/p/consultation"');
  });

  it('shows what a lead typed, and runs none of it', () => {
    const explanation = [{ rule: attacks, points: 5, occurredAt: inMinutes(-1) }];
    const rows = [aRow({ leadName: attacks, company: attacks, handoff: aHandoff({ explanation }) })];
    const page = handoffsPage(aHandoffsPageView({ rows }));
    expect(page).not.toMatch(/<script>|<img|<at>/);
    expect(page).toContain('&lt;script&gt;');
  });

  it('speaks Portuguese', () => {
    const page = handoffsPage(aHandoffsPageView({ frame: inPortuguese }));
    expect(page).toContain('aria-label="Aceitar Ana Souza"');
    expect(page).toContain('A aceitar');
  });
});

describe('the clock of a hand-off', () => {
  it('counts down while every minute left is a working one', () => {
    const left = leftFor(12);
    expect(left && String(clockText(left, frame.reader))).toMatch(
      /until .*14:32.*data-left="720000".*>12<\/span> min left/,
    );
  });

  it('turns red in the last five minutes, with seconds', () => {
    const left = leftFor(4.5);
    expect(left && String(clockText(left, frame.reader))).toMatch(/class="left soon".*>4:30</);
  });

  it('tells working minutes over a night, and no countdown', () => {
    const days = ['monday', 'tuesday'] as const;
    const workingHours = [{ days: [...days], from: '09:00', to: '14:30' }];
    const reps = salesTeam.reps.map((rep) => ({ ...rep, workingHours }));
    const left = leftFor(20 * 60, { ...salesTeam, reps });
    const told = left && String(clockText(left, frame.reader));
    expect(told).toContain('Tue 10:20');
    expect(told).toContain('90 working min left');
    expect(told).not.toContain('data-left');
  });

  it('says so when time is up, and when somebody is looked for again', () => {
    const over = leftFor(-1);
    expect(over && String(clockText(over, frame.reader))).toContain('time is up');
    const queued = timeLeft(aHandoff({ status: 'queued', rep: null, dueAt: inMinutes(30) }), {
      ...{ team: salesTeam, account, now: noon },
    });
    expect(queued && String(clockText(queued, frame.reader))).toMatch(/looked for again .*14:50/);
    expect(timeLeft(aHandoff({ status: 'accepted' }), { team: salesTeam, account, now: noon })).toBeNull();
  });

  it('is told on the rep’s own clock, with its name where it is not ours', () => {
    const handoff = aHandoff({ rep: 'carla-dias', dueAt: inMinutes(10) });
    const left = timeLeft(handoff, { team: salesTeam, account, now: noon });
    expect(left && String(clockText(left, frame.reader))).toMatch(/17:30 (GMT|WET)/);
  });
});
