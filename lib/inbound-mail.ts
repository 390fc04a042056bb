import { CfnElement, CfnOutput, Duration, Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { ReceiptRuleSet } from 'aws-cdk-lib/aws-ses';
import { S3 } from 'aws-cdk-lib/aws-ses-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { NodeLambda } from './node-lambda.ts';
import type { StageConfig } from './stage.ts';

const folder = 'replies/';

/** Mail to a domain whose MX record is SES's → bucket → topic. Who hears of a mail there reads it and deletes it. */
export class InboundMail extends Construct {
  readonly bucket: Bucket;
  readonly topic: Topic;

  constructor(
    scope: Construct,
    id: string,
    { stage, domain }: { readonly stage: StageConfig; readonly domain: string },
  ) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      // What nobody could read waits a week for a person, no longer: it is somebody's letter.
      lifecycleRules: [{ expiration: Duration.days(7), abortIncompleteMultipartUploadAfter: Duration.days(1) }],
      removalPolicy: stage.removal,
    });
    Validations.of(this.bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'SES writes and one door reads and deletes, within minutes: a log of that would outlive the letters',
    });
    this.topic = this.topicOfSes(stage);
    const rules = new ReceiptRuleSet(this, 'Rules', { receiptRuleSetName: `ripen-${stage.name}` });
    const rule = rules.addRule('Replies', {
      recipients: [domain],
      scanEnabled: true,
      actions: [new S3({ bucket: this.bucket, objectKeyPrefix: folder, topic: this.topic })],
    });
    // SES tries the topic when a rule is made, so its policy must stand by then.
    rule.node.addDependency(this.topic);
    new CfnOutput(this, 'Mx', {
      value: `${domain} 10 inbound-smtp.${Stack.of(this).region}.amazonaws.com`,
      description: 'DNS: an MX record, "name priority value"',
    });
    new CfnOutput(this, 'RuleSet', {
      value: rules.receiptRuleSetName,
      description: 'The receipt rule set to make active, once: an account has one',
    });
  }

  /** Lets a door read the letters and delete them. */
  grantTaking(door: NodeLambda): void {
    door.allow(['s3:GetObject', 's3:DeleteObject'], [this.bucket.arnForObjects(`${folder}*`)]);
    // Without it S3 says of a letter that is gone already that it may not be read.
    door.allow(['s3:ListBucket'], [this.bucket.bucketArn]);
    const { defaultChild } = this.bucket.node;
    const bucketId = CfnElement.isCfnElement(defaultChild) ? Stack.of(this).getLogicalId(defaultChild) : '';
    Validations.of(door.role ?? door).acknowledge({
      id: `AwsSolutions-IAM5[Resource::<${bucketId}.Arn>/${folder}*]`,
      reason: 'SES names every letter itself: the narrowest that can be said is their folder',
    });
  }

  private topicOfSes({ name }: StageConfig): Topic {
    const topic = new Topic(this, 'Topic', { displayName: `Ripen ${name} replies`, enforceSSL: true });
    // A topic with a policy of its own loses the default one, by which SES of this account could publish.
    topic.addToResourcePolicy(
      new PolicyStatement({
        actions: ['sns:Publish'],
        principals: [new ServicePrincipal('ses.amazonaws.com')],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    return topic;
  }
}
