import { describe, expect, it } from 'vitest';
import { RepRecord } from '../../../functions/handoff/rep-record.ts';
import { noPlace } from '../../../functions/handoff/roster.ts';
import { Team } from '../../../functions/handoff/team.ts';
import { teamPage } from '../../../functions/web/team-page.ts';
import { standings } from '../../../functions/web/team-standing.ts';
import { whatIfPage } from '../../../functions/web/what-if-page.ts';
import { attacks } from '../handoff/a-told-lead.ts';
import { aHandoff, inPortuguese } from './sample-pages.ts';
import { aTeamPageView, aWhatIfPageView, noon, salesTeam } from './sample-sales.ts';

const account = { timeZone: 'America/Sao_Paulo' };
const roster = { ver: 1, turns: 0, places: { 'bruno-lima': { ...noPlace, open: 20, day: '2026-11-23', taken: 3 } } };

function pageOf(parts: Partial<Team> = {}, known: { records?: readonly RepRecord[]; silent?: readonly string[] } = {}) {
  const team = Team.parse({ ...salesTeam, ...parts });
  const { records = [], silent = [] } = known;
  return teamPage(aTeamPageView({ team, standings: standings({ team, account, roster, records, silent, now: noon }) }));
}

const withFirst = (given: object) => salesTeam.reps.map((rep, index) => (index === 0 ? { ...rep, ...given } : rep));

describe('the page of the team', () => {
  it('shows who is there, who is full, and how full', () => {
    const page = pageOf();
    expect(page).toContain('has 20 open leads already');
    expect(page).toContain('20 / 20');
    expect(page).toContain('<rect class="bar-fill" width="100%"');
    expect(page).toMatch(/Carla Dias<\/a>[\s\S]*?Available/);
  });

  it('says until when somebody is away, and which leave is ahead', () => {
    const leave = [
      { from: '2026-11-20', until: '2026-11-27' },
      { from: '2026-12-21', until: '2027-01-03' },
    ];
    const page = pageOf({ reps: withFirst({ leave }) });
    expect(page).toContain('on leave until 27 November 2026, back Sat');
    expect(page).toContain('Leave ahead: Mon, 21 Dec 2026 – Sun, 3 Jan 2027');
  });

  it('shows each on their own clock', () => {
    expect(pageOf()).toMatch(/Carla Dias<\/a><span class="faint under">it is 17:20 (GMT|WET)/);
  });

  it('adds up the last thirty days, and the points of the last whole month', () => {
    const days = { '2026-10-05': { won: 1 }, '2026-11-20': { accepted: 2, speedMs: 20 * 60_000, won: 1, missed: 1 } };
    const page = pageOf({}, { records: [RepRecord.parse({ rep: 'bruno-lima', days, ver: 1 })] });
    expect(page).toContain('+10 points');
    expect(page).toContain('data-column="To accept">10 min<');
    expect(page).toContain('2026-10');
  });

  it('tells how long the first in the queue waits', () => {
    expect(pageOf()).toContain('the oldest waits for 1 h 5 min');
  });

  it('says whom our e-mails do not reach', () => {
    expect(pageOf({}, { silent: ['carla-dias'] })).toContain('gets no e-mail from us any more');
  });

  it('names the rules in their order, whatever is in their names', () => {
    const rule = {
      id: 'retail',
      name: attacks.slice(0, 60),
      matching: [],
      needs: { reps: ['bruno-lima'] },
      otherwise: 'queue' as const,
    };
    const page = pageOf({ assignment: { ...salesTeam.assignment, rules: [rule] } });
    expect(page).not.toContain('<script>');
    expect(page).toContain('&lt;script&gt;');
  });

  it('speaks Portuguese', () => {
    expect(teamPage(aTeamPageView({ frame: inPortuguese }))).toContain('Disponíveis agora');
  });
});

describe('who would get a lead', () => {
  it('answers without saying that anybody got anything', () => {
    const page = whatIfPage(aWhatIfPageView());
    expect(page).toContain('Bruno Lima would get it now');
    expect(page).toContain('Nothing was changed');
    expect(page).not.toContain('got this lead');
    expect(page).not.toContain('method="post"');
  });

  it('says when somebody may be available, when nobody is', () => {
    const reason = { ...aHandoff().reason, method: 'none' as const, candidates: [] };
    const routed = { rep: null, reason, credits: {}, nextTryAt: '2026-11-24T12:00:00.000Z' };
    const page = whatIfPage(aWhatIfPageView({ answer: { outcome: 'routed', routed, lead: null, never: null } }));
    expect(page).toContain('Nobody could take it now');
    expect(page).toContain('available again at Tue 09:00');
  });

  it('says whose the lead is already, and whom sales never gets', () => {
    const routed = { rep: 'bruno-lima', reason: aHandoff().reason, credits: {}, nextTryAt: null };
    const lead = { leadId: 'abcdefghijklmnop', name: attacks };
    const never = 'disqualified' as const;
    const page = whatIfPage(
      aWhatIfPageView({ answer: { outcome: 'routed', routed, lead, openWith: 'carla-dias', never } }),
    );
    expect(page).toContain('with Carla Dias');
    expect(page).toContain('would not be handed off at all');
    expect(page).not.toContain('<script>');
  });

  it('says so when there is no such lead', () => {
    expect(whatIfPage(aWhatIfPageView({ answer: { outcome: 'not-found' } }))).toContain('There is no such lead');
    expect(whatIfPage(aWhatIfPageView({ answer: { outcome: 'erased' } }))).toContain('asked to be forgotten');
  });
});
