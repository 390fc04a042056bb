import type { Test } from '../leads/condition.ts';
import type { Milestone } from '../leads/lead.ts';
import type { Happening, Predicate } from '../leads/predicate.ts';
import { durationText, type Spoken } from './duration-text.ts';
import { predicateWords as words } from './predicate-words.ts';

/** A question to a lead as people ask it, in the past perfect so that it also stands in a sentence: `has seen a page`. */
export function predicateText(predicate: Predicate, language: Spoken): string {
  const text = words[language];
  if ('all' in predicate) return predicate.all.map((each) => inside(each, language)).join(text.and);
  if ('any' in predicate) return predicate.any.map((each) => inside(each, language)).join(text.or);
  if ('not' in predicate) return text.not(inside(predicate.not, language));
  if ('milestone' in predicate) return text.milestone(text.milestones[predicate.milestone]);
  if ('rating' in predicate) return text.rating(text.ratings[predicate.rating]);
  if ('score' in predicate) return `${text.score} ${testText(predicate.score, language)}`;
  if ('language' in predicate) return text.speaks(predicate.language);
  if ('attribute' in predicate) return `${nameOf(predicate.attribute)} ${testText(predicate.is, language)}`;
  const { within, atLeast, atMost } = predicate;
  const isNever = atMost === 0;
  const done = happeningText(predicate, language);
  const times = isNever ? '' : timesText(atLeast, atMost, language);
  const since = within === undefined ? '' : text.since(durationText(within, language));
  return `${isNever ? text.hasNot : text.has} ${done}${times}${since}`;
}

/** What they may do, as a participle: `opened an e-mail`, `filled in the form ebook or checklist`, `seen a page (path is /pricing)`. */
export function happeningText({ activity, where }: Happening, language: Spoken): string {
  const text = words[language];
  const done: Readonly<Record<string, string>> = text.activities;
  const forms = activity === 'form.submitted' ? namesOf(where.form) : [];
  const said = forms.length > 0 ? text.filledIn(forms.join(text.or)) : (done[activity] ?? `“${activity}”`);
  const asked = Object.entries(where).filter(([name]) => forms.length === 0 || name !== 'form');
  const spoken = asked.flatMap(([name, wanted]) => phraseOf(name, wanted, language) ?? []);
  const conditions = asked
    .filter(([name, wanted]) => phraseOf(name, wanted, language) === undefined)
    .map(([name, wanted]) => `${nameOf(name)} ${testText(testOf(wanted), language)}`);
  return [said, ...spoken, ...(conditions.length > 0 ? [`(${conditions.join(', ')})`] : [])].join(' ');
}

/** How far they come, in the present: `become a lead`, `start the trial`. */
export function reachedText(milestone: Milestone, language: Spoken): string {
  return words[language].reached[milestone];
}

type Wanted = Happening['where'][string];

function testOf(wanted: Wanted): Test {
  if (Array.isArray(wanted)) return { oneOf: wanted };
  return typeof wanted === 'object' ? wanted : { equals: wanted };
}

/** The forms that are named one by one, not by a test. */
function namesOf(wanted: Wanted | undefined): readonly string[] {
  if (wanted === undefined) return [];
  return (Array.isArray(wanted) ? wanted : [wanted]).filter((name) => typeof name === 'string');
}

/** What is true of a form, as people say it. */
function phraseOf(name: string, wanted: Wanted, language: Spoken): string | undefined {
  const phrases: Readonly<Record<string, string>> = words[language].phrases;
  return wanted === true ? phrases[name] : undefined;
}

/** A part of a longer question stands in brackets when it is one of several parts itself. */
function inside(predicate: Predicate, language: Spoken): string {
  const text = predicateText(predicate, language);
  return 'all' in predicate || 'any' in predicate ? `(${text})` : text;
}

function timesText(atLeast: number, atMost: number | undefined, language: Spoken): string {
  const { atLeastTimes, atMostTimes } = words[language];
  return `${atLeast > 1 ? atLeastTimes(atLeast) : ''}${atMost === undefined ? '' : atMostTimes(atMost)}`;
}

function testText(test: Test, language: Spoken): string {
  const { tests } = words[language];
  if ('oneOf' in test) return `${tests.oneOf} ${test.oneOf.join(', ')}`;
  if ('noneOf' in test) return `${tests.noneOf} ${test.noneOf.join(', ')}`;
  if ('exists' in test) return test.exists ? tests.known : tests.unknown;
  if ('between' in test) return `${tests.between} ${test.between.join(' – ')}`;
  if ('inNextDays' in test) return tests.inNextDays(test.inNextDays);
  if ('inLastDays' in test) return tests.inLastDays(test.inLastDays);
  const [operator = '', value = ''] = Object.entries(test)[0] ?? [];
  const named: Readonly<Record<string, string>> = tests.named;
  return `${named[operator] ?? operator} ${value}`;
}

function nameOf(name: string): string {
  return name
    .replaceAll(/[_-]+/g, ' ')
    .replaceAll(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`);
}
