import type { Note } from './handoff.ts';
import type { NextStep, Reach } from './next-step.ts';
import { portuguese } from './notice-text-portuguese.ts';

/** By when to accept, and what happens then. `at`: a local time; `next`: who gets it. */
interface Deadline {
  readonly at: string;
  readonly next: 'next-rep' | 'manager';
  readonly manager: string;
}

const english = {
  hotLead: 'Hot lead',
  /** Who it is whose it is now. */
  yours: (reader: string) => `${reader}, this lead is yours.`,
  yoursAsManager: (reader: string) => `${reader}, nobody accepted this lead in time: it is yours.`,
  hadBefore: {
    missed: (rep: string) => `${rep} had it before, and did not accept it in time.`,
    declined: (rep: string, reason: string) => `${rep} had it before, and said: ${reason}.`,
  },
  acceptBy: ({ at, next, manager }: Deadline) =>
    `Accept it by ${at}: after that it goes to ${next === 'manager' ? manager : 'the next rep'}.`,
  noDeadline: 'Accept it, or reject it with a reason.',
  why: {
    wroteBack: 'They wrote back.',
    request: 'They asked to talk to us.',
    threshold: (score: string) => `They have ${score} points and showed that they want to buy.`,
  },
  whenNew: (rule: string, points: string) => `${rule} (${points} when it was new)`,
  email: {
    marketing: 'They agreed to marketing e-mail; the nurture sequence has stopped, so you are the only one writing.',
    sales: 'They agreed to be contacted by sales. Do not send marketing e-mail.',
    asked: 'Do not send marketing e-mail: answer what they asked, and no more.',
    no: 'Do not e-mail them: they have not agreed to it, or they have unsubscribed.',
    unreachable: 'Their e-mail address does not work.',
  } satisfies Record<Reach['email'], string>,
  phone: {
    asked: 'They asked us to get in touch: you may call.',
    granted: 'They agreed to be called.',
    unasked: 'They were never asked whether they may be called, and have not said no.',
    no: 'Do not call: they do not want it.',
    unknown: 'We have no telephone number.',
  } satisfies Record<Reach['phone'], string>,
  step: stepWords({
    prepare: () => 'They have an appointment with us: confirm it, and prepare for it.',
    answer: () => 'Answer what they wrote.',
    call: ({ time }) => `Call them now: it is ${time} where they are.`,
    write: () => 'Write to them now, and offer a time to talk.',
    'call-later': ({ time }) => `Call them in the morning: it is ${time} where they are.`,
    look: () => 'Read their page first: they may be neither called nor written to until they ask.',
  }),
  news: {
    crossing: (lead: string) => `${lead} has crossed the threshold again.`,
    request: (lead: string) => `${lead} has asked again.`,
    'appointment-booked': (lead: string) => `${lead} has booked an appointment.`,
    'appointment-cancelled': (lead: string) => `${lead} has cancelled the appointment.`,
    'appointment-moved': (lead: string) => `${lead} has moved the appointment.`,
  } satisfies Record<Note['kind'], (lead: string) => string>,
  waiting: (lead: string) => `${lead} waits: nobody can take this lead now.`,
  gone: {
    accepted: (lead: string, rep: string) => `${rep} has accepted ${lead}: you need not.`,
    missed: (lead: string, rep: string) => `${lead} was not accepted in time, and is with ${rep} now.`,
  },
  broken: {
    channel: (endpoint: string) => `The channel “${endpoint}” does not work`,
    told: 'Whoever is told of their leads there gets them by e-mail until it works again.',
    events: 'What it was to hear of waits in the delivery log, from where it can be sent again.',
    answered: (status: number) => `Its last answer was: HTTP ${status}.`,
    unanswered: unanswered({
      'unknown-endpoint': 'The secret with the addresses has no such name.',
      'unreadable-endpoint': 'The secret with the addresses is not written as it must be.',
      'no-secret': 'The secret has no key to sign with.',
      'private-address': 'Its address is not a public one.',
      scheme: 'Its address does not begin with https.',
      redirect: 'It points to somewhere else, and nobody is followed there.',
      timeout: 'It did not answer in time.',
      other: 'It could not be called.',
    }),
    silent: (rep: string) => `${rep} has a lead and does not know it`,
    silentWhy: (rep: string) =>
      `${rep} has stopped our e-mails, and no other channel reaches them. Tell them, give the lead to somebody else, or let their e-mails go again on the page about sending.`,
  },
  labels: {
    ...{ score: 'Score', role: 'Role', company: 'Company', phone: 'Phone', email: 'E-mail', wrote: 'They wrote' },
    ...{
      whyNow: 'Why now',
      didLast: 'What they did last',
      next: 'Suggested next step',
      reply: 'A reply, ready to send',
    },
    ...{ subject: 'Subject', qualified: 'Qualified', nothingYet: 'They came to us before they did anything else.' },
    ...{ accept: 'Accept', reject: 'Reject', open: 'Open the hand-off', deliveries: 'Open the delivery log' },
  },
};

/** Why a channel gave no answer; `other` for what is not named. */
type Unanswered = Readonly<Record<string, string>> & { readonly other: string };

function unanswered(words: Unanswered): Unanswered {
  return words;
}

/** `time`: what the clock shows where the lead lives. */
type StepWords = Readonly<Record<NextStep, (there: { readonly time: string }) => string>>;

/** Holds the words to their shape: those that need no time are called with one all the same. */
function stepWords(words: StepWords): StepWords {
  return words;
}

/** The words in which reps and managers are told. */
export type NoticeText = typeof english;

/** In Portuguese for whoever reads it, else in English. */
export function noticeText(language: string): NoticeText {
  return language.toLowerCase().startsWith('pt') ? portuguese : english;
}
