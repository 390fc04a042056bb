import * as z from 'zod';
import { GenerateSecretString, type SecretSpec } from '../secrets.ts';
import { busOf } from './arn.ts';
import { type Cloud, explained } from './cloud.ts';
import { TemplateError } from './template-error.ts';

/** What SES would know: its configuration sets with the event types they publish, and the identities it may send as. */
export interface MailSpec {
  readonly configurationSets: readonly { readonly name: string; readonly eventTypes: readonly string[] }[];
  readonly identities: readonly string[];
}

const DestinationProperties = z.object({
  ConfigurationSetName: z.string(),
  EventDestination: z.object({
    Enabled: z.boolean().default(true),
    MatchingEventTypes: z.array(z.string()),
    EventBridgeDestination: z.object({ EventBusArn: z.string() }).optional(),
    CloudWatchDestination: z.unknown().optional(),
  }),
});

export function readMail(cloud: Cloud): MailSpec {
  const destinations = cloud.ofType('AWS::SES::ConfigurationSetEventDestination').flatMap((placed) => {
    const { ConfigurationSetName, EventDestination } = cloud.read(placed, DestinationProperties);
    const { Enabled, MatchingEventTypes, EventBridgeDestination, CloudWatchDestination } = EventDestination;
    if (!Enabled || CloudWatchDestination !== undefined) return [];
    explained(placed, () => {
      if (EventBridgeDestination && busOf(EventBridgeDestination.EventBusArn) === 'default') return;
      throw new TemplateError('SES publishes to the default bus only: use EventBridgeDestination with the default bus');
    });
    return [{ set: ConfigurationSetName, eventTypes: MatchingEventTypes }];
  });
  return {
    configurationSets: cloud.ofType('AWS::SES::ConfigurationSet').map(({ name }) => ({
      name,
      eventTypes: destinations.filter(({ set }) => set === name).flatMap(({ eventTypes }) => eventTypes),
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
