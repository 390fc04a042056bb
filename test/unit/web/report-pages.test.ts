import { describe, expect, it } from 'vitest';
import { audiencesPage } from '../../../functions/web/audiences-page.ts';
import { leaksPage } from '../../../functions/web/leaks-page.ts';
import { inPortuguese } from './sample-pages.ts';
import { aLeakReport, aLeaksPageView, anAudience, anAudiencesPageView } from './sample-reports.ts';

describe('the page of audiences', () => {
  const page = audiencesPage(anAudiencesPageView());

  it('has a file of each variant for each platform', () => {
    for (const platform of ['meta', 'google', 'linkedin', 'tiktok'])
      for (const variant of ['a', 'b'])
        expect(page).toContain(`/api/audiences/mql-retargeting/export?platform=${platform}&amp;variant=${variant}`);
  });

  it('says where Instagram and YouTube are, and that permission is asked when a file is fetched', () => {
    expect(page).toContain('Facebook + Instagram');
    expect(page).toContain('Google + YouTube');
    expect(page).toContain('is asked at the moment you fetch a file');
  });

  it('tells which variant does better, with its interval', () => {
    expect(page).toMatch(/11 %<span class="faint under">8 % – 15 %/);
    expect(page).toMatch(/better<\/span><span class="faint under">\+\d+ % – \+\d+ %/);
  });

  it('offers no file of nobody, and tells how one gets in', () => {
    const empty = audiencesPage(anAudiencesPageView({ audiences: [anAudience({ members: 0 })] }));
    expect(empty).not.toContain('/export?');
    expect(empty).toContain('MQLs who take no next step join 14 days after they became one.');
  });

  it('tells of files in parts where there are more than fit into one', () => {
    expect(page).not.toContain('in parts');
    expect(audiencesPage(anAudiencesPageView({ audiences: [anAudience({ members: 10_001 })] }))).toContain('in parts');
  });

  it('says what to write where the playbook has none', () => {
    expect(audiencesPage(anAudiencesPageView({ audiences: [] }))).toContain('playbook/follow-up.yaml');
  });

  it('speaks Portuguese', () => {
    const text = audiencesPage(anAudiencesPageView({ frame: inPortuguese }));
    expect(text).toContain('MQLs que não dão um próximo passo entram 14 dias depois');
    expect(text).toContain('Quem tiver marcado um compromisso ou preenchido o formulário');
  });
});

describe('the page of leaks', () => {
  const page = leaksPage(aLeaksPageView());

  it('says what can be asked where something else was, and keeps the form', () => {
    const refused = leaksPage(aLeaksPageView({ isRefused: true }));
    expect(refused).toContain('Choose at most 31 days');
    expect(refused).toContain('action="/leaks"');
    expect(page).not.toContain('Choose at most 31 days');
  });

  it('names the biggest leak in a sentence', () => {
    expect(page).toContain('<strong>The biggest leak:</strong> They showed no interest for 30 days: 14 of 62 (23 %).');
  });

  it('tells what sales said in the words of the team, and by its id what the team says no more', () => {
    expect(page).toContain('Sales rejected them: Not ready to buy yet');
    expect(page).toContain('The deal was lost: taken-out-since');
  });

  it('draws each cause beside the biggest', () => {
    expect(page).toContain('<rect class="bar-fill" width="100%"');
    expect(page).toContain('<rect class="bar-fill" width="64.3%"');
  });

  it('leads to people', () => {
    expect(page).toContain('<a href="/leads/abcdefghijklmnop">Ana Souza</a>');
  });

  it('keeps what was asked when the language changes', () => {
    expect(page).toContain('goal=customer&amp;noFollowUpDays=7&amp;lang=pt-BR');
  });

  it('says so when nobody was lost, and when there was nobody', () => {
    expect(leaksPage(aLeaksPageView({ report: aLeakReport({ leaks: [] }) }))).toContain('No leak');
    const none = aLeakReport({ leads: 0, wentOn: 0, leaks: [], underWay: [] });
    expect(leaksPage(aLeaksPageView({ report: none }))).toContain('Nobody became an MQL in these days.');
  });

  it('speaks Portuguese', () => {
    const text = leaksPage(aLeaksPageView({ frame: inPortuguese }));
    expect(text).toContain('Vendas recusou: Ainda não é a hora');
  });
});
