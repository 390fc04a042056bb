import type { Forms } from '../../functions/capture/form.ts';
import { type FollowUpPlan, marketedTypes, sequencesNamed } from '../../functions/handoff/follow-up-plan.ts';
import type { Team } from '../../functions/handoff/team.ts';
import type { Account } from '../../functions/leads/account.ts';
import { typesIn } from '../../functions/leads/predicate.ts';
import type { EmailTemplates } from '../../functions/nurture/email-template.ts';
import { emailsIn, type Sequences, templatesOf, typesNamed } from '../../functions/nurture/sequence.ts';
import type { ScoringModel } from '../../functions/scoring/scoring-model.ts';
import { unknownActivity } from './activity-name.ts';
import { meantOrAny } from './near-name.ts';
import { wrongScoring } from './scoring/scoring-checks.ts';
import { sensitive } from './scoring/wrong-where.ts';
import { languagesOf, wrongRules } from './team-checks.ts';

export interface Parts {
  readonly account: Account;
  readonly forms: Forms;
  readonly scoring: ScoringModel;
  readonly sequences: Sequences;
  readonly emails: EmailTemplates;
  readonly team: Team;
  readonly 'follow-up': FollowUpPlan;
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
    ...inFollowUp(parts),
    ...unknownActivities(parts),
  ];
}

type Named = readonly [file: string, path: readonly (string | number)[], type: string];

/** Every activity a sequence names, where it names it. */
function activitiesOf({ id, entry, goals, segment, steps }: Sequences[number]): readonly Named[] {
  const file = `sequences/${id}.yaml`;
  return [
    ...entry.flatMap((one, index): Named[] =>
      'activity' in one ? [[file, ['entry', index, 'activity'], one.activity]] : [],
    ),
    ...goals.map(({ activity }, index): Named => [file, ['goals', index, 'activity'], activity]),
    ...[...segment.include, ...segment.exclude].flatMap(typesIn).map((type): Named => [file, ['segment'], type]),
    ...steps.flatMap((step, index) => typesNamed([step]).map((type): Named => [file, ['steps', index], type])),
  ];
}

/** Every activity that starts a sequence, is recorded by a form or asked of a follow-up must be one that can happen. */
function unknownActivities({ forms, sequences, 'follow-up': plan }: Parts): Mismatch[] {
  const named = [
    ...sequences.flatMap(activitiesOf),
    ...happeningsIn(plan).map(([path, { activity }]): Named => ['follow-up.yaml', [...path, 'activity'], activity]),
    ...Object.entries(forms.forms).flatMap(([id, { records }]) =>
      records.map((type, index) => ['forms.yaml', ['forms', id, 'records', index], type] as const),
    ),
  ];
  return named.flatMap(([file, path, type]) => {
    const message = unknownActivity(type);
    return message === undefined ? [] : [{ file, path, message }];
  });
}

function inAccount(parts: Parts): Mismatch[] {
  const { account } = parts;
  const wrong = inReplies(parts).map((message) => ({ file: 'account.yaml', path: ['replies', 'domain'], message }));
  if (account.languages.includes(account.language)) return wrong;
  const message = `languages does not list ${account.language}: add it, or choose one of ${account.languages.join(', ')}`;
  return [{ file: 'account.yaml', path: ['language'], message }, ...wrong];
}

/** What is taken in there is told to the team, at a mailbox that people read. */
function inReplies({ account: { replies, replyTo, senderEmail, language }, emails }: Parts): string[] {
  if (!replies) return [];
  const forLeads = emails.some(({ id, audience }) => id === 'reply' && audience !== 'team');
  const taken = [replyTo, senderEmail].filter((email) => email.toLowerCase().endsWith(`@${replies.domain}`));
  return [
    ...missingEmail(emails, 'reply', [language]).map(
      (missing) => `replies are told by the e-mail "reply", and ${missing}`,
    ),
    ...(forLeads
      ? ['replies are told by the e-mail "reply", which is for leads: write audience: team at its top']
      : []),
    ...taken.map(
      (email) =>
        `all mail to it is taken in as replies, ${email} too: use a domain of its own, such as reply.${replies.domain}`,
    ),
  ];
}

function inSequences({ account, sequences, emails, forms }: Parts): Mismatch[] {
  return sequences.flatMap(({ id, steps, entry }) => {
    const file = `sequences/${id}.yaml`;
    return [
      ...steps.flatMap((step, index) =>
        [...new Set(emailsIn([step]).flatMap(templatesOf))].flatMap((template) =>
          missingEmail(emails, template, account.languages).map((message) => ({
            file,
            path: ['steps', index],
            message,
          })),
        ),
      ),
      ...entry.flatMap((one, index) =>
        unknownForms(forms, 'activity' in one ? one.where.form : undefined).map((message) => ({
          file,
          path: ['entry', index, 'where', 'form'],
          message,
        })),
      ),
    ];
  });
}

function inForms(parts: Parts): Mismatch[] {
  return [...sensitiveFields(parts), ...undelivered(parts), ...unconfirmed(parts)];
}

function sensitiveFields({ account, forms }: Parts): Mismatch[] {
  return Object.entries(forms.forms).flatMap(([id, { fields }]) =>
    fields.flatMap(({ name }, index) => {
      const message = sensitive(name, account);
      return message === undefined
        ? []
        : [{ file: 'forms.yaml', path: ['forms', id, 'fields', index, 'name'], message }];
    }),
  );
}

function undelivered({ account, emails, forms }: Parts): Mismatch[] {
  const promised = Object.entries(forms.forms).find(([, { asset }]) => asset !== undefined);
  if (!promised) return [];
  return missingEmail(emails, 'asset', account.languages).map((message) => ({
    file: 'forms.yaml',
    path: ['forms', promised[0], 'asset'],
    message: `it is delivered by the e-mail "asset", and ${message}`,
  }));
}

function unconfirmed({ account, emails, forms }: Parts): Mismatch[] {
  const asking = Object.entries(forms.forms).find(
    ([, { doubleOptIn, consents }]) => doubleOptIn && consents.some(({ purpose }) => purpose === 'marketing'),
  );
  if (!asking) return [];
  return missingEmail(emails, 'confirm', account.languages).map((message) => ({
    file: 'forms.yaml',
    path: ['forms', asking[0], 'doubleOptIn'],
    message: `addresses are confirmed by the e-mail "confirm", and ${message}`,
  }));
}

function inScoring(parts: Parts): Mismatch[] {
  return wrongScoring(parts).map((each) => ({ file: 'scoring.yaml', ...each }));
}

function inTeam(parts: Parts): Mismatch[] {
  const { team, emails } = parts;
  const { template } = team.hotLead;
  const path = ['hotLead', 'template'];
  const named = emails.filter(({ id }) => id === template);
  if (named.some(({ audience }) => audience !== 'team'))
    return [{ file: 'team.yaml', path, message: `emails/${template} is for leads: write audience: team at its top` }];
  const unwritten = languagesOf(team).flatMap(([path, language]) =>
    [template, ...shortNews].flatMap((id) =>
      missingEmail(emails, id, [language]).map((message) => ({ path, message })),
    ),
  );
  return [...unwritten, ...wrongRules(parts)].map((each) => ({ file: 'team.yaml', ...each }));
}

/** What reps and managers are told besides: news of a hand-off, and of a channel that does not work. */
const shortNews = ['handoff-news', 'channel-broken'];

function inFollowUp({ sequences, forms, 'follow-up': plan }: Parts): Mismatch[] {
  const file = 'follow-up.yaml';
  const known = sequences.map(({ id }) => id);
  return [
    ...sequencesNamed(plan).flatMap(({ type, key, sequence: id }): Mismatch[] => {
      const path = [type, key];
      const sequence = sequences.find((each) => each.id === id);
      if (!sequence) return [{ file, path, message: `there is no sequence "${id}": ${meantOrAny(id, known)}` }];
      if (!sequence.segment.exclude.some((one) => 'milestone' in one && one.milestone === type)) return [];
      return [{ file, path, message: `no ${type} ever walks ${id}: its segment excludes milestone ${type}` }];
    }),
    ...happeningsIn(plan).flatMap(([path, { where }]) =>
      unknownForms(forms, where.form).map((message) => ({ file, path: [...path, 'where', 'form'], message })),
    ),
  ];
}

/** What the plan asks whether leads have done it, and where it does. */
function happeningsIn(plan: FollowUpPlan) {
  return marketedTypes.flatMap((type) => {
    const followUp = plan[type];
    if (followUp.strategy !== 're-engage') return [];
    return followUp.unless.map((one, index) => [[type, 'unless', index], one] as const);
  });
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
    .map((id) => `there is no form "${id}": ${meantOrAny(id, known)}`);
}
