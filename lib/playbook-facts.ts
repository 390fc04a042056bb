import { existsSync, readFileSync } from 'node:fs';
import * as z from 'zod';
import { conversionTypes } from '../functions/handoff/audience.ts';
import { FollowUpPlan, timedTypes } from '../functions/handoff/follow-up-plan.ts';
import { awaitedTypes, Sequences } from '../functions/nurture/sequence.ts';

/** What the template has to know of the playbook, so that nobody has to say it twice. */
export interface PlaybookFacts {
  /** The domain of `senderEmail` in account.yaml: the identity that SES signs for. */
  readonly mailDomain: string;
  /** `replies.domain` of account.yaml; left out when replies are not received here. */
  readonly repliesDomain?: string;
  /** The activity types that begin a sequence, are waited for by one, or are its goal: what the nurture room must hear of. */
  readonly followedActivities: readonly string[];
  /** The lead types of whom somebody looks later what became of them: the hand-off room hears when a lead becomes one. */
  readonly followedTypes: readonly string[];
  /** The activity types that an audience is for: the hand-off room hears of them to count who did one. */
  readonly convertingActivities: readonly string[];
}

const Compiled = z.object({
  account: z.object({ senderEmail: z.email(), replies: z.object({ domain: z.string() }).optional() }),
  sequences: Sequences,
  'follow-up': FollowUpPlan,
});

/** Reads them from the compiled playbook that `bin/build.ts` leaves beside the bundles. Throws when it has not run. */
export function readPlaybookFacts(file: string): PlaybookFacts {
  if (!existsSync(file)) throw new Error(`${file} is missing: run \`node bin/build.ts\`, which compiles the playbook`);
  const { account, sequences, 'follow-up': plan } = Compiled.parse(JSON.parse(readFileSync(file, 'utf8')));
  const types = sequences.flatMap(({ entry, goals, steps }) => [
    ...entry.flatMap((one) => ('activity' in one ? [one.activity] : [])),
    ...goals.map(({ activity }) => activity),
    ...awaitedTypes(steps),
  ]);
  return {
    mailDomain: account.senderEmail.split('@')[1] ?? '',
    ...(account.replies && { repliesDomain: account.replies.domain }),
    followedActivities: [...new Set(types)].sort(),
    followedTypes: timedTypes(plan),
    convertingActivities: conversionTypes(plan),
  };
}
