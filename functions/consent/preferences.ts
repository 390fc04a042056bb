import type { Purpose } from '../leads/activity.ts';
import { stableId } from '../leads/lead-id.ts';
import type { LinkKeys } from '../leads/link-token.ts';
import { log } from '../runtime/log.ts';
import { isMarkOf } from './address-mark.ts';
import type { ConfirmationStore } from './confirmation.store.ts';
import type { Answer, ConsentStore } from './consent.store.ts';
import { isLifted, mayGrant, practice, type Standing } from './consent.ts';
import { consentChanged, languageChanged, subscribed } from './consent-events.ts';
import { type UnsubscribeDeps, unsubscribe } from './unsubscribe.ts';
import type { PreferencesLink } from './unsubscribe-link.ts';
import { wordingHash } from './wording.ts';

export interface PreferencesDeps extends UnsubscribeDeps {
  readonly consents: ConsentStore;
  readonly confirmations: Pick<ConfirmationStore, 'refuse' | 'answer'>;
  readonly linkKeys: () => Promise<LinkKeys>;
}

/** What a person wants from now on. What is left out stays as it is. */
export interface Wishes {
  readonly answers: Readonly<Partial<Record<Purpose, boolean>>>;
  readonly language?: string;
  /** They want to hear nothing at all, whatever they have permitted or not. */
  readonly nothingAtAll?: boolean;
  /** When they saw the page on which they say it (ISO); null when nobody says: then it is no yes to anything (I-C2). */
  readonly seenAt: string | null;
  /** The questions as they were shown. */
  readonly questions: Readonly<Record<Purpose, string>>;
}

/**
 * Does what a person wants, before it returns: a no to our e-mail is the same promise as the unsubscribe link's (I-C1), a yes is their
 * own opt-in and lifts an earlier no, and each leaves its evidence. From a link that went to another address than theirs, only a no
 * counts. Doing it again changes nothing. `unknown`: they are nobody any more.
 */
export async function setPreferences(
  link: PreferencesLink,
  wishes: Wishes,
  deps: PreferencesDeps,
): Promise<'saved' | 'unknown'> {
  const keys = await deps.linkKeys();
  const before = await deps.consents.standing(link.leadId);
  if (!before) return 'unknown';
  if (wishes.answers.marketing === false && (wishes.nothingAtAll || hearsFromUs(before)))
    await unsubscribe(link, 'preferences', deps, wordingHash(wishes.questions.marketing));
  // Every round ends it, or somebody else wrote the lead in the meantime.
  for (let round = 1; round <= 50; round++) {
    const standing = await deps.consents.standing(link.leadId);
    if (!standing) return 'unknown';
    const heard = isMarkOf(link.sentTo, standing.email, keys) ? wishes : refusalsOf(wishes);
    if ((await change(standing, heard, deps)) === 'changed') return 'saved';
  }
  throw new Error('this lead is written to by too many at once: save it again');
}

/** Whoever has the link may say no. */
function refusalsOf({ answers, seenAt, questions }: Wishes): Wishes {
  const refused = Object.fromEntries(Object.entries(answers).filter(([, says]) => !says));
  return { seenAt, questions, answers: refused };
}

/** Is there a permission that their no takes back, or one that they are about to give? */
function hearsFromUs({ consent, suppression }: Standing): boolean {
  const status = consent.marketing?.status;
  return !isLifted(suppression) && (status === 'granted' || status === 'pending');
}

async function change(before: Standing, wishes: Wishes, { consents, confirmations, now }: PreferencesDeps) {
  const { leadId, suppression } = before;
  const at = new Date(now()).toISOString();
  const causeId = stableId(
    'preferences',
    leadId,
    wishes.seenAt ?? at,
    JSON.stringify(wishes.answers),
    wishes.language ?? '',
  );
  const answers = changedBy(before, wishes).map(
    ([purpose, says]): Answer => ({
      activityId: stableId(causeId, purpose),
      purpose,
      status: says ? 'granted' : 'revoked',
      evidence: `answered ${says ? 'yes' : 'no'} on the preference page`,
      wording: wordingHash(wishes.questions[purpose]),
    }),
  );
  const occasion = { leadId, at };
  const mayWrite = suppression === null || isLifted(suppression);
  const outbox = [
    ...answers.map((answer) =>
      answer.purpose === 'marketing' && mayWrite
        ? subscribed(occasion, answer, { by: 'preferences' })
        : consentChanged(occasion, answer),
    ),
    ...(wishes.language === undefined
      ? []
      : [languageChanged(occasion, stableId(causeId, 'language'), wishes.language)]),
  ];
  if (outbox.length === 0) return 'changed';
  if (answers.some(({ purpose, status }) => purpose === 'marketing' && status === 'granted'))
    await confirmations.answer(leadId);
  log('preferences-set', { leadId, changes: outbox.length });
  return consents.change({ before, answers, at, causeId, outbox });
}

/** The answers that change something. The no to our e-mail is not among them: it has been heard already. */
function changedBy(standing: Standing, { answers, seenAt }: Wishes): readonly (readonly [Purpose, boolean])[] {
  const stands = practice(standing, isLifted(standing.suppression));
  const purposes: readonly Purpose[] = ['marketing', 'sales-contact', 'tracking'];
  return purposes.flatMap((purpose) => {
    const says = answers[purpose];
    if (says === undefined || says === stands[purpose]) return [];
    const counts = says ? seenAt !== null && mayGrant(purpose, standing, seenAt) : purpose !== 'marketing';
    return counts ? [[purpose, says] as const] : [];
  });
}
