import * as z from 'zod';
import { GenerateSecretString, type SecretSpec } from '../secrets.ts';
import { busOf } from './arn.ts';
import { type Cloud, explained } from './cloud.ts';
import { TemplateError } from './template-error.ts';

/** A configuration set and whom it tells of what: `bus`, the account's default bus, or the ARN of a topic. */
export interface ConfigurationSetSpec {
  readonly name: string;
  readonly destinations: readonly {
    readonly to: string;
    /** MatchingEventTypes, such as `send` and `open`. */
    readonly eventTypes: readonly string[];
  }[];
}

/** What SES would know: its configuration sets, and the identities it may send as. */
export interface MailSpec {
  readonly configurationSets: readonly ConfigurationSetSpec[];
  readonly identities: readonly string[];
}

const DestinationProperties = z.object({
  ConfigurationSetName: z.string(),
  EventDestination: z.object({
    Enabled: z.boolean().default(true),
    MatchingEventTypes: z.array(z.string()),
    EventBridgeDestination: z.object({ EventBusArn: z.string() }).optional(),
    SnsDestination: z.object({ TopicARN: z.string() }).optional(),
    CloudWatchDestination: z.unknown().optional(),
  }),
});

export function readMail(cloud: Cloud): MailSpec {
  const destinations = cloud.ofType('AWS::SES::ConfigurationSetEventDestination').flatMap((placed) => {
    const { ConfigurationSetName, EventDestination } = cloud.read(placed, DestinationProperties);
    const { Enabled, MatchingEventTypes, EventBridgeDestination, SnsDestination } = EventDestination;
    if (!Enabled || EventDestination.CloudWatchDestination !== undefined) return [];
    const to = explained(placed, () => {
      if (SnsDestination) return SnsDestination.TopicARN;
      if (EventBridgeDestination && busOf(EventBridgeDestination.EventBusArn) === 'default') return 'bus';
      throw new TemplateError('SES publishes to topics and to the default bus only: use one of these as destination');
    });
    return [{ set: ConfigurationSetName, to, eventTypes: MatchingEventTypes }];
  });
  return {
    configurationSets: cloud.ofType('AWS::SES::ConfigurationSet').map(({ name }) => ({
      name,
      destinations: destinations.filter(({ set }) => set === name).map(({ set: _, ...destination }) => destination),
    })),
    identities: cloud.ofType('AWS::SES::EmailIdentity').map(({ name }) => name),
  };
}

const SecretProperties = z.object({
  GenerateSecretString: GenerateSecretString.optional(),
  SecretString: z.string().optional(),
});

export function readSecrets(cloud: Cloud): SecretSpec[] {
  return cloud.ofType('AWS::SecretsManager::Secret').map((placed) => {
    const { GenerateSecretString: generate, SecretString: value } = cloud.read(placed, SecretProperties);
    return {
      logicalId: placed.logicalId,
      name: placed.name,
      arn: `arn:aws:secretsmanager:${placed.region}:${placed.account}:secret:${placed.name}`,
      ...(generate ? { generate } : {}),
      ...(value === undefined ? {} : { value }),
    };
  });
}
