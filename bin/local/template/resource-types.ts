/** A resource with the name it would have in the cloud. */
export interface Named {
  readonly name: string;
  readonly logicalId: string;
  readonly stackName: string;
  readonly account: string;
  readonly region: string;
  /** A property of its own, evaluated to text. */
  property(name: string): string;
}

/** What `Ref` and `Fn::GetAtt` answer for a type, and which property names it. */
export interface ResourceType {
  readonly nameProperty?: string;
  readonly ref: (resource: Named) => string;
  readonly attributes?: Readonly<Record<string, (resource: Named, baseUrl: string) => string>>;
}

const byName = (resource: Named) => resource.name;
const arn =
  (service: string, prefix = '') =>
  (it: Named) =>
    `arn:aws:${service}:${it.region}:${it.account}:${prefix}${it.name}`;
const queueUrl = (it: Named) => `https://sqs.${it.region}.amazonaws.com/${it.account}/${it.name}`;
const table: ResourceType = {
  nameProperty: 'TableName',
  ref: byName,
  attributes: { Arn: arn('dynamodb', 'table/'), StreamArn: (it) => `${arn('dynamodb', 'table/')(it)}/stream/local` },
};
const arnOnly = (service: string, prefix = ''): ResourceType => ({ ref: arn(service, prefix) });
const functionArn = (it: Named) => {
  const given = it.property('FunctionName');
  return given.startsWith('arn:') ? given : `arn:aws:lambda:${it.region}:${it.account}:function:${given}`;
};
const nameOnly = (nameProperty?: string): ResourceType => ({ ref: byName, ...(nameProperty ? { nameProperty } : {}) });

/** Buckets know no capitals. */
export function bucketName({ name }: Pick<Named, 'name'>): string {
  return name.toLowerCase();
}

/** The types that run here, and those a running one may refer to. */
export const RUNNING: Readonly<Record<string, ResourceType>> = {
  'AWS::ApiGatewayV2::Api': {
    ref: byName,
    attributes: { ApiEndpoint: (_, baseUrl) => baseUrl, ApiId: byName },
  },
  'AWS::ApiGatewayV2::Integration': nameOnly(),
  'AWS::ApiGatewayV2::Route': nameOnly(),
  'AWS::ApiGatewayV2::Stage': { nameProperty: 'StageName', ref: byName },
  'AWS::DynamoDB::Table': table,
  'AWS::DynamoDB::GlobalTable': table,
  'AWS::Events::EventBus': {
    nameProperty: 'Name',
    ref: byName,
    attributes: { Arn: arn('events', 'event-bus/'), Name: byName },
  },
  'AWS::Events::Rule': { nameProperty: 'Name', ref: byName, attributes: { Arn: arn('events', 'rule/') } },
  'AWS::IAM::Role': {
    nameProperty: 'RoleName',
    ref: byName,
    attributes: { Arn: (it) => `arn:aws:iam::${it.account}:role/${it.name}` },
  },
  'AWS::Lambda::Alias': { ref: (it) => `${functionArn(it)}:${it.property('Name')}` },
  'AWS::Lambda::EventSourceMapping': nameOnly(),
  'AWS::Lambda::Function': {
    nameProperty: 'FunctionName',
    ref: byName,
    attributes: { Arn: arn('lambda', 'function:') },
  },
  'AWS::Lambda::Version': { ref: (it) => `${functionArn(it)}:1` },
  'AWS::S3::Bucket': {
    nameProperty: 'BucketName',
    ref: bucketName,
    attributes: { Arn: (it) => `arn:aws:s3:::${bucketName(it)}` },
  },
  'AWS::SES::ConfigurationSet': nameOnly('Name'),
  'AWS::SES::ConfigurationSetEventDestination': nameOnly(),
  'AWS::SES::EmailIdentity': {
    nameProperty: 'EmailIdentity',
    ref: byName,
    attributes: { EmailIdentityArn: arn('ses', 'identity/'), Arn: arn('ses', 'identity/') },
  },
  'AWS::SES::ReceiptRule': nameOnly(),
  'AWS::SES::ReceiptRuleSet': nameOnly('RuleSetName'),
  'AWS::SNS::Subscription': nameOnly(),
  'AWS::SNS::Topic': {
    nameProperty: 'TopicName',
    ref: arn('sns'),
    attributes: { TopicArn: arn('sns'), TopicName: byName },
  },
  'AWS::SQS::Queue': {
    nameProperty: 'QueueName',
    ref: queueUrl,
    attributes: { Arn: arn('sqs'), QueueName: byName, QueueUrl: queueUrl },
  },
  'AWS::Scheduler::Schedule': {
    nameProperty: 'Name',
    ref: byName,
    attributes: { Arn: arn('scheduler', 'schedule/default/') },
  },
  'AWS::SecretsManager::Secret': {
    nameProperty: 'Name',
    ref: arn('secretsmanager', 'secret:'),
    attributes: { Id: arn('secretsmanager', 'secret:') },
  },
  'Custom::Trigger': arnOnly('lambda', 'trigger:'),
};

/**
 * The types that change nothing about what happens on a laptop, each with its reason. A type in neither list is a
 * start-up error: that is how laptop and cloud stay the same.
 */
export const INERT: Readonly<Record<string, string>> = {
  'AWS::ApiGatewayV2::Deployment': 'routes are served as soon as they are read',
  'AWS::Budgets::Budget': 'nothing here costs money',
  'AWS::CDK::Metadata': 'tells AWS about the CDK, nothing about the app',
  'AWS::CloudFormation::WaitConditionHandle': 'orders a deployment',
  'AWS::CloudWatch::Alarm': 'nobody is paged for a laptop',
  'AWS::CloudWatch::AnomalyDetector': 'nobody is paged for a laptop',
  'AWS::CloudWatch::CompositeAlarm': 'nobody is paged for a laptop',
  'AWS::CloudWatch::Dashboard': 'the queues page shows what a laptop needs to know',
  'AWS::Events::Archive': 'a copy of the events for a replay in the cloud',
  'AWS::Events::EventBusPolicy': 'one person, one machine: no permissions',
  'AWS::IAM::ManagedPolicy': 'one person, one machine: no permissions',
  'AWS::IAM::Policy': 'one person, one machine: no permissions',
  'AWS::KMS::Alias': 'the disk is the person’s own to encrypt',
  'AWS::KMS::Key': 'the disk is the person’s own to encrypt',
  'AWS::Lambda::Permission': 'one person, one machine: no permissions',
  'AWS::Logs::LogGroup': 'functions log to a file of the data folder',
  'AWS::Logs::MetricFilter': 'nobody is paged for a laptop',
  'AWS::Logs::QueryDefinition': 'a saved search for people',
  'AWS::Logs::ResourcePolicy': 'one person, one machine: no permissions',
  'AWS::S3::BucketPolicy': 'one person, one machine: no permissions',
  'AWS::SNS::TopicPolicy': 'one person, one machine: no permissions',
  'AWS::SQS::QueuePolicy': 'one person, one machine: no permissions',
  'AWS::SSM::Parameter': 'tells other stacks and people; a function that is given one is an error',
  'AWS::SecretsManager::ResourcePolicy': 'one person, one machine: no permissions',
  'AWS::SecretsManager::RotationSchedule': 'the keys of a laptop are made once',
  'AWS::CloudFront::Distribution': 'the local API answers browsers itself',
  'AWS::CloudFront::CachePolicy': 'the local API answers browsers itself',
  'AWS::CloudFront::OriginAccessControl': 'the local API answers browsers itself',
  'AWS::CloudFront::OriginRequestPolicy': 'the local API answers browsers itself',
  'AWS::CloudFront::ResponseHeadersPolicy': 'the local API answers browsers itself',
  'AWS::WAFv2::WebACL': 'only this machine can reach the local API',
  'AWS::WAFv2::WebACLAssociation': 'only this machine can reach the local API',
  'Custom::S3AutoDeleteObjects': 'empties a bucket when a stack is deleted',
  'Custom::LogRetention': 'functions log to a file of the data folder',
};
