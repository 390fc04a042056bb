import { describe, expect, it } from 'vitest';
import { Team } from '../../../functions/handoff/team.ts';
import type { Lead } from '../../../functions/leads/lead.ts';
import { leadIdOf } from '../../../functions/leads/lead-id.ts';
import type { HttpRequest } from '../../../functions/runtime/http.ts';
import { showWhatIf, type WhatIfDeps } from '../../../functions/web/show-what-if.ts';
import { account } from '../../support/forms.ts';
import { shippedModel } from '../../support/scoring.ts';
import { aLead } from '../handoff/a-qualified-lead.ts';
import { frame } from './sample-pages.ts';
import { noon, salesTeam } from './sample-sales.ts';

const pepper = 'a pepper of our own';
const known = aLead({ leadId: leadIdOf('lia@example.com', pepper), attributes: { name: 'Lia <b>Prado</b>' } });

/** Stores that can only be read: whatever wrote would not even find the door. */
function deps(leads: Readonly<Record<string, Lead | 'erased'>>, parts: Partial<Team> = {}): WhatIfDeps {
  return {
    leads: {
      known: async (leadId) => leads[leadId] ?? null,
      ...{ get: async () => null, list: async () => ({ items: [], cursor: null }) },
      ...{ history: async () => [], statements: async () => [] },
    },
    handoffs: {
      get: async () => null,
      roster: async () => ({ ver: 0, turns: 0, places: {} }),
      records: async () => [],
    },
    silenced: async () => [],
    pepper: async () => pepper,
    team: Team.parse({ ...salesTeam, ...parts }),
    ...{ account, model: shippedModel, now: () => noon },
  };
}

function asked(query: string): HttpRequest {
  const from = { headers: {}, body: Buffer.alloc(0), sourceIp: '::1', operator: true };
  return { method: 'GET', path: '/team/what-if', params: {}, query: new URLSearchParams(query), ...from };
}

describe('the question who would get a lead', () => {
  it('finds a lead by address and by id, and shows what they typed as text', async () => {
    for (const lead of ['LIA@example.com ', known.leadId]) {
      const page = await showWhatIf(asked(`lead=${encodeURIComponent(lead)}`), frame, deps({ [known.leadId]: known }));
      expect(page).toContain('Bruno Lima would get it now');
      expect(page).toContain('Lia &lt;b&gt;Prado&lt;/b&gt;');
    }
  });

  it('tells nobody from somebody who is erased', async () => {
    expect(await showWhatIf(asked('lead=who@example.com'), frame, deps({}))).toContain('There is no such lead');
    const erased = deps({ [known.leadId]: 'erased' });
    expect(await showWhatIf(asked('lead=lia@example.com'), frame, erased)).toContain('asked to be forgotten');
  });

  it('asks the rules about whoever is described', async () => {
    const reps = salesTeam.reps.map((rep) => (rep.id === 'carla-dias' ? { ...rep, regions: ['PT'] } : rep));
    const rule = { id: 'near', name: 'To a rep of their region', matching: ['region' as const], needs: {} };
    const rules = [{ ...rule, otherwise: 'next-rule' as const }];
    const near = deps({}, { reps, assignment: { ...salesTeam.assignment, rules } });
    const page = await showWhatIf(asked('country=PT&score=60'), frame, near);
    expect(page).toContain('Carla Dias would get it now');
    expect(page).toContain('By the rule “To a rep of their region”.');
    expect(page).toContain('Nobody else could take it.');
    expect(await showWhatIf(asked('country=US'), frame, near)).toContain('Bruno Lima would get it now');
  });

  it('takes any nonsense for a description', async () => {
    const page = await showWhatIf(asked('country=<script>&score=many&language=%00'), frame, deps({}));
    expect(page).toContain('would get it now');
    expect(page).not.toContain('<script>&');
  });

  it('answers nothing before anything is asked', async () => {
    expect(await showWhatIf(asked(''), frame, deps({}))).not.toContain('id="answer"');
  });
});
