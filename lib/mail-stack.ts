import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
} from 'aws-cdk-lib/aws-ses';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { StageConfig } from './stage.ts';

export interface MailStackProps extends StackProps {
  readonly config: StageConfig;
  readonly domain: string;
  /** Where replies arrive, when SES takes them in for us. */
  readonly repliesDomain?: string;
}

const everyEvent = Object.values(EmailSendingEvent);

/** SES tracks opens and clicks if and only if somebody is told of them, so this is what turns tracking off. */
const untracked = everyEvent.filter((event) => event !== EmailSendingEvent.OPEN && event !== EmailSendingEvent.CLICK);

/** How e-mail leaves, and how SES tells us what became of it: every event of every message, on two ways that fail apart. */
export class MailStack extends Stack {
  readonly identity: EmailIdentity;
  readonly configurationSet: ConfigurationSet;
  /** For whoever refused tracking: SES adds no pixel and leaves every link as it was written. */
  readonly untrackedConfigurationSet: ConfigurationSet;
  /** The second way of feedback. EventBridge gets the same events, at SES's best effort. */
  readonly feedback: Topic;

  constructor(scope: Construct, id: string, { config, domain, repliesDomain, ...props }: MailStackProps) {
    super(scope, id, props);
    this.feedback = new Topic(this, 'Feedback', { displayName: `Ripen ${config.name} feedback`, enforceSSL: true });
    this.configurationSet = this.addConfigurationSet('ConfigurationSet', `ripen-${config.name}`, everyEvent);
    this.untrackedConfigurationSet = this.addConfigurationSet('Untracked', `ripen-${config.name}-untracked`, untracked);
    this.identity = new EmailIdentity(this, 'Identity', {
      identity: Identity.domain(domain),
      configurationSet: this.configurationSet,
    });
    this.tellRecords('Dkim', this.identity);
    // SES takes mail in for verified domains and what is below them.
    if (!repliesDomain || repliesDomain === domain || repliesDomain.endsWith(`.${domain}`)) return;
    this.tellRecords('RepliesDkim', new EmailIdentity(this, 'Replies', { identity: Identity.domain(repliesDomain) }));
  }

  /** SES knows a domain for ours when these stand in its DNS, and sends nothing for it before. */
  private tellRecords(id: string, { dkimRecords }: EmailIdentity): void {
    dkimRecords.forEach(({ name, value }, index) => {
      const description = 'DNS: a CNAME record, "name value"';
      new CfnOutput(this, `${id}${index + 1}`, { value: `${name} ${value}`, description });
    });
  }

  private addConfigurationSet(id: string, configurationSetName: string, events: EmailSendingEvent[]): ConfigurationSet {
    const set = new ConfigurationSet(this, id, {
      configurationSetName,
      reputationMetrics: true,
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
    });
    // SES publishes to no other bus than `default` (CloudFormation reference of the event destination).
    const bus = EventBus.fromEventBusName(this, `${id}Bus`, 'default');
    set.addEventDestination('DefaultBus', { destination: EventDestination.eventBus(bus), events });
    set.addEventDestination('Feedback', { destination: EventDestination.snsTopic(this.feedback), events });
    return set;
  }
}
