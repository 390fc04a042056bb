import type { SendingView, TroubleView } from '../../../functions/nurture/read-sending.ts';
import type { SendingPageView } from '../../../functions/web/sending-page.ts';
import { frame } from './sample-pages.ts';

const now = '2026-11-23T17:20:00.000Z';

export function aSendingView(parts: Partial<SendingView> = {}): SendingView {
  return {
    ...{ paused: 'nothing', reason: null, by: null, at: null, sequences: [], cursor: null, trouble: [], silent: [] },
    quota: { max24Hour: 50_000, sent24Hour: 45_100, maxSendRate: 14, asOf: now },
    warmUp: { day: 3, limit: 250, sent: 120 },
    reputation: {
      ...{ sent: 1_000, hardBounces: 41, complaints: 0, bounceRate: 0.041, complaintRate: 0 },
      limits: { bounceRate: 0.04, complaintRate: 0.0008 },
    },
    feedback: { overdue: 0, oldestSentAt: null, latest: null },
    changes: [
      { sequence: 'welcome', paused: 'nothing', sequencePaused: true, reason: 'a typo', by: 'Bea', at: now },
      { sequence: null, paused: 'nothing', sequencePaused: false, reason: 'mended', by: 'Ana', at: now },
    ],
    ...parts,
  };
}

export function aTrouble(parts: Partial<TroubleView> = {}): TroubleView {
  return {
    ...{ leadId: 'abcdefghijklmnop', sequence: 'welcome', run: 'r', step: 1, template: 'welcome-1' },
    ...{ purpose: 'marketing', status: 'unconfirmed', reason: 'no-answer', at: now },
    ...parts,
  };
}

export function aSendingPageView(parts: Partial<SendingPageView> = {}): SendingPageView {
  const rows = [{ message: aTrouble(), leadName: 'Ana Souza' }];
  return { frame, sending: aSendingView(), rows, sequenceNames: new Map(), further: false, changed: false, ...parts };
}
