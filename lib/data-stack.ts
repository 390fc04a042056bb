import { SecretValue, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
  type TableProps,
} from 'aws-cdk-lib/aws-dynamodb';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { StageConfig } from './stage.ts';

export interface DataStackProps extends StackProps {
  readonly config: StageConfig;
}

const text = (name: string) => ({ name, type: AttributeType.STRING });

/**
 * What must outlive every deployment: the leads, the metrics, and the two secrets.
 *
 * All of it is encrypted at rest with keys that AWS owns. A key of our own would add a price per request, a permission on
 * every door's role and a third thing that can be lost, and would keep out nobody whom IAM does not keep out already.
 * A team that must be able to revoke a key gives the tables an `encryptionKey` here; nothing else changes.
 */
export class DataStack extends Stack {
  readonly leads: Table;
  readonly metrics: Table;
  readonly pepper: Secret;
  readonly linkKeys: Secret;
  readonly channels: Secret;

  constructor(scope: Construct, id: string, { config, ...props }: DataStackProps) {
    super(scope, id, props);
    const table: TableProps = {
      partitionKey: text('pk'),
      sortKey: text('sk'),
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      timeToLiveAttribute: 'expiresAt',
      deletionProtection: config.protectData,
      removalPolicy: config.removal,
    };
    this.leads = new Table(this, 'Leads', {
      ...table,
      stream: StreamViewType.NEW_AND_OLD_IMAGES,
    });
    // The timeline of one lead in order of time. Local, since a decision must not read what is eventually consistent.
    this.leads.addLocalSecondaryIndex({
      indexName: 'byTime',
      sortKey: text('byTime'),
      projectionType: ProjectionType.ALL,
    });
    this.leads.addGlobalSecondaryIndex({
      indexName: 'byDay',
      partitionKey: text('dayPk'),
      sortKey: text('daySk'),
      projectionType: ProjectionType.ALL,
    });
    this.leads.addGlobalSecondaryIndex({
      indexName: 'byList',
      partitionKey: text('listPk'),
      sortKey: text('listSk'),
      // What must be read from the list itself; nothing of it changes with an activity of a lead, which then costs the index nothing.
      projectionType: ProjectionType.INCLUDE,
      nonKeyAttributes: ['kind', 'due', 'subject', 'dueAt', 'detailType', 'detail', 'at', 'rep'],
    });
    this.metrics = new Table(this, 'Metrics', table);
    const generated = { passwordLength: 64, excludePunctuation: true };
    this.pepper = new Secret(this, 'Pepper', {
      description: 'Turns e-mail addresses into lead ids. Never rotate it; back it up.',
      generateSecretString: generated,
      removalPolicy: config.removal,
    });
    // One key to begin with. A rotation adds `k2` and makes it current; what `k1` has signed stays valid.
    this.linkKeys = new Secret(this, 'LinkKeys', {
      description: 'Signs the links in e-mails.',
      generateSecretString: { ...generated, secretStringTemplate: '{"current":"k1"}', generateStringKey: 'k1' },
      removalPolicy: config.removal,
    });
    // Filled in by hand (docs/channels.md): an empty object calls nobody.
    this.channels = new Secret(this, 'Channels', {
      description:
        'Addresses and signing keys of Slack, Teams and webhooks: {"<endpoint>":{"url":"…","secret":"whsec_…"}}.',
      secretStringValue: SecretValue.unsafePlainText('{}'),
      removalPolicy: config.removal,
    });
    Validations.of(this.pepper).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason: 'every lead id is a hash with this pepper: a rotated one would orphan every lead',
    });
    Validations.of(this.channels).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason: 'made by Slack, Teams and whoever receives webhooks: nothing here could make new ones',
    });
    Validations.of(this.linkKeys).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason:
        'rotated by hand, as the runbook says: an unsubscribe link must work for years, so old keys stay beside the new',
    });
  }
}
