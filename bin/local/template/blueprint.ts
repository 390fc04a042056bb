import { join } from 'node:path';
import * as z from 'zod';
import type { BucketSpec } from '../buckets/buckets.ts';
import { readTables, type TableSpec } from '../dynamodb/tables.ts';
import type { RuleSpec, RuleTarget } from '../events/bus.ts';
import type { ReceiptRule } from '../mail/inbound.ts';
import type { QueueSpec } from '../queues/queues.ts';
import type { SecretSpec } from '../secrets.ts';
import type { TopicSpec } from '../topics/topics.ts';
import { queueOf } from './arn.ts';
import { type ApiSpec, readApi } from './blueprint-api.ts';
import {
  type EventSourceSpec,
  readEventSources,
  readRules,
  readSchedules,
  type ScheduleSpec,
} from './blueprint-events.ts';
import { readBuckets, readReceiptRules } from './blueprint-inbound.ts';
import { type MailSpec, readMail, readSecrets } from './blueprint-mail.ts';
import { readTopics } from './blueprint-topics.ts';
import { type Cloud, explained } from './cloud.ts';
import { TemplateError } from './template-error.ts';

/** A function of the template: where its bundle lies and what it is given. */
export interface FunctionSpec {
  readonly name: string;
  readonly folder: string;
  readonly handler: string;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  readonly environment: Readonly<Record<string, string>>;
  /** As many at once as the template allows; undefined when it sets no limit. */
  readonly reservedConcurrency: number | undefined;
  /** Where the event goes when an asynchronous invocation keeps failing. */
  readonly deadLetterQueue: string | undefined;
}

/** Everything of the template that happens at run time. */
export interface Blueprint {
  readonly region: string;
  readonly account: string;
  readonly functions: readonly FunctionSpec[];
  readonly queues: readonly QueueSpec[];
  readonly topics: readonly TopicSpec[];
  readonly buckets: readonly BucketSpec[];
  readonly tables: readonly TableSpec[];
  readonly buses: readonly string[];
  readonly rules: readonly RuleSpec[];
  readonly schedules: readonly ScheduleSpec[];
  readonly eventSources: readonly EventSourceSpec[];
  readonly api: ApiSpec;
  readonly mail: MailSpec;
  readonly receiptRules: readonly ReceiptRule[];
  readonly secrets: readonly SecretSpec[];
  /** Functions a deployment runs once (`Trigger`): the runner runs them at every start. */
  readonly triggers: readonly string[];
}

/** Reads what runs from the synthesized app. Throws a TemplateError for what the runner would not run faithfully. */
export function readBlueprint(cloud: Cloud): Blueprint {
  const functions = readFunctions(cloud);
  // A function that keeps failing has its own dead-letter queue; the rule's one is for what cannot be delivered at all.
  const withDeadLetters = <T extends { targets: readonly RuleTarget[] }>(rule: T): T => ({
    ...rule,
    targets: rule.targets.map((target) => {
      const queue = target.kind === 'function' && functions.find(({ name }) => name === target.name)?.deadLetterQueue;
      return queue ? { ...target, deadLetterQueue: queue } : target;
    }),
  });
  return {
    region: cloud.region,
    account: cloud.account,
    functions,
    queues: readQueues(cloud),
    topics: readTopics(cloud),
    buckets: readBuckets(cloud),
    tables: readTables(cloud),
    buses: ['default', ...cloud.ofType('AWS::Events::EventBus').map(({ name }) => name)],
    rules: readRules(cloud).map(withDeadLetters),
    schedules: readSchedules(cloud).map(withDeadLetters),
    eventSources: readEventSources(cloud),
    api: readApi(cloud),
    mail: readMail(cloud),
    receiptRules: readReceiptRules(cloud),
    secrets: readSecrets(cloud),
    triggers: readTriggers(cloud),
  };
}

const FunctionProperties = z.object({
  Handler: z.string(),
  Runtime: z.string().regex(/^nodejs/, 'only Node.js functions run here'),
  Code: z.object({ S3Key: z.string() }, 'give the function its code with Code.fromAsset'),
  Timeout: z.coerce.number().default(3),
  MemorySize: z.coerce.number().default(128),
  ReservedConcurrentExecutions: z.coerce.number().optional(),
  Environment: z.object({ Variables: z.record(z.string(), z.coerce.string()).default({}) }).default({ Variables: {} }),
  DeadLetterConfig: z.object({ TargetArn: z.string() }).optional(),
  Layers: z.tuple([], 'layers are not run here: bundle the code').optional(),
});

/** Functions of CDK's own custom resources (`Custom…`) only take part in deployments, so they are left out. */
function readFunctions(cloud: Cloud): FunctionSpec[] {
  return cloud
    .ofType('AWS::Lambda::Function')
    .filter(({ logicalId }) => !/^(Custom|AWSCDK|LogRetention)/.test(logicalId))
    .map((placed) => {
      const { DeadLetterConfig, ...properties } = cloud.read(placed, FunctionProperties);
      return {
        name: placed.name,
        folder: explained(placed, () => cloud.assetFolder(properties.Code.S3Key)),
        handler: properties.Handler,
        timeoutMs: properties.Timeout * 1000,
        memoryMb: properties.MemorySize,
        environment: properties.Environment.Variables,
        reservedConcurrency: properties.ReservedConcurrentExecutions,
        deadLetterQueue: DeadLetterConfig && explained(placed, () => queueOf(DeadLetterConfig.TargetArn)),
      };
    });
}

const QueueProperties = z.object({
  VisibilityTimeout: z.coerce.number().default(30),
  DelaySeconds: z.coerce.number().default(0),
  FifoQueue: z.literal(false, 'FIFO queues do not run here').optional(),
  RedrivePolicy: z.object({ deadLetterTargetArn: z.string(), maxReceiveCount: z.coerce.number() }).optional(),
});

function readQueues(cloud: Cloud): QueueSpec[] {
  return cloud.ofType('AWS::SQS::Queue').map((placed) => {
    const { VisibilityTimeout, DelaySeconds, RedrivePolicy } = cloud.read(placed, QueueProperties);
    const spec = { name: placed.name, visibilityTimeoutSeconds: VisibilityTimeout, delaySeconds: DelaySeconds };
    if (!RedrivePolicy) return spec;
    const { deadLetterTargetArn, maxReceiveCount } = RedrivePolicy;
    return { ...spec, redrive: { deadLetterQueue: queueOf(deadLetterTargetArn), maxReceiveCount } };
  });
}

const TriggerProperties = z.object({ HandlerArn: z.string() });

function readTriggers(cloud: Cloud): string[] {
  return cloud.ofType('Custom::Trigger').map((placed) => {
    const { HandlerArn } = cloud.read(placed, TriggerProperties);
    const name = /:function:([^:]+)/.exec(HandlerArn)?.[1];
    if (name) return name;
    throw new TemplateError(`${placed.logicalId} triggers ${HandlerArn}, which is not a function`);
  });
}

/** The file a handler lies in and the name it exports there: `index.handler` → `index`, `handler`. */
export function handlerOf({ folder, handler }: FunctionSpec): { file: string; exportName: string } {
  const dot = handler.lastIndexOf('.');
  return { file: join(folder, handler.slice(0, dot)), exportName: handler.slice(dot + 1) };
}
