import { CapturedActivity } from '../../../functions/leads/activity.ts';
import { leadIdOf } from '../../../functions/leads/lead-id.ts';
import type { Chance } from '../../demo/chance.ts';
import { emailOf } from '../doings.ts';
import { pepper } from '../keys.ts';

/** Something that a person, or somebody for them, does to their mail. */
export type Deed =
  | { readonly kind: 'form'; readonly activity: CapturedActivity }
  | { readonly kind: 'unsubscribe' | 'erase' | 'click' };

export interface Doing {
  readonly afterMs: number;
  readonly deed: Deed;
  readonly leadId: string;
}

/** What will happen in one history of mail, before any fault. */
export interface MailStory {
  readonly startMs: number;
  readonly doings: readonly Doing[];
  /** How likely one of SES's two ways to tell us loses what it should bring. */
  readonly feedbackLost: number;
  readonly bounces: number;
  readonly redriveAfterMs: number;
}

// A Monday morning in São Paulo: nobody's quiet hours.
const startMs = Date.UTC(2026, 2, 2, 12);
const minuteMs = 60_000;

/** One or two people who fill in a form or two, and mostly say no, or are forgotten, while mail is on its way to them. */
export function mailStoryOf(chance: Chance): MailStory {
  const people = chance.happens(0.93) ? 1 : 2;
  const doings = Array.from({ length: people }, (_, person) => doingsOf(chance, person)).flat();
  return {
    startMs,
    doings,
    feedbackLost: chance.weighted([
      [0, 2],
      [0.3, 2],
      [1, 1],
    ]),
    bounces: chance.weighted([
      [0, 3],
      [0.15, 1],
    ]),
    redriveAfterMs: chance.next() * 20 * minuteMs,
  };
}

function doingsOf(chance: Chance, person: number): readonly Doing[] {
  const leadId = leadIdOf(emailOf(person), pepper);
  const beginsMs = chance.next() * 2_000;
  // Mostly two e-mails and nothing else: what goes wrong goes wrong around one.
  const forms = chance.weighted([
    [['checklist'], 7],
    [['ebook'], 1],
    [['webinar'], 1],
    [['ebook', 'webinar'], 1],
  ]);
  const filled = forms.map((form, number): Doing => {
    const afterMs = beginsMs + number * chance.pick([0, 500, minuteMs]) * chance.next();
    return { afterMs, leadId, deed: { kind: 'form', activity: formOf(chance, { person, number, form, afterMs }) } };
  });
  // Mostly within the minute in which the first e-mails go, else while the walk goes on.
  const whenever = () =>
    beginsMs +
    (chance.happens(0.6) ? chance.next() * 12_000 : chance.happens(0.5) ? minuteMs : 8 * minuteMs) * chance.next() +
    chance.next() * 3_000;
  const deeds: Doing[] = [];
  if (chance.happens(0.55)) deeds.push({ afterMs: whenever(), leadId, deed: { kind: 'unsubscribe' } });
  if (chance.happens(0.2)) deeds.push({ afterMs: whenever(), leadId, deed: { kind: 'erase' } });
  if (chance.happens(0.3)) deeds.push({ afterMs: whenever() + minuteMs, leadId, deed: { kind: 'click' } });
  // A form that comes late, or once more: after an erasure it must not bring anybody back.
  const late = filled
    .filter(() => chance.happens(0.3))
    .map((doing) => ({ ...doing, afterMs: doing.afterMs + 15 * minuteMs }));
  return [...filled, ...deeds, ...late];
}

interface Filled {
  readonly person: number;
  readonly number: number;
  readonly form: string;
  readonly afterMs: number;
}

function formOf(chance: Chance, { person, number, form, afterMs }: Filled): CapturedActivity {
  return CapturedActivity.parse({
    activityId: `p${person}-form-${number}-${chance.between(1000, 9999)}`,
    type: 'form.submitted',
    source: 'form',
    occurredAt: new Date(startMs + afterMs).toISOString(),
    subject: { email: emailOf(person) },
    properties: { form, funnelStage: 'TOFU', language: 'en' },
    consents: [{ purpose: 'marketing', status: 'granted', evidence: 'ticked' }],
  });
}
