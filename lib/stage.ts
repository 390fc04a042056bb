import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';

/** How many queued events one invocation takes, and how long the queue may wait for so many. */
export interface Batching {
  readonly size: number;
  readonly window: Duration;
}

/**
 * What differs between one running Ripen and another. No account and no region: a stage deploys wherever the caller's
 * credentials point, and synthesizes offline.
 */
export interface StageConfig {
  readonly name: string;
  /** The public https origin, when it is not the API's own endpoint. No trailing slash. */
  readonly baseUrl?: string;
  /** Requests a second over all routes: `rate` sustained, `burst` at once. Above it the API answers 429. */
  readonly throttle: { readonly rate: number; readonly burst: number };
  readonly logRetention: RetentionDays;
  /** What happens to tables and secrets when their stack goes. The pepper is as dear as the table: without it every lead is an orphan. */
  readonly removal: RemovalPolicy;
  /** Deletion needs two steps: first a deployment that lifts the protection, then the deletion. */
  readonly protectData: boolean;
  /** Scoring saves a batch of one lead's activities in one transaction, and what SES says twice is told once within one: a fuller is a cheaper one. */
  readonly scoringBatch: Batching;
  /** Scoring functions that may run at once: what keeps an import from starving the forms of the account's concurrency. */
  readonly scoringConcurrency: number;
  /** Senders that may run at once. Each brings about seven messages a second; what SES allows is kept whatever their number. */
  readonly sendingConcurrency: number;
  /** Who is told when something is wrong. Empty: the alarms ring in the console only. */
  readonly alarmEmails: readonly string[];
}

const dev: StageConfig = {
  name: 'dev',
  throttle: { rate: 50, burst: 100 },
  logRetention: RetentionDays.TWO_WEEKS,
  removal: RemovalPolicy.DESTROY,
  protectData: false,
  scoringBatch: { size: 50, window: Duration.seconds(1) },
  scoringConcurrency: 10,
  sendingConcurrency: 5,
  alarmEmails: [],
};

const stages: Readonly<Record<string, StageConfig>> = {
  dev,
  // On a laptop one person waits for one activity: nothing is gained by waiting for more.
  local: {
    ...dev,
    name: 'local',
    throttle: { rate: 10_000, burst: 5_000 },
    scoringBatch: { size: 10, window: Duration.seconds(0) },
  },
  prod: {
    ...dev,
    name: 'prod',
    throttle: { rate: 500, burst: 1_000 },
    logRetention: RetentionDays.THREE_MONTHS,
    removal: RemovalPolicy.RETAIN,
    protectData: true,
    scoringConcurrency: 50,
    sendingConcurrency: 20,
  },
};

/** The settings of a stage. `RIPEN_BASE_URL` wins over what is written here. Throws on an unknown stage. */
export function stageConfig(name: string, environment: NodeJS.ProcessEnv = process.env): StageConfig {
  const stage = stages[name];
  if (!stage)
    throw new Error(`no stage ${name}: use one of ${Object.keys(stages).join(', ')}, or add it to lib/stage.ts`);
  const baseUrl = environment.RIPEN_BASE_URL ?? stage.baseUrl;
  return { ...stage, ...(baseUrl && { baseUrl }) };
}
