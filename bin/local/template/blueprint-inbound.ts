import * as z from 'zod';
import type { BucketSpec } from '../buckets/buckets.ts';
import type { ReceiptRule } from '../mail/inbound.ts';
import { type Cloud, explained } from './cloud.ts';
import { bucketName } from './resource-types.ts';
import { TemplateError } from './template-error.ts';

const LifecycleRule = z.object({
  Status: z.string(),
  Prefix: z.string().default(''),
  ExpirationInDays: z.coerce.number().optional(),
});
const BucketProperties = z.object({
  NotificationConfiguration: z.undefined('buckets tell nobody here: let the receipt rule tell a topic').optional(),
  LifecycleConfiguration: z.object({ Rules: z.array(LifecycleRule) }).default({ Rules: [] }),
});

export function readBuckets(cloud: Cloud): BucketSpec[] {
  return cloud.ofType('AWS::S3::Bucket').map((placed) => {
    const { Rules } = cloud.read(placed, BucketProperties).LifecycleConfiguration;
    const expiry = Rules.flatMap(({ Status, Prefix, ExpirationInDays: days }) =>
      Status === 'Enabled' && days !== undefined ? [{ prefix: Prefix, days }] : [],
    );
    return { name: bucketName(placed), expiry };
  });
}

const S3Action = z.strictObject({
  BucketName: z.string(),
  ObjectKeyPrefix: z.string().default(''),
  TopicArn: z.string().optional(),
});
const RuleProperties = z.object({
  Rule: z.object({
    Enabled: z.boolean().default(false),
    Recipients: z.array(z.string()).default([]),
    Actions: z.array(z.record(z.string(), z.unknown())).default([]),
  }),
});

/** The rules by which SES takes mail in, in the order of the template; disabled ones are left out. */
export function readReceiptRules(cloud: Cloud): ReceiptRule[] {
  return cloud.ofType('AWS::SES::ReceiptRule').flatMap((placed) => {
    const { Enabled, Recipients, Actions } = cloud.read(placed, RuleProperties).Rule;
    if (!Enabled) return [];
    const actions = explained(placed, () => Actions.map(readAction));
    return [{ name: placed.name, recipients: Recipients, actions }];
  });
}

function readAction({
  S3Action: action,
  ...others
}: Readonly<Record<string, unknown>>): ReceiptRule['actions'][number] {
  const [other] = Object.keys(others);
  if (other !== undefined) throw new TemplateError(`${other} does not run here: store the mail with an S3Action`);
  const { BucketName: bucket, ObjectKeyPrefix: prefix, TopicArn: topic } = S3Action.parse(action);
  return { bucket, prefix, ...(topic === undefined ? {} : { topic }) };
}
