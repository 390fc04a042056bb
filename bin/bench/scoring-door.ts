import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { suppressionStore } from '../../functions/consent/suppression.store.ts';
import { activateModel } from '../../functions/leads/activate-model.ts';
import { activationStore } from '../../functions/leads/activation.store.ts';
import type { CapturedActivity } from '../../functions/leads/activity.ts';
import { ActivityCaptured } from '../../functions/leads/bus-event.ts';
import { leadStore } from '../../functions/leads/lead.store.ts';
import { playbookStore } from '../../functions/leads/playbook.store.ts';
import { visitorStore } from '../../functions/leads/visitor.store.ts';
import type { Table } from '../../functions/runtime/dynamodb.ts';
import { onBusEventGroups } from '../../functions/runtime/on-bus-event.ts';
import { modelStore } from '../../functions/scoring/model.store.ts';
import { personFinder, scoreActivities } from '../../functions/scoring/score-activities.ts';
import type { compilePlaybook } from '../playbook/compile.ts';
import { pepper } from './people.ts';

export type Playbook = Awaited<ReturnType<typeof compilePlaybook>>;

/** The scoring door as the queue calls it: a batch of messages in, everything stored when it resolves. */
export interface ScoringDoor {
  /** @throws when a message failed. */
  take(captured: readonly CapturedActivity[]): Promise<void>;
  /** Moves the door's clock. */
  at(nowMs: number): void;
}

/** The same door as in AWS, over `table`, in which the playbook's model is stored and made the active one. */
export async function openDoor(table: Table, { parts, modelVersion }: Playbook): Promise<ScoringDoor> {
  const { timeZone } = parts.account;
  let now = Date.now();
  await playbookStore(table).put(modelVersion, { scoring: { scoring: parts.scoring, timeZone } });
  await activateModel(modelVersion, { activations: activationStore(table), publish: async () => {}, now: () => now });
  const deps = {
    leads: leadStore(table, timeZone),
    visitors: visitorStore(table, timeZone),
    models: modelStore(table),
    suppressions: suppressionStore(table),
    pepper: async () => pepper,
    linkKeys: async () => JSON.stringify({ current: 'k1', k1: pepper }),
    now: () => now,
  };
  const handle = (event: SQSEvent) =>
    onBusEventGroups(ActivityCaptured, personFinder(deps), (captured, person) =>
      scoreActivities(captured, person, deps),
    )(event);
  return {
    async take(captured) {
      const { batchItemFailures } = await handle({ Records: captured.map(asMessage) });
      if (batchItemFailures.length > 0) throw new Error('the scoring door has failed: its log says why');
    },
    at(nowMs) {
      now = nowMs;
    },
  };
}

/** As EventBridge puts it on the queue. */
function asMessage(detail: CapturedActivity): SQSRecord {
  const body = JSON.stringify({ source: 'ripen', 'detail-type': ActivityCaptured.detailType, detail });
  return {
    messageId: detail.activityId,
    receiptHandle: '',
    body,
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: '0',
      SenderId: '',
      ApproximateFirstReceiveTimestamp: '0',
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: '',
    awsRegion: 'us-east-1',
  };
}
