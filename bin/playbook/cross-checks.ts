import type { Forms } from '../../functions/capture/form.ts';
import type { Team } from '../../functions/handoff/team.ts';
import type { Account } from '../../functions/leads/account.ts';
import type { EmailTemplates } from '../../functions/nurture/email-template.ts';
import type { Sequences } from '../../functions/nurture/sequence.ts';
import type { ScoringModel } from '../../functions/scoring/scoring-model.ts';
import { unknownActivity } from './activity-name.ts';

export interface Parts {
  readonly account: Account;
  readonly forms: Forms;
  readonly scoring: ScoringModel;
  readonly sequences: Sequences;
  readonly emails: EmailTemplates;
  readonly team: Team;
}

/** Something one part says about another that is not so: which file, where in it, and the mend. */
export interface Mismatch {
  readonly file: string;
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** What no part can see by itself: names of things that another part, or the product, must have. */
export function mismatches(parts: Parts): Mismatch[] {
  return [
    ...inAccount(parts),
    ...inSequences(parts),
    ...inForms(parts),
    ...inScoring(parts),
    ...inTeam(parts),
    ...unknownActivities(parts),
  ];
}

/** Every activity that is named somewhere must be one that can happen. */
function unknownActivities({ forms, scoring, sequences }: Parts): Mismatch[] {
  const named = [
    ...scoring.rules.map(({ activity }, index) => ['scoring.yaml', ['rules', index, 'activity'], activity] as const),
    ...Object.entries(scoring.signals).map(
      ([name, { activity }]) => ['scoring.yaml', ['signals', name, 'activity'], activity] as const,
    ),
    ...sequences.flatMap(({ id, entry }) =>
      entry.map(({ activity }, index) => [`sequences/${id}.yaml`, ['entry', index, 'activity'], activity] as const),
    ),
    ...Object.entries(forms.forms).flatMap(([id, { records }]) =>
      records.map((type, index) => ['forms.yaml', ['forms', id, 'records', index], type] as const),
    ),
  ];
  return named.flatMap(([file, path, type]) => {
    const message = unknownActivity(type);
    return message === undefined ? [] : [{ file, path, message }];
  });
}

function inAccount({ account }: Parts): Mismatch[] {
  if (account.languages.includes(account.language)) return [];
  const message = `languages does not list ${account.language}: add it, or choose one of ${account.languages.join(', ')}`;
  return [{ file: 'account.yaml', path: ['language'], message }];
}

function inSequences({ account, sequences, emails, forms }: Parts): Mismatch[] {
  return sequences.flatMap(({ id, steps, entry }) => {
    const file = `sequences/${id}.yaml`;
    return [
      ...steps.flatMap((step, index) =>
        step.kind === 'email'
          ? missingEmail(emails, step.template, account.languages).map((message) => ({
              file,
              path: ['steps', index, 'template'],
              message,
            }))
          : [],
      ),
      ...entry.flatMap(({ where }, index) =>
        unknownForms(forms, where.form).map((message) => ({ file, path: ['entry', index, 'where', 'form'], message })),
      ),
    ];
  });
}

function inForms({ account, emails, forms }: Parts): Mismatch[] {
  const promised = Object.entries(forms.forms).find(([, { asset }]) => asset !== undefined);
  if (!promised) return [];
  return missingEmail(emails, 'asset', account.languages).map((message) => ({
    file: 'forms.yaml',
    path: ['forms', promised[0], 'asset'],
    message: `it is delivered by the e-mail "asset", and ${message}`,
  }));
}

function inScoring({ scoring, forms }: Parts): Mismatch[] {
  const formsNamed = (match: { where: Readonly<Record<string, object>> }, path: readonly (string | number)[]) => {
    const test = match.where.form ?? {};
    const named = 'equals' in test ? test.equals : 'oneOf' in test ? test.oneOf : undefined;
    return unknownForms(forms, named).map((message) => ({
      file: 'scoring.yaml',
      path: [...path, 'where', 'form'],
      message,
    }));
  };
  return [
    ...scoring.rules.flatMap((rule, index) => formsNamed(rule, ['rules', index])),
    ...Object.entries(scoring.signals).flatMap(([name, signal]) => formsNamed(signal, ['signals', name])),
  ];
}

function inTeam({ team, emails }: Parts): Mismatch[] {
  const { template, language } = team.hotLead;
  const path = ['hotLead', 'template'];
  const named = emails.filter(({ id }) => id === template);
  if (named.some(({ audience }) => audience !== 'team'))
    return [{ file: 'team.yaml', path, message: `emails/${template} is for leads: write audience: team at its top` }];
  return missingEmail(emails, template, [language]).map((message) => ({ file: 'team.yaml', path, message }));
}

function missingEmail(emails: EmailTemplates, id: string, languages: readonly string[]): string[] {
  const base = (language: string) => language.split('-')[0];
  const written = emails.filter((email) => email.id === id).map(({ language }) => base(language));
  return languages
    .filter((language) => !written.includes(base(language)))
    .map((language) => `there is no e-mail emails/${id}.${language}.mjml: write it, or name another`);
}

function unknownForms(forms: Forms, named: unknown): string[] {
  const known = Object.keys(forms.forms);
  return (Array.isArray(named) ? named : [named])
    .filter((id): id is string => typeof id === 'string' && !known.includes(id))
    .map((id) => `there is no form "${id}": use one of ${known.join(', ')}`);
}
