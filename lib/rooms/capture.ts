import { Duration } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { HttpDoor } from '../http-door.ts';
import { InboundMail } from '../inbound-mail.ts';
import { NodeLambda } from '../node-lambda.ts';
import { type RoomProps, source } from '../room-props.ts';
import { Subscription } from '../subscription.ts';
import { allowTable } from '../table-access.ts';

export interface CaptureProps extends RoomProps {
  /** Where SES publishes, beside the default bus, what became of a message. */
  readonly feedback: ITopic;
  readonly linkKeys: ISecret;
  /** Whatever is mailed to it is taken in; left out, nothing is. */
  readonly repliesDomain?: string;
}

/** A form, a tracker, a reply or SES says that somebody did something → ActivityCaptured. */
export class Capture extends Construct {
  constructor(scope: Construct, id: string, props: CaptureProps) {
    super(scope, id);
    this.receiveForms(props);
    this.receiveEmailEvents(props);
    if (props.repliesDomain) this.receiveReplies(props, props.repliesDomain);
    this.noteReceptions(props);
  }

  /** The doors that strangers reach may publish, and nothing else: they hold no secret and see no lead. */
  private receiveForms({ stage, api, bus, baseUrl }: RoomProps): void {
    const environment = { BUS_NAME: bus.eventBusName, BASE_URL: baseUrl };
    const receiveForm = new HttpDoor(this, 'ReceiveForm', {
      stage,
      api,
      door: 'capture/receive-form',
      errorImpact: 'forms are refused and leads are lost',
      environment,
    });
    const receiveTracking = new HttpDoor(this, 'ReceiveTracking', {
      stage,
      api,
      door: 'capture/receive-tracking',
      errorImpact: 'page views and tracked activities are lost',
      environment,
    });
    for (const door of [receiveForm, receiveTracking]) bus.grantPutEventsTo(door);
  }

  private receiveEmailEvents({ stage, bus, feedback, undelivered }: CaptureProps): void {
    const door = new NodeLambda(this, 'ReceiveEmailEvent', {
      stage,
      door: 'capture/receive-email-event',
      errorImpact: 'opens, clicks, bounces and complaints are not seen',
      timeout: Duration.seconds(30),
      environment: { BUS_NAME: bus.eventBusName },
    });
    bus.grantPutEventsTo(door);
    const { queue } = new Subscription(this, 'EmailEvents', {
      stage,
      door,
      undelivered,
      // Twice on purpose: either way may lose an event, and what came on both has one id.
      patterns: [{ source: ['aws.ses'] }],
      topics: [feedback],
      // The two are mostly in one batch, which tells them once.
      batching: stage.scoringBatch,
    });
    // And what came on neither way, once SES has been asked (T16).
    new Rule(this, 'EmailEventsFound', {
      eventBus: bus,
      eventPattern: { source, detailType: ['EmailEventFound'] },
      targets: [new SqsQueue(queue, { deadLetterQueue: undelivered })],
    });
  }

  private receiveReplies(props: CaptureProps, domain: string): void {
    const { stage, bus, leads, linkKeys, baseUrl, undelivered } = props;
    const door = new NodeLambda(this, 'ReceiveReply', {
      stage,
      door: 'capture/receive-reply',
      errorImpact: 'people who answer an e-mail are not heard, and still get the next one',
      timeout: Duration.seconds(30),
      environment: {
        TABLE_NAME: leads.tableName,
        BUS_NAME: bus.eventBusName,
        BASE_URL: baseUrl,
        LINK_KEYS_SECRET_ARN: linkKeys.secretArn,
      },
    });
    allowTable(door, leads, ['GetItem', 'Query']);
    bus.grantPutEventsTo(door);
    linkKeys.grantRead(door);
    const mail = new InboundMail(this, 'InboundMail', { stage, domain });
    mail.grantTaking(door);
    new Subscription(this, 'Replies', { stage, door, undelivered, patterns: [], topics: [mail.topic] });
  }

  /** The connect page shows, per form, what was last received and last refused. */
  private noteReceptions({ stage, api, bus, leads, undelivered }: RoomProps): void {
    const environment = { TABLE_NAME: leads.tableName };
    const note = new NodeLambda(this, 'NoteReception', {
      stage,
      door: 'capture/note-reception',
      errorImpact: 'the connect page does not show the latest submission',
      timeout: Duration.seconds(30),
      environment,
    });
    allowTable(note, leads, ['UpdateItem']);
    new Subscription(this, 'Receptions', {
      stage,
      door: note,
      bus,
      undelivered,
      patterns: [
        { source, detailType: ['SubmissionRejected'] },
        { source, detailType: ['ActivityCaptured'], detail: { type: ['form.submitted'], source: ['form'] } },
      ],
    });
    const read = new HttpDoor(this, 'ReadReceptions', {
      stage,
      api,
      door: 'capture/read-receptions',
      errorImpact: 'the list of forms does not open',
      environment,
    });
    allowTable(read, leads, ['GetItem', 'BatchGetItem', 'Query']);
  }
}
