import type { Activity } from '../leads/activity.ts';

/** One step of the walk that shows a newcomer the whole pipeline. */
export interface WalkStep {
  readonly title: string;
  readonly text: string;
  readonly href: string;
  readonly link: string;
  readonly done: boolean;
}

/** What has happened so far to the lead that has come the furthest. */
export interface WalkProgress {
  readonly leadId: string | null;
  readonly history: readonly Activity[];
  readonly handedOff: boolean;
  /** Today's snapshot shows the lead. */
  readonly counted: boolean;
}

/**
 * The walk from a landing page to the day's figures, with a tick at what has been done; nothing once all of it has. The order is the
 * one that shows the most: a click within ten seconds of delivery would be taken for a machine's, so the clock is moved first.
 */
export function walkSteps({ leadId, history, handedOff, counted }: WalkProgress): readonly WalkStep[] {
  const did = (type: string, path = '') =>
    history.some((activity) => activity.type === type && isBy(activity, 'human') && pathOf(activity).startsWith(path));
  const steps = [
    {
      title: 'Fill in the trial form',
      text: 'Be a lead for a minute, and tick the box.',
      href: '/p/trial',
      link: 'Open the form',
      done: leadId !== null,
    },
    {
      title: 'See the score and why',
      text: '30 points: subscribed to the list, started the trial.',
      href: leadId === null ? '/leads' : `/leads/${leadId}`,
      link: leadId === null ? 'Leads' : 'The lead',
      done: leadId !== null,
    },
    {
      title: 'Open the e-mail, click its link',
      text: 'Move the clock on by 10 seconds first: a click right after delivery looks like a machine.',
      href: '/_local/inbox',
      link: 'Local inbox',
      done: did('email.clicked'),
    },
    {
      title: 'Look at the prices',
      text: 'Ten points, and a buying signal.',
      href: '/p/pricing',
      link: 'Pricing page',
      done: did('page.viewed', '/pricing'),
    },
    {
      title: 'See which rep got the lead',
      text: '55 points pass the threshold of 50. The rep has an e-mail with the reasons.',
      href: '/handoffs',
      link: 'Hand-offs',
      done: handedOff,
    },
    {
      title: 'See the day’s figures',
      text: 'They are counted every minute.',
      href: '/metrics',
      link: 'Metrics',
      done: counted,
    },
  ];
  return steps.every(({ done }) => done) ? [] : steps;
}

function isBy({ verdict }: Activity, by: string): boolean {
  return verdict === undefined || verdict.by === by;
}

function pathOf({ properties }: Activity): string {
  return typeof properties.path === 'string' ? properties.path : '';
}
