import type { Activity } from '../leads/activity.ts';
import type { Language } from './language.ts';
import { walkText } from './walk-text.ts';

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
  /** Does a rep have this lead? */
  readonly handedOff: boolean;
  /** Today's snapshot shows the lead. */
  readonly counted: boolean;
  readonly language: Language;
}

/**
 * The walk from a landing page to the day's figures, with a tick at what has been done; nothing once all of it has. The order is the
 * one that shows the most: a click within ten seconds of delivery would be taken for a machine's, so the clock is moved first.
 */
export function walkSteps({ leadId, history, handedOff, counted, language }: WalkProgress): readonly WalkStep[] {
  const did = (type: string, path = '') =>
    history.some((activity) => activity.type === type && isBy(activity, 'human') && pathOf(activity).startsWith(path));
  const hasTried = tookTrial(history);
  const text = walkText[language];
  const steps = [
    { ...text.trial, href: '/p/trial', done: hasTried },
    { ...text.score, href: leadId === null ? '/leads' : `/leads/${leadId}`, done: hasTried },
    { ...text.email, href: '/_local/inbox', done: did('email.clicked') },
    { ...text.prices, href: '/p/pricing', done: did('page.viewed', '/pricing') },
    { ...text.rep, href: '/handoffs', done: handedOff },
    { ...text.figures, href: '/metrics', done: hasTried && counted },
  ];
  return steps.every(({ done }) => done) ? [] : steps;
}

/** Has this lead filled in the form that the walk begins with? */
export function tookTrial(history: readonly Activity[]): boolean {
  return history.some(({ type, properties }) => type === 'form.submitted' && properties.form === 'trial');
}

function isBy({ verdict }: Activity, by: string): boolean {
  return verdict === undefined || verdict.by === by;
}

function pathOf({ properties }: Activity): string {
  return typeof properties.path === 'string' ? properties.path : '';
}
