import { SequenceDay } from '../../../functions/leads/sequence-day.ts';
import type { Preview } from '../../../functions/nurture/preview-email.ts';
import { weakestOf } from '../../../functions/nurture/read-sequences.ts';
import type { WalkerView } from '../../../functions/nurture/read-walks.ts';
import { Sequence } from '../../../functions/nurture/sequence.ts';
import { sequenceReport } from '../../../functions/nurture/sequence-report.ts';
import type { EmailPreviewView } from '../../../functions/web/email-preview-page.ts';
import type { SequencePageView } from '../../../functions/web/sequence-page.ts';
import type { Frame } from '../../../functions/web/shell.ts';

/** Everything a sequence can do: waits, a test of two e-mails, a fork, a goal, an end. */
export const everyStep = Sequence.parse({
  id: 'engagement',
  name: 'Educational engagement',
  entry: [{ activity: 'form.submitted', where: { form: ['ebook', 'checklist'] } }, { milestone: 'mql' }],
  segment: { include: [{ rating: 'warm' }], exclude: [{ milestone: 'trial' }] },
  reentry: { after: 'P90D' },
  goals: [{ activity: 'appointment.booked' }],
  steps: [
    {
      kind: 'email',
      variants: [
        { name: 'question', template: 'engagement-1' },
        { name: 'dare', template: 'engagement-1b' },
      ],
    },
    { kind: 'wait', duration: 'P2D' },
    {
      kind: 'waitFor',
      activities: [{ activity: 'email.clicked' }],
      within: 'P3D',
      then: [{ kind: 'email', template: 'engagement-2' }],
      else: [
        {
          kind: 'branch',
          when: { score: { above: 40 } },
          then: [{ kind: 'exit' }],
        },
      ],
    },
    { kind: 'goal', when: { milestone: 'customer' } },
    { kind: 'email', template: 'engagement-3' },
  ],
});

const day = SequenceDay.parse({
  sequence: 'engagement',
  entered: 12,
  left: [
    { step: 3, reason: 'suppressed', walks: 3 },
    { step: 6, reason: 'exit-step', walks: 1 },
    { step: 8, reason: 'completed', walks: 2 },
  ],
  steps: [
    {
      ...{ step: 1, template: 'engagement-1', variant: 'question' },
      counts: { sent: 6, delivered: 6, opened: 3, openedRaw: 5, clicked: 2, clickedRaw: 3 },
    },
    { step: 1, template: 'engagement-1b', variant: 'dare', counts: { sent: 6, delivered: 5, bounced: 1, failed: 1 } },
    { step: 4, template: 'an-earlier-one', variant: null, counts: { sent: 2, delivered: 2, opened: 1, openedRaw: 1 } },
  ],
});

export const aReport = sequenceReport(everyStep, [day], { from: '2026-10-25', to: '2026-11-23' });

export const aWalker: WalkerView = {
  ...{ leadId: 'abcdefghijklmnop', name: 'Ana Souza', email: 'ana@example.com', run: 'r1', version: 'v1' },
  ...{ status: 'waiting', step: 4, doing: 'e-mail engagement-2', dueAt: '2026-11-25T12:00:00.000Z' },
  ...{ because: 'quiet-hours', why: 'It is night where they are: no marketing e-mail goes then.' },
};

export function aSequencePageView(frame: Frame, parts: Partial<SequencePageView> = {}): SequencePageView {
  const { id, name, type, priority } = everyStep;
  const counts = { entered: aReport.entered, completed: aReport.completed, sent: 12 };
  const paused = { paused: false, pausedAlone: false };
  const walking = { count: 7, atLeast: false };
  return {
    ...{ frame, sequence: everyStep, report: aReport, further: false, changed: false },
    state: { id, name, type, priority, ...counts, ...paused, walking, weakest: weakestOf(aReport) },
    walkers: { walks: [aWalker, { ...aWalker, name: null, because: null }], cursor: 'next' },
    ...parts,
  };
}

export function anEmailPreviewView(frame: Frame, parts: Partial<Preview> = {}): EmailPreviewView {
  return {
    frame,
    preview: {
      ...{ template: 'welcome-1', language: 'en', languages: ['en', 'pt-BR'], audience: 'lead', lead: null },
      ...{ subject: 'Hello <Ana>', html: '<p>Hello</p>', text: 'Hello <Ana>' },
      ...parts,
    },
    look: { lead: '', theme: 'light', width: '600' },
    isUnknownLead: false,
    sent: true,
  };
}
