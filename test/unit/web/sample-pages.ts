import { Forms } from '../../../functions/capture/form.ts';
import type { Handoff } from '../../../functions/handoff/handoff.ts';
import type { Activity } from '../../../functions/leads/activity.ts';
import type { LeadView } from '../../../functions/leads/read-leads.ts';
import type { Review } from '../../../functions/leads/review.ts';
import { metricIds } from '../../../functions/metrics/metric.ts';
import type { ExplanationEntry } from '../../../functions/scoring/explain.ts';
import type { ActivationView } from '../../../functions/scoring/read-activation.ts';
import { assetPage } from '../../../functions/web/asset-page.ts';
import { audiencesPage } from '../../../functions/web/audiences-page.ts';
import { connectPage } from '../../../functions/web/connect-page.ts';
import { deliveriesPage } from '../../../functions/web/deliveries-page.ts';
import { emailPreviewPage } from '../../../functions/web/email-preview-page.ts';
import { handoffPage } from '../../../functions/web/handoff-page.ts';
import { handoffsPage } from '../../../functions/web/handoffs-page.ts';
import { type HomePageView, homePage } from '../../../functions/web/home-page.ts';
import { landingPage } from '../../../functions/web/landing-page.ts';
import { type LeadPageView, leadPage } from '../../../functions/web/lead-page.ts';
import { type LeadsPageView, leadsPage } from '../../../functions/web/leads-page.ts';
import { leaksPage } from '../../../functions/web/leaks-page.ts';
import { machinesPage } from '../../../functions/web/machines-page.ts';
import { type DayView, type MetricsPageView, metricsPage } from '../../../functions/web/metrics-page.ts';
import { missingPage } from '../../../functions/web/missing-page.ts';
import { pricingPage } from '../../../functions/web/pricing-page.ts';
import { problemPage } from '../../../functions/web/problem-page.ts';
import { type ReviewPageView, reviewPage } from '../../../functions/web/review-page.ts';
import { sendingPage } from '../../../functions/web/sending-page.ts';
import { sequencePage } from '../../../functions/web/sequence-page.ts';
import { sequencesPage } from '../../../functions/web/sequences-page.ts';
import type { Frame } from '../../../functions/web/shell.ts';
import { teamPage } from '../../../functions/web/team-page.ts';
import { thanksPage } from '../../../functions/web/thanks-page.ts';
import type { Site } from '../../../functions/web/visitor-layout.ts';
import { walkSteps } from '../../../functions/web/walk.ts';
import { whatIfPage } from '../../../functions/web/what-if-page.ts';
import { shippedModel } from '../../support/scoring.ts';
import { anEmailPreviewView, aSequencePageView } from './a-sequence.ts';
import { aDeliveriesPageView } from './sample-deliveries.ts';
import { aLeaksPageView, anAudiencesPageView } from './sample-reports.ts';
import { aHandoffPageView, aHandoffsPageView, aTeamPageView, aWhatIfPageView } from './sample-sales.ts';
import { aSendingPageView, aSendingView } from './sample-sending.ts';

const now = '2026-11-23T17:20:00.000Z';

export const frame: Frame = {
  reader: { language: 'en', timeZone: 'America/Sao_Paulo', nowMs: Date.parse(now) },
  accountName: 'Orchard',
  local: true,
  playbookVersion: 'k3v7qk2m9x',
  toReview: false,
};

export const inPortuguese: Frame = { ...frame, reader: { ...frame.reader, language: 'pt-BR' } };

export const site: Site = {
  language: 'en',
  accountName: 'Orchard',
  postalAddress: 'Rua das Laranjeiras 100, Rio de Janeiro',
  baseUrl: 'https://ripen.example',
  writeKey: 'local',
};

export const forms = Forms.parse({
  writeKeys: ['local'],
  forms: {
    trial: {
      title: { en: 'Try it', 'pt-BR': 'Experimente' },
      magnet: 'free-trial',
      funnelStage: 'BOFU',
      fields: [
        { name: 'email', type: 'email', required: true, label: { en: 'E-mail' }, autocomplete: 'email' },
        { name: 'size', type: 'select', label: { en: 'Size' }, options: ['1–9', '10+'] },
        { name: 'country', type: 'country', label: { en: 'Country' } },
        { name: 'wish', type: 'textarea', label: { en: 'Your wish' } },
      ],
      consents: [{ purpose: 'marketing', wording: { en: "Yes, send me Orchard's news.", 'pt-BR': 'Sim, quero.' } }],
      asset: { title: { en: 'Your first hour' }, url: '/p/your-trial' },
      thankYou: '/p/thank-you?form=trial',
    },
  },
});
const trial = forms.forms.trial ?? fail('trial');

export function aLeadView(parts: Partial<LeadView> = {}): LeadView {
  return {
    leadId: 'abcdefghijklmnop',
    email: 'ana@example.com',
    name: 'Ana Souza',
    attributes: { name: 'Ana Souza' },
    source: { channel: 'paid', campaign: 'spring' },
    score: { total: 30, fit: 0, engagement: 30, asOf: now },
    rating: 'warm',
    stage: 'lead',
    types: ['trial'],
    consent: { marketing: 'granted' },
    suppressed: null,
    disqualified: null,
    completeness: 0.667,
    owner: null,
    modelVersion: 'k3v7qk2m9x',
    createdAt: now,
    ...parts,
  };
}

export function anEntry(parts: Partial<ExplanationEntry> = {}): ExplanationEntry {
  return {
    activityId: 'activity-1',
    ruleId: 'started-trial',
    rule: 'started the free trial',
    group: 'engagement',
    points: 25,
    decay: 1,
    capped: false,
    contribution: 25,
    occurredAt: now,
    ...parts,
  };
}

export function aTold(parts: Partial<Activity> = {}): Activity {
  return {
    activityId: 'activity-1',
    type: 'trial.started',
    occurredAt: now,
    recordedAt: now,
    source: 'form',
    properties: {},
    ...parts,
  };
}

export function aLeadPageView(parts: Partial<LeadPageView> = {}): LeadPageView {
  return {
    frame,
    lead: aLeadView(),
    explanation: { total: 25, sum: 25, asOf: now, modelVersion: 'k3v7qk2m9x', entries: [anEntry()] },
    scoreRun: [
      { at: '2026-11-20T12:00:00.000Z', total: 0 },
      { at: '2026-11-21T12:00:00.000Z', total: 55 },
      { at: now, total: 25 },
    ],
    activities: [aTold()],
    mail: { enrollments: [], messages: [] },
    sequenceNames: new Map(),
    permissions: { consent: { marketing: { status: 'granted', at: now } }, suppressed: null, evidence: [] },
    handoff: null,
    tasks: [],
    repNames: { 'bruno-lima': 'Bruno Lima' },
    model: shippedModel,
    newAdjustmentId: 'an-id-of-its-own',
    adjusted: false,
    review: null,
    armed: true,
    readdressed: false,
    ...parts,
  };
}

export function aReview(parts: Partial<Review> = {}): Review {
  const change = { modelVersion: 'k3v7qk2m9x', before: 35, after: 55, at: now };
  return { leadId: 'abcdefghijklmnop', ...change, decided: null, ...parts };
}

export function anActivation(parts: Partial<ActivationView> = {}): ActivationView {
  const counts = { pass: 1, total: 2000, seen: 1240, rescored: 1200, crossed: 3 };
  return { version: 'new', from: 'old', status: 'running', ...counts, startedAt: now, finishedAt: null, ...parts };
}

export function aReviewPageView(parts: Partial<ReviewPageView> = {}): ReviewPageView {
  const rows = [{ review: aReview(), leadName: 'Ana Souza' }];
  return { frame, rows, cursor: null, activation: null, threshold: 50, rearmBelow: 40, decided: null, ...parts };
}

export function aHomePageView(parts: Partial<HomePageView> = {}): HomePageView {
  return {
    frame,
    today: '2026-11-23',
    days: [aDay('2026-11-23')],
    tiles: metricIds.slice(0, 4),
    leads: [aLeadView()],
    handoffs: [{ handoff: aHandoff(), leadName: 'Ana Souza' }],
    repNames: { 'bruno-lima': 'Bruno Lima' },
    threshold: 50,
    toReview: { count: 0, atLeast: false },
    activation: null,
    walk: walkSteps({ leadId: null, history: [], handedOff: false, counted: false, language: 'en' }),
    ...parts,
  };
}

export function aHandoff(parts: Partial<Handoff> = {}): Handoff {
  return {
    handoffId: 'abcdefghijklmnop.1',
    leadId: 'abcdefghijklmnop',
    cycle: 1,
    status: 'assigned',
    rep: 'bruno-lima',
    reason: {
      ...{ rule: 'round-robin', method: 'round-robin', candidates: ['bruno-lima', 'carla-dias'] },
      ...{ exclusions: [], passedRules: [] },
    },
    turn: 1,
    level: 'rep',
    qualifiedBy: 'threshold',
    qualifiedAt: now,
    score: 55,
    explanation: [],
    consent: { marketing: 'granted', suppressed: false },
    ...{ firstAssignedAt: now, assignedAt: now, dueAt: null, acceptedAt: null, firstTouchAt: null },
    ...{ outcome: null, outcomeReason: null, amount: null, closedAt: null },
    notes: [],
    history: [{ at: now, what: 'assigned', rep: 'bruno-lima' }],
    ver: 1,
    ...parts,
  };
}

export function aDay(day: string, figures: DayView['metrics'] = {}): DayView {
  const groups = { byCampaign: [], bySource: [], byRep: [] };
  return {
    day,
    timeZone: 'America/Sao_Paulo',
    revision: 2,
    closed: false,
    watermark: now,
    metrics: figures,
    ...groups,
  };
}

export function aMetricsPageView(parts: Partial<MetricsPageView> = {}): MetricsPageView {
  const days = [aDay('2026-11-22'), aDay('2026-11-23')];
  return {
    frame,
    day: '2026-11-23',
    today: '2026-11-23',
    days,
    table: ['leadsNew', 'optInRate'],
    chart: ['leadsNew'],
    repNames: { 'bruno-lima': 'Bruno Lima' },
    ...parts,
  };
}

export function aLeadsPageView(parts: Partial<LeadsPageView> = {}): LeadsPageView {
  return {
    frame,
    leads: [aLeadView()],
    cursor: null,
    filter: {},
    threshold: 50,
    repNames: {},
    erased: false,
    ...parts,
  };
}

/** Every page there is, with something on it, by name. */
export function everyPage(): Readonly<Record<string, string>> {
  const reception = { lastReceived: null, lastRejected: { at: now, code: 'required', message: 'Fill this in.' } };
  const connected = { formId: 'trial', form: trial, reception };
  return {
    home: homePage(aHomePageView()),
    'home while leads are scored anew': homePage(
      aHomePageView({ activation: anActivation(), toReview: { count: 3, atLeast: false } }),
    ),
    leads: leadsPage(aLeadsPageView()),
    lead: leadPage(aLeadPageView({ handoff: aHandoff() })),
    'lead in Portuguese': leadPage(aLeadPageView({ frame: inPortuguese, adjusted: true, readdressed: true })),
    'home in Portuguese': homePage(aHomePageView({ frame: inPortuguese, toReview: { count: 1, atLeast: false } })),
    'leads in Portuguese': leadsPage(aLeadsPageView({ frame: inPortuguese, cursor: 'next' })),
    'review in Portuguese': reviewPage(aReviewPageView({ frame: inPortuguese })),
    'handoffs in Portuguese': handoffsPage(aHandoffsPageView({ frame: inPortuguese, next: { from: '25' } })),
    handoff: handoffPage(aHandoffPageView()),
    'handoff in Portuguese, accepted': handoffPage(
      aHandoffPageView({ frame: inPortuguese, handoff: aHandoff({ status: 'accepted', acceptedAt: now }) }),
    ),
    team: teamPage(aTeamPageView()),
    'team in Portuguese': teamPage(aTeamPageView({ frame: inPortuguese })),
    'what if': whatIfPage(aWhatIfPageView()),
    'what if in Portuguese': whatIfPage(aWhatIfPageView({ frame: inPortuguese })),
    review: reviewPage(aReviewPageView({ activation: anActivation({ pass: 2 }), cursor: 'next' })),
    'review of nobody': reviewPage(aReviewPageView({ rows: [], decided: 'all' })),
    handoffs: handoffsPage(aHandoffsPageView()),
    sequences: sequencesPage({ frame, sequences: [aSequencePageView(frame).state] }),
    sequence: sequencePage(aSequencePageView(frame)),
    'sequence in Portuguese': sequencePage(aSequencePageView(inPortuguese, { changed: true, further: true })),
    email: emailPreviewPage(anEmailPreviewView(frame)),
    metrics: metricsPage(aMetricsPageView()),
    audiences: audiencesPage(anAudiencesPageView()),
    leaks: leaksPage(aLeaksPageView()),
    deliveries: deliveriesPage(aDeliveriesPageView()),
    'deliveries in Portuguese': deliveriesPage(aDeliveriesPageView({ frame: inPortuguese })),
    'no deliveries': deliveriesPage(aDeliveriesPageView({ rows: [], endpoints: [] })),
    'leaks in Portuguese': leaksPage(aLeaksPageView({ frame: inPortuguese })),
    sending: sendingPage(aSendingPageView({ further: true })),
    'sending, paused, in Portuguese': sendingPage(
      aSendingPageView({
        frame: inPortuguese,
        sending: aSendingView({ paused: 'all', by: 'Ana', reason: 'x', at: now, sequences: ['faq'], cursor: 'next' }),
      }),
    ),
    connect: connectPage({
      frame,
      forms: [connected],
      baseUrl: site.baseUrl,
      writeKey: 'local',
      testTag: 't',
    }),
    problem: problemPage(frame, 'leads', 'There is no lead with this id.'),
    landing: landingPage({ site, formId: 'trial', form: trial }),
    thanks: thanksPage({ site, formId: 'trial', form: trial }),
    asset: assetPage({ site, formId: 'trial', form: trial }),
    pricing: pricingPage(site),
    missing: missingPage(site),
    machines: machinesPage(site),
  };
}

export { trial };

function fail(what: string): never {
  throw new Error(`the sample has no ${what}`);
}
