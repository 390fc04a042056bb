import * as z from 'zod';
import type { RuleSpec, RuleTarget } from '../events/bus.ts';
import { busOf, functionOf, parseArn, queueOf } from './arn.ts';
import { type Cloud, explained, type Placed } from './cloud.ts';
import { TemplateError } from './template-error.ts';

/** Something that fires by the clock: a rule with a schedule, or a schedule of EventBridge Scheduler. */
export interface ScheduleSpec {
  readonly name: string;
  readonly arn: string;
  /** `rate(…)`, `cron(…)` or `at(…)`. */
  readonly expression: string;
  readonly timeZone: string;
  readonly targets: readonly RuleTarget[];
}

/** An event source mapping: a queue or a table's stream, polled for one function. */
export interface EventSourceSpec {
  readonly name: string;
  readonly kind: 'queue' | 'stream';
  /** Of the queue or table. */
  readonly source: string;
  readonly functionName: string;
  readonly batchSize: number;
  readonly batchingWindowMs: number;
  readonly reportBatchItemFailures: boolean;
  /** Batches in flight at once; undefined when the template sets no limit. */
  readonly maximumConcurrency: number | undefined;
  /** Event patterns: a record that matches none is skipped. Empty means all pass. */
  readonly filters: readonly string[];
  readonly startingPosition: 'TRIM_HORIZON' | 'LATEST';
  /** Tries again after the first one; -1 without end. */
  readonly maximumRetryAttempts: number;
  readonly maximumRecordAgeSeconds: number;
  readonly bisectOnError: boolean;
  readonly onFailureQueue: string | undefined;
}

const DeadLetter = z.object({ Arn: z.string().optional() }).optional();
const Retry = z.object({ MaximumRetryAttempts: z.coerce.number().optional() }).optional();
const Target = z.object({
  Id: z.string().default('target'),
  Arn: z.string(),
  Input: z.string().optional(),
  InputPath: z.string().optional(),
  InputTransformer: z
    .object({ InputPathsMap: z.record(z.string(), z.string()).optional(), InputTemplate: z.string() })
    .optional(),
  DeadLetterConfig: DeadLetter,
  RetryPolicy: Retry,
});
const RuleProperties = z.object({
  EventBusName: z.string().optional(),
  EventPattern: z.unknown().optional(),
  ScheduleExpression: z.string().optional(),
  State: z.string().default('ENABLED'),
  Targets: z.array(Target).default([]),
});

/** Rules with an event pattern; disabled ones are left out. */
export function readRules(cloud: Cloud): RuleSpec[] {
  return cloud.ofType('AWS::Events::Rule').flatMap((placed) => {
    const { EventBusName, EventPattern, State, Targets } = cloud.read(placed, RuleProperties);
    if (EventPattern === undefined || State === 'DISABLED') return [];
    const targets = explained(placed, () => Targets.map(readTarget));
    return [{ name: placed.name, bus: busOf(EventBusName), pattern: EventPattern, targets }];
  });
}

const ScheduleProperties = z.object({
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: z.string().default('UTC'),
  State: z.string().default('ENABLED'),
  Target: Target.omit({ Id: true }),
});

export function readSchedules(cloud: Cloud): ScheduleSpec[] {
  const rules = cloud.ofType('AWS::Events::Rule').flatMap((placed) => {
    const { ScheduleExpression, State, Targets } = cloud.read(placed, RuleProperties);
    if (ScheduleExpression === undefined || State === 'DISABLED') return [];
    return [schedule(placed, `rule/${placed.name}`, ScheduleExpression, 'UTC', Targets)];
  });
  const schedules = cloud.ofType('AWS::Scheduler::Schedule').flatMap((placed) => {
    const properties = cloud.read(placed, ScheduleProperties);
    if (properties.State === 'DISABLED') return [];
    const { ScheduleExpression, ScheduleExpressionTimezone } = properties;
    const target = { Id: 'target', ...properties.Target };
    return [
      schedule(placed, `schedule/default/${placed.name}`, ScheduleExpression, ScheduleExpressionTimezone, [target]),
    ];
  });
  return [...rules, ...schedules];
}

function schedule(
  placed: Placed,
  resource: string,
  expression: string,
  timeZone: string,
  targets: z.infer<typeof Target>[],
): ScheduleSpec {
  return {
    name: placed.name,
    arn: `arn:aws:events:${placed.region}:${placed.account}:${resource}`,
    expression,
    timeZone,
    targets: explained(placed, () => targets.map(readTarget)),
  };
}

function readTarget(target: z.infer<typeof Target>): RuleTarget {
  const { Id, Input, InputPath, InputTransformer, DeadLetterConfig, RetryPolicy } = target;
  return {
    id: Id,
    ...destinationOf(target.Arn),
    ...(Input === undefined ? {} : { input: Input }),
    ...(InputPath === undefined ? {} : { inputPath: InputPath }),
    ...(InputTransformer ? { inputTransformer: transformer(InputTransformer) } : {}),
    ...(DeadLetterConfig?.Arn ? { deadLetterQueue: queueOf(DeadLetterConfig.Arn) } : {}),
    ...(RetryPolicy?.MaximumRetryAttempts === undefined
      ? {}
      : { maximumRetryAttempts: RetryPolicy.MaximumRetryAttempts }),
  };
}

function transformer({
  InputPathsMap,
  InputTemplate,
}: {
  InputPathsMap?: Record<string, string> | undefined;
  InputTemplate: string;
}) {
  return InputPathsMap
    ? { inputPathsMap: InputPathsMap, inputTemplate: InputTemplate }
    : { inputTemplate: InputTemplate };
}

/** Any other kind is refused, a topic or a log group too: an event that silently goes nowhere is a laptop unlike the cloud. */
function destinationOf(arn: string): Pick<RuleTarget, 'kind' | 'name'> {
  const { service } = parseArn(arn);
  switch (service) {
    case 'sqs':
      return { kind: 'queue', name: queueOf(arn) };
    case 'lambda':
      return { kind: 'function', name: functionOf(arn) };
    case 'events':
      return { kind: 'bus', name: busOf(arn) };
    default:
      throw new TemplateError(`a rule cannot deliver to ${arn} here: use a queue, a function or a bus`);
  }
}

const MappingProperties = z.object({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  Enabled: z.boolean().default(true),
  BatchSize: z.coerce.number().optional(),
  MaximumBatchingWindowInSeconds: z.coerce.number().default(0),
  FunctionResponseTypes: z.array(z.string()).default([]),
  ScalingConfig: z.object({ MaximumConcurrency: z.coerce.number().optional() }).optional(),
  FilterCriteria: z.object({ Filters: z.array(z.object({ Pattern: z.string() })).default([]) }).optional(),
  StartingPosition: z.enum(['TRIM_HORIZON', 'LATEST']).default('TRIM_HORIZON'),
  MaximumRetryAttempts: z.coerce.number().default(-1),
  MaximumRecordAgeInSeconds: z.coerce.number().default(-1),
  BisectBatchOnFunctionError: z.boolean().default(false),
  DestinationConfig: z.object({ OnFailure: z.object({ Destination: z.string() }).optional() }).optional(),
  TumblingWindowInSeconds: z.literal(0, 'tumbling windows do not run here').optional(),
});

export function readEventSources(cloud: Cloud): EventSourceSpec[] {
  return cloud.ofType('AWS::Lambda::EventSourceMapping').flatMap((placed) => {
    const properties = cloud.read(placed, MappingProperties);
    if (!properties.Enabled) return [];
    const { kind, source } = explained(placed, () => sourceOf(properties.EventSourceArn));
    const failures = properties.DestinationConfig?.OnFailure?.Destination;
    return [
      {
        name: placed.name,
        kind,
        source,
        functionName: properties.FunctionName.startsWith('arn:')
          ? functionOf(properties.FunctionName)
          : properties.FunctionName,
        batchSize: properties.BatchSize ?? (kind === 'queue' ? 10 : 100),
        batchingWindowMs: properties.MaximumBatchingWindowInSeconds * 1000,
        reportBatchItemFailures: properties.FunctionResponseTypes.includes('ReportBatchItemFailures'),
        maximumConcurrency: properties.ScalingConfig?.MaximumConcurrency,
        filters: properties.FilterCriteria?.Filters.map(({ Pattern }) => Pattern) ?? [],
        startingPosition: properties.StartingPosition,
        maximumRetryAttempts: properties.MaximumRetryAttempts,
        maximumRecordAgeSeconds: properties.MaximumRecordAgeInSeconds,
        bisectOnError: properties.BisectBatchOnFunctionError,
        onFailureQueue: failures === undefined ? undefined : explained(placed, () => queueOf(failures)),
      },
    ];
  });
}

function sourceOf(arn: string): Pick<EventSourceSpec, 'kind' | 'source'> {
  const { service, resource } = parseArn(arn);
  if (service === 'sqs') return { kind: 'queue', source: resource };
  const table = /^table\/([^/]+)\/stream\//.exec(resource)?.[1];
  if (service === 'dynamodb' && table) return { kind: 'stream', source: table };
  throw new TemplateError(`functions cannot be fed from ${arn} here: use a queue or a table's stream`);
}
