import { type Estimate, shareOf, type Verdict } from '../leads/interval.ts';
import type { MessageCounter, MessageCounts, SequenceDay, StepDay } from '../leads/sequence-day.ts';
import { resultsOf } from './experiment.ts';
import { gaps, type Leak, leavings } from './leak.ts';
import { programOf } from './program.ts';
import { type Sequence, type Step, templatesOf } from './sequence.ts';

/** Messages by what became of them: every counter, also one that counted none. */
export type Figures = Readonly<Record<MessageCounter, number>>;

/** One of the e-mails that a step tries, with the 95 % intervals of its rates and how it does against the first (T19). */
export interface VariantReport extends Figures {
  readonly name: string;
  readonly template: string;
  readonly openRate: Estimate | null;
  readonly clickRate: Estimate | null;
  /** By clicks: opens are what mailbox providers invent. `null` for the first, with which the others are compared. */
  readonly verdict: Verdict | null;
}

export interface PlaceReport {
  readonly step: number;
  readonly kind: Exclude<Step['kind'], 'email'>;
  /** Walks that ended while they stood here, by reason. */
  readonly exits: Readonly<Record<string, number>>;
}

export interface EmailReport extends Omit<PlaceReport, 'kind'>, Figures {
  readonly kind: 'email';
  /** `null` for a step that tries several. */
  readonly template: string | null;
  /** Walks that ended after this e-mail and before they brought another, by reason. */
  readonly leftAfter: Readonly<Record<string, number>>;
  /** `null` where no e-mail follows. */
  readonly leak: Leak | null;
  readonly variants: readonly VariantReport[];
}

export interface SequenceReport {
  readonly sequence: string;
  readonly from: string;
  readonly to: string;
  readonly entered: number;
  /** Walks that ended before they brought an e-mail, by reason. */
  readonly leftBefore: Readonly<Record<string, number>>;
  /** Who was lost before the first e-mail. */
  readonly leak: Leak | null;
  readonly completed: number;
  /** Walks that ended before their last step, by reason. */
  readonly left: Readonly<Record<string, number>>;
  readonly steps: readonly (PlaceReport | EmailReport)[];
  /** What was sent by earlier versions of this sequence, which had another e-mail at the step. */
  readonly earlier: readonly (Figures & { readonly step: number; readonly template: string })[];
}

/**
 * What came of a sequence on some days. A message counts in the day it was sent; a walk in the days it began and ended. Steps are
 * those of the sequence as it is now.
 */
export function sequenceReport(
  sequence: Pick<Sequence, 'id' | 'steps'>,
  days: readonly SequenceDay[],
  { from, to }: { readonly from: string; readonly to: string },
): SequenceReport {
  const program = programOf(sequence);
  const sent = days.flatMap(({ steps }) => steps);
  const isCurrent = ({ step, template }: StepDay) => {
    const place = program[step - 1]?.step;
    return place?.kind === 'email' && templatesOf(place).includes(template);
  };
  const entered = days.reduce((sum, day) => sum + day.entered, 0);
  const ended = leavings(days);
  const figuresAt = (step: number) => figuresOf(sent.filter((one) => one.step === step && isCurrent(one)));
  const { completed = 0, ...left } = ended.byReason;
  const gapAt = gaps(program, { entered, exitsAt: ended.at, reachedAt: (step) => reached(figuresAt(step)) });
  return {
    ...{ sequence: sequence.id, from, to, entered, completed, left },
    ...{ leftBefore: gapAt.get(0)?.left ?? {}, leak: gapAt.get(0)?.leak ?? null },
    steps: program.map(({ step }, index) => {
      const number = index + 1;
      const { completed: _, ...exits } = ended.at(number);
      if (step.kind !== 'email') return { step: number, kind: step.kind, exits };
      return {
        ...{ step: number, kind: step.kind, template: step.template ?? null, ...figuresAt(number), exits },
        leftAfter: gapAt.get(number)?.left ?? {},
        leak: gapAt.get(number)?.leak ?? null,
        variants: variantReports(
          step,
          sent.filter((one) => one.step === number && isCurrent(one)),
        ),
      };
    }),
    earlier: byTemplate(sent.filter((one) => !isCurrent(one))),
  };
}

function byTemplate(sent: readonly StepDay[]): SequenceReport['earlier'] {
  const groups = Map.groupBy(sent, ({ step, template }) => JSON.stringify([step, template]));
  return [...groups.values()]
    .flatMap((days) => days.slice(0, 1).map(({ step, template }) => ({ step, template, ...figuresOf(days) })))
    .filter((figures) => figures.sent > 0);
}

/** Where the greatest share is lost: after this e-mail, or before the first one. */
export interface WeakestStep {
  /** 0: before the first. */
  readonly step: number;
  readonly templates: readonly string[];
  readonly leak: Leak;
}

/** `null` while nobody has been lost. */
export function weakestStep({ leak, steps }: Pick<SequenceReport, 'leak' | 'steps'>): WeakestStep | null {
  const emails = steps
    .filter((step) => step.kind === 'email')
    .map(({ step, template, variants, leak }) => {
      return { step, leak, templates: template === null ? variants.map((variant) => variant.template) : [template] };
    });
  return (
    [{ step: 0, templates: [], leak }, ...emails]
      .flatMap((one) => (one.leak !== null && one.leak.lost > 0 ? [{ ...one, leak: one.leak }] : []))
      .toSorted((a, b) => (b.leak.share ?? 0) - (a.leak.share ?? 0))[0] ?? null
  );
}

export function figuresOf(days: readonly { readonly counts: MessageCounts }[]): Figures {
  const sum = (counter: MessageCounter) => days.reduce((total, { counts }) => total + (counts[counter] ?? 0), 0);
  return {
    ...{ sent: sum('sent'), delivered: sum('delivered') },
    ...{ opened: sum('opened'), openedRaw: sum('openedRaw'), clicked: sum('clicked'), clickedRaw: sum('clickedRaw') },
    ...{ replies: sum('replies'), bounced: sum('bounced'), complained: sum('complained') },
    ...{ unsubscribed: sum('unsubscribed'), suppressed: sum('suppressed') },
    ...{ failed: sum('failed'), unconfirmed: sum('unconfirmed') },
  };
}

/** Those whose walk went on behind this e-mail, whatever came of it. Who may not be e-mailed leaves before. */
function reached({ sent, failed, unconfirmed }: Figures): number {
  return sent + failed + unconfirmed;
}

function variantReports(
  { variants = [] }: Extract<Step, { kind: 'email' }>,
  sent: readonly StepDay[],
): VariantReport[] {
  const arms = variants.map(({ name, template }) => {
    const figures = figuresOf(sent.filter(({ variant }) => variant === name));
    return { name, template, figures, counts: { ...figures, variant: name, replied: figures.replies } };
  });
  const byClicks = resultsOf(
    arms.map(({ counts }) => counts),
    'clicked',
  );
  return arms.map(({ name, template, figures }, index) => ({
    ...{ name, template, ...figures },
    openRate: shareOf(figures.opened, figures.delivered),
    clickRate: byClicks[index]?.rate ?? null,
    verdict: byClicks[index]?.verdict ?? null,
  }));
}
