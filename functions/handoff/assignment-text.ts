import { english } from './assignment-text-english.ts';
import { portuguese } from './assignment-text-portuguese.ts';
import type { AssignmentReason } from './handoff.ts';
import type { Seniority } from './team.ts';

type Exclusion = AssignmentReason['exclusions'][number];

export interface AssignmentReader {
  /** Rep or manager → what people call them; who has left is told by their id. */
  readonly names: Readonly<Record<string, string>>;
  /** `pt-BR`, or English for any other. */
  readonly language: string;
  /** Rule → its sentence, for the rules that were passed; left out: they are told by their ids. */
  readonly ruleNames?: Readonly<Record<string, string>> | undefined;
}

/** The words of a language. `detail`s come written out: days, languages and places by their names. */
export interface AssignmentWords {
  readonly locale: string;
  readonly seniority: Readonly<Record<Seniority, string>>;
  /** `rule`: the sentence of the rule that decided; left out: no rule did. */
  readonly got: (rep: string, rule: string | undefined) => string;
  readonly alone: string;
  readonly among: Readonly<
    Record<'round-robin' | 'least-busy' | 'weighted' | 'performance', (count: number, shares: string) => string>
  >;
  readonly sameRep: (rep: string) => string;
  readonly chosen: (rep: string) => string;
  readonly manager: (name: string) => string;
  readonly nobody: string;
  readonly waits: (rule: string) => string;
  readonly passed: (rule: string) => string;
  readonly could: (rep: string, why: string) => string;
  readonly why: Readonly<Record<Exclusion['reason'], (detail: string) => string>>;
}

/**
 * Why a lead went to whom it went, in whole sentences: the decision, the rules that were passed, then everybody who could not take
 * it. Rules, holidays and what leads told are other people's words: escape before showing.
 */
export function assignmentSentences(reason: AssignmentReason, reader: AssignmentReader): readonly string[] {
  const words = wordsIn(reader.language);
  const decision = decided(reason, reader, words);
  // Somebody took it over, whoever else could have.
  if (reason.method === 'chosen') return [decision];
  return [
    decision,
    ...reason.passedRules.map((id) => words.passed(reader.ruleNames?.[id] ?? id)),
    ...reason.exclusions.map((exclusion) => exclusionSentence(exclusion, reader)),
  ];
}

/** Why one rep could not take a lead. */
export function exclusionSentence(exclusion: Exclusion, { names, language }: AssignmentReader): string {
  return wordsIn(language).could(nameOf(exclusion.rep, names), exclusionReason(exclusion, language));
}

/** The reason alone, for where the rep stands beside it: `on leave until 3 January 2027`. */
export function exclusionReason({ reason, detail = '' }: Exclusion, language: string): string {
  const words = wordsIn(language);
  return words.why[reason](detail === '' ? '' : told(reason, detail, words));
}

function decided(reason: AssignmentReason, { names }: AssignmentReader, words: AssignmentWords): string {
  const [first = '', ...others] = reason.candidates;
  const rep = nameOf(first, names);
  switch (reason.method) {
    case 'none':
      return reason.ruleName === undefined ? words.nobody : words.waits(reason.ruleName);
    case 'chosen':
      return words.chosen(rep);
    case 'same-rep':
      return words.sameRep(rep);
    case 'manager':
      return words.manager(rep);
    default: {
      const why = words.among[reason.method](others.length + 1, sharesOf(reason, names, words));
      return `${words.got(rep, reason.ruleName)}: ${others.length === 0 ? words.alone : why}`;
    }
  }
}

/** `Ana Souza 1.25, Bruno Lima 0.75`. */
function sharesOf(
  { weights = {} }: AssignmentReason,
  names: AssignmentReader['names'],
  words: AssignmentWords,
): string {
  const number = new Intl.NumberFormat(words.locale, { maximumFractionDigits: 3 });
  const shares = Object.entries(weights).map(([rep, weight]) => `${nameOf(rep, names)} ${number.format(weight)}`);
  return shares.join('; ');
}

/** A detail as people read it. What is not written as we write it stays as it is. */
function told(reason: Exclusion['reason'], detail: string, words: AssignmentWords): string {
  const each = (nameOfOne: (one: string) => string) =>
    new Intl.ListFormat(words.locale, { type: 'disjunction' }).format(detail.split(', ').map(nameOfOne));
  switch (reason) {
    case 'leave':
      return dayIn(words.locale, detail);
    case 'hours':
      return momentIn(words.locale, detail);
    case 'language':
      return each((tag) => nameIn(words.locale, 'language', tag));
    case 'region':
      return each((region) => (/^[A-Z]{2}$/.test(region) ? nameIn(words.locale, 'region', region) : region));
    case 'seniority':
      return each((level) => Object.entries(words.seniority).find(([known]) => known === level)?.[1] ?? level);
    case 'industry':
    case 'product':
      return each((one) => one);
    default:
      return detail;
  }
}

/** `2027-01-03` as `3 January 2027`: a day has no time zone of its own. */
function dayIn(locale: string, day: string): string {
  const at = Date.parse(`${day}T12:00:00Z`);
  return Number.isNaN(at) ? day : new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(at);
}

/** `2026-11-30T09:00`, by a rep's own clock, as that clock and calendar show it. */
function momentIn(locale: string, shown: string): string {
  const at = Date.parse(`${shown}:00Z`);
  if (Number.isNaN(at)) return shown;
  const day = { weekday: 'long', day: 'numeric', month: 'long' } as const;
  const time = { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(locale, { ...day, ...time }).format(at);
}

function nameIn(locale: string, type: 'language' | 'region', code: string): string {
  try {
    return new Intl.DisplayNames([locale], { type }).of(code) ?? code;
  } catch (error) {
    // A playbook may say anything for a language.
    if (error instanceof RangeError) return code;
    throw error;
  }
}

function nameOf(id: string, names: AssignmentReader['names']): string {
  return names[id] ?? id;
}

function wordsIn(language: string): AssignmentWords {
  return language.toLowerCase().startsWith('pt') ? portuguese : english;
}
