import { type Asked, isSo } from '../leads/predicate.ts';
import type { Exclusion } from './eligibility.ts';
import type { Match, Rep, Rule, Team } from './team.ts';

/** What rules compare of a lead. A list: one of it is enough. Empty: not known. */
export type Traits = Readonly<Record<Match, readonly string[]>>;

/** What a lead has told us of industry, product, language and place, each as reps' own lists are compared with it. */
export function traitsOf({ attributes, language }: Pick<Asked, 'attributes' | 'language'>): Traits {
  return {
    industry: textsIn(attributes.industry).map(folded),
    product: [...textsIn(attributes.product), ...textsIn(attributes.interest)].map(folded),
    language: language === '' ? [] : [baseOf(language)],
    region: regionOf(attributes),
  };
}

/** Is the rule about this lead? One that compares what the lead never told is not. */
export function fits(rule: Rule, asked: Asked, traits: Traits, now: number): boolean {
  if (rule.matching.some((match) => traits[match].length === 0)) return false;
  return rule.when === undefined || isSo(rule.when, asked, now);
}

/** Why a rule does not give a lead of these traits to a rep, `detail` being what they lack; `null`: it may. */
export function whyUnsuited(rep: Rep, rule: Rule, traits: Traits, team: Team): Exclusion | null {
  const { needs } = rule;
  const lacks = (reason: Exclusion['reason'], wanted: readonly string[]) => ({
    rep: rep.id,
    reason,
    detail: wanted.join(', '),
  });
  if (needs.reps && !needs.reps.includes(rep.id)) return { rep: rep.id, reason: 'not-named' };
  const has = knowledgeOf(rep, team);
  const missing = needs.skills?.find((skill) => !has.product([folded(skill)]));
  if (missing !== undefined) return lacks('skill', [missing]);
  if (needs.industries && !has.industry(needs.industries.map(folded))) return lacks('industry', needs.industries);
  if (needs.languages && !has.language(needs.languages.map(baseOf))) return lacks('language', needs.languages);
  if (needs.regions && !has.region(needs.regions)) return lacks('region', needs.regions);
  if (needs.territories && !needs.territories.some((id) => rep.territories?.includes(id)))
    return lacks('region', needs.territories);
  if (needs.seniority && !(rep.seniority && needs.seniority.includes(rep.seniority)))
    return lacks('seniority', needs.seniority);
  const unlike = rule.matching.find((match) => !has[match](traits[match]));
  return unlike === undefined ? null : lacks(unlike, traits[unlike]);
}

type Knows = (wanted: readonly string[]) => boolean;

/** Of each kind: does the rep have one of these? Who says nothing of a kind has none of it. */
function knowledgeOf(rep: Rep, team: Team): Readonly<Record<Match, Knows>> {
  const among =
    (known: readonly string[]): Knows =>
    (wanted) =>
      wanted.some((each) => known.includes(each));
  return {
    industry: among((rep.industries ?? []).map(folded)),
    product: among((rep.skills ?? []).map(folded)),
    language: among((rep.languages ?? []).map(baseOf)),
    region: (wanted) => wanted.some((region) => sellsIn(region, rep, team)),
  };
}

/** Who sells in a country sells in each of its regions; who sells in a region sells nowhere else in its country. */
function sellsIn(region: string, rep: Rep, team: Team): boolean {
  const inTerritories = team.territories
    .filter(({ id }) => rep.territories?.includes(id))
    .flatMap((each) => each.regions);
  const covered = [...(rep.regions ?? []), ...inTerritories];
  return covered.includes(region) || covered.includes(countryOf(region));
}

/** `BR-SP`, or `BR` when that is all we know. A region is written with its country or without: `SP`, `BR-SP`. */
function regionOf(attributes: Asked['attributes']): readonly string[] {
  const [country = ''] = textsIn(attributes.country).map(upper);
  const [told = ''] = [...textsIn(attributes.region), ...textsIn(attributes.state)].map(upper);
  if (/^[A-Z]{2}-[A-Z0-9]{1,3}$/.test(told) && (country === '' || countryOf(told) === country)) return [told];
  if (!/^[A-Z]{2}$/.test(country)) return [];
  return [/^[A-Z0-9]{1,3}$/.test(told) ? `${country}-${told}` : country];
}

function textsIn(value: unknown): readonly string[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.filter((each) => typeof each === 'string').filter((each) => each.trim() !== '');
}

function countryOf(region: string): string {
  return region.split('-')[0] ?? region;
}

function baseOf(language: string): string {
  return folded(language).split('-')[0] ?? language;
}

function folded(text: string): string {
  return text.trim().toLowerCase();
}

function upper(text: string): string {
  return text.trim().toUpperCase();
}
