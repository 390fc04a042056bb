import type { Handoff } from '../handoff/handoff.ts';
import type { Task } from '../handoff/task.ts';
import type { Activity } from '../leads/activity.ts';
import type { LeadView } from '../leads/read-leads.ts';
import type { Review } from '../leads/review.ts';
import { shownAddress } from '../leads/shown-address.ts';
import type { EnrollmentsView } from '../nurture/read-enrollments.ts';
import type { Explanation } from '../scoring/explain.ts';
import type { ScorePoint } from '../scoring/score-over-time.ts';
import type { ScoringModel } from '../scoring/scoring-model.ts';
import { enrollmentList } from './enrollment-list.ts';
import { pointsByActivity } from './explanation.ts';
import { handoffCard } from './handoff-card.ts';
import { whoCard } from './lead-facts.ts';
import { leadHref, stageBadge, typeBadges } from './lead-row.ts';
import { leadText } from './lead-text.ts';
import { html, type Markup } from './markup.ts';
import { callout, card } from './parts.ts';
import { type Permissions, permissionCard } from './permission-card.ts';
import { personCard } from './person-card.ts';
import { avatar, ratingBadge } from './rating.ts';
import { reactionCounts } from './reaction-counts.ts';
import { figure, moment } from './reader.ts';
import { scoreCard } from './score-card.ts';
import { scoreText } from './score-text.ts';
import type { SequenceNames } from './sequence-name.ts';
import { type Frame, languageLinks, pageHead, shellPage } from './shell.ts';
import { taskCard } from './task-list.ts';
import { timeline } from './timeline.ts';

export interface LeadPageView {
  readonly frame: Frame;
  readonly lead: LeadView;
  readonly explanation: Explanation;
  /** How the score has run until now, oldest first. */
  readonly scoreRun: readonly ScorePoint[];
  /** Oldest first. */
  readonly activities: readonly Activity[];
  readonly mail: EnrollmentsView;
  readonly permissions: Permissions;
  readonly handoff: Handoff | null;
  /** What sales is to do for them, and did: the latest first. */
  readonly tasks: readonly Task[];
  /** The latest decision on them, made or awaited, after a playbook alone had brought them over the threshold (T4). */
  readonly review: Review | null;
  /** Does their next crossing of the threshold hand them to sales? */
  readonly armed: boolean;
  /** The name of a rep, by id. */
  readonly repNames: Readonly<Record<string, string>>;
  readonly sequenceNames: SequenceNames;
  /** What the lead is scored with, which may be older than the playbook. */
  readonly model: ScoringModel;
  /** Names the adjustment that may be posted from this page. */
  readonly newAdjustmentId: string;
  /** Has one just been posted? */
  readonly adjusted: boolean;
  /** Has their address just been changed? */
  readonly readdressed: boolean;
}

/** One lead: who they are, their score with every reason, everything that happened, and what comes next. */
export function leadPage(view: LeadPageView): string {
  const { frame, lead, explanation, activities, mail } = view;
  const { reader } = frame;
  const text = leadText[reader.language];
  const title = lead.name ?? shownAddress(lead.email).text;
  return shellPage(frame, {
    section: 'leads',
    title,
    body: html`${pageHead({
      crumb: { href: '/leads', text: text.leads },
      title: html`<span class="person">${avatar(lead)}<span>${title}</span></span>`,
      actions: html`${ratingBadge(lead.rating, reader.language)}${stageBadge(lead.stage, reader.language)}${typeBadges(lead, reader.language)}${languageLinks(reader.language, (language) => `${leadHref(lead.leadId)}?lang=${language}`)}`,
    })}
<div class="stack">
${disqualification(view)}${suppression(view)}
<div class="columns">
<div class="stack">
${scoreCard(view)}
${card(text.happened, timeline(activities, pointsByActivity(explanation), reader), {
  aside: html`<p>${text.activities(activities.length, figure(activities.length, reader), reader.timeZone)}</p>`,
})}
</div>
<div class="stack">
${whoCard(view)}
${handoffCard(view)}
${taskCard(view.tasks, view)}
${permissionCard(view)}
${card(text.mail, html`<div class="stack tight">${reactionCounts(activities, reader)}${enrollmentList(mail, view.sequenceNames, reader)}</div>`)}
${personCard(view)}
</div>
</div>
</div>`,
  });
}

/** Whom nobody is to sell to, in the words of the rule that says so (S16). */
function disqualification({ lead: { disqualified }, model, frame: { reader } }: LeadPageView): Markup | null {
  if (!disqualified) return null;
  const says = model.disqualify.find(({ id }) => id === disqualified.ruleId)?.says;
  const { noBuyer, disqualified: never } = scoreText[reader.language];
  const reason = says?.[reader.language] ?? says?.en ?? disqualified.ruleId;
  return callout('bad', html`<strong>${noBuyer}</strong> ${never(reason)} (${moment(disqualified.at, reader)})`);
}

function suppression({ lead: { suppressed }, frame: { reader } }: LeadPageView): Markup | null {
  if (!suppressed) return null;
  const text = leadText[reader.language];
  return callout(
    'bad',
    html`<strong>${text.doNot}</strong> ${text.nothingSent(text.why[suppressed.reason])} (${moment(suppressed.at, reader)}).`,
  );
}
