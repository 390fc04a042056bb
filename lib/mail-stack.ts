import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailIdentity,
  EventDestination,
  Identity,
} from 'aws-cdk-lib/aws-ses';
import type { Construct } from 'constructs';
import type { StageConfig } from './stage.ts';

export interface MailStackProps extends StackProps {
  readonly config: StageConfig;
  readonly domain: string;
}

/** How e-mail leaves, and how SES tells us what became of it: every event of every message goes to the account's default bus. */
export class MailStack extends Stack {
  readonly identity: EmailIdentity;
  readonly configurationSet: ConfigurationSet;

  constructor(scope: Construct, id: string, { config, domain, ...props }: MailStackProps) {
    super(scope, id, props);
    this.configurationSet = new ConfigurationSet(this, 'ConfigurationSet', {
      configurationSetName: `ripen-${config.name}`,
      reputationMetrics: true,
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
    });
    this.configurationSet.addEventDestination('DefaultBus', {
      // SES publishes to no other bus than `default` (CloudFormation reference of the event destination).
      destination: EventDestination.eventBus(EventBus.fromEventBusName(this, 'DefaultEventBus', 'default')),
    });
    this.identity = new EmailIdentity(this, 'Identity', {
      identity: Identity.domain(domain),
      configurationSet: this.configurationSet,
    });
    // SES sends nothing for the domain before these stand in its DNS.
    this.identity.dkimRecords.forEach(({ name, value }, index) => {
      const description = 'DNS: a CNAME record, "name value"';
      new CfnOutput(this, `Dkim${index + 1}`, { value: `${name} ${value}`, description });
    });
  }
}
