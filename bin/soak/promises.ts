/** A form that was acknowledged: the lead and the activity are safe. */
export interface Submission {
  readonly email: string;
  readonly form: string;
  readonly activityId: string;
}

/** An unsubscribe that was acknowledged, at this instant of the pipeline's clock (epoch milliseconds). */
export interface Refusal {
  readonly email: string;
  readonly atMs: number;
}

/** What the product has promised to the people at its doors. */
export interface Promises {
  readonly submissions: readonly Submission[];
  readonly refusals: readonly Refusal[];
}

/** A message that SES accepted, from its own log. `acceptedAt` is epoch milliseconds on the pipeline's clock. */
export interface Accepted {
  readonly messageId: string;
  readonly destinations: readonly string[];
  readonly acceptedAt: number;
  readonly tags: Readonly<Record<string, string>>;
}

/** A send record of the table. */
export interface Sending {
  readonly leadId: string;
  readonly sequence: string;
  readonly run: string;
  readonly step: number;
  readonly status: string;
  readonly purpose: string;
  /** An unknown outcome was answered by one more try, as the order wanted. */
  readonly resent: boolean;
}

/** An enrollment of the table. */
export interface Walk {
  readonly leadId: string;
  readonly sequence: string;
  readonly run: string;
  readonly status: string;
  readonly dueAt: string | null;
}

/** What there is when everything has come to rest. */
export interface Evidence {
  readonly accepted: readonly Accepted[];
  readonly sends: readonly Sending[];
  readonly walks: readonly Walk[];
  /** Whose ledger each activity is in. */
  readonly leadOf: ReadonlyMap<string, string>;
  /** Who is suppressed or with sales, by lead id: for them no sequence need begin. */
  readonly excused: ReadonlySet<string>;
  /** Messages that were given up on, after a redrive. */
  readonly deadLetters: number;
  /** When it was looked at, epoch milliseconds on the pipeline's clock. */
  readonly atMs: number;
}
