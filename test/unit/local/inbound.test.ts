import { expect, it } from 'vitest';
import { type Assembly, Resource } from '../../../bin/local/template/assembly.ts';
import { readBuckets, readReceiptRules } from '../../../bin/local/template/blueprint-inbound.ts';
import { openCloud } from '../../../bin/local/template/cloud.ts';

function aCloud(resources: Record<string, object>) {
  const stack = {
    name: 'App',
    account: '000000000000',
    region: 'eu-west-1',
    template: {
      Resources: Object.fromEntries(Object.entries(resources).map(([id, resource]) => [id, Resource.parse(resource)])),
      Outputs: {},
      Parameters: {},
      Mappings: {},
      Conditions: {},
    },
  };
  const assembly: Assembly = { folder: 'cdk.out', stacks: [stack], assetFolder: (key) => key };
  return openCloud(assembly, 'http://127.0.0.1:4000');
}

const aRule = (actions: object[], more: object = {}) => ({
  Type: 'AWS::SES::ReceiptRule',
  Properties: { Rule: { Enabled: true, Recipients: ['reply.example.com'], Actions: actions, ...more } },
});
const Bucket = { Type: 'AWS::S3::Bucket' };
const S3Action = { BucketName: { Ref: 'Bucket' }, TopicArn: 'arn:aws:sns:x:0:t', ObjectKeyPrefix: 'in/' };

it('reads where the mail for a domain goes; a bucket has no capitals', () => {
  expect(readReceiptRules(aCloud({ Bucket, Rule: aRule([{ S3Action }]) }))).toEqual([
    {
      name: 'App-Rule',
      recipients: ['reply.example.com'],
      actions: [{ bucket: 'app-bucket', prefix: 'in/', topic: 'arn:aws:sns:x:0:t' }],
    },
  ]);
  expect(readReceiptRules(aCloud({ Bucket, Rule: aRule([{ S3Action }], { Enabled: false }) }))).toEqual([]);
});

it.each([
  [{ LambdaAction: { FunctionArn: 'f' } }, /LambdaAction does not run here/],
  [{ S3Action: { ...S3Action, KmsKeyArn: 'k' } }, /stack App, Rule .*KmsKeyArn/s],
])('refuses %o, which it could not run as the cloud does', (action, message) => {
  expect(() => readReceiptRules(aCloud({ Bucket, Rule: aRule([action]) }))).toThrow(message);
});

it('refuses a bucket that would wake somebody: nothing listens to it here', () => {
  const Loud = { Type: 'AWS::S3::Bucket', Properties: { NotificationConfiguration: { TopicConfigurations: [] } } };
  expect(() => readBuckets(aCloud({ Loud }))).toThrow(/stack App, Loud .*buckets tell nobody here/s);
});

it('reads after how many days an object is gone', () => {
  const rules = [
    { Status: 'Enabled', ExpirationInDays: 7 },
    { Status: 'Enabled', Prefix: 'tmp/', ExpirationInDays: 1 },
    { Status: 'Disabled', ExpirationInDays: 2 },
    { Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } },
  ];
  const Kept = { Type: 'AWS::S3::Bucket', Properties: { LifecycleConfiguration: { Rules: rules } } };
  expect(readBuckets(aCloud({ Kept }))).toEqual([
    {
      name: 'app-kept',
      expiry: [
        { prefix: '', days: 7 },
        { prefix: 'tmp/', days: 1 },
      ],
    },
  ]);
});
