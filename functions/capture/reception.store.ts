import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { key } from '../leads/table.ts';
import { ifItHolds } from '../runtime/condition.ts';
import type { Table } from '../runtime/dynamodb.ts';
import { getAll } from '../runtime/get-all.ts';

const Received = z.object({ at: z.string(), activityId: z.string(), droppedFields: z.number() });
const Rejected = z.object({ at: z.string(), code: z.string(), message: z.string(), path: z.string().optional() });

/** What a form last took and last refused: how marketing sees that a form is connected, or what is wrong with it. */
export const Reception = z.object({
  formId: z.string(),
  lastReceived: Received.nullable().default(null),
  lastRejected: Rejected.nullable().default(null),
});
export type Reception = z.infer<typeof Reception>;

export interface ReceptionStore {
  /** Notes what a form took. Older than what is noted: nothing changes, so that order and repetition do not matter. */
  received(formId: string, received: z.infer<typeof Received>): Promise<void>;
  rejected(formId: string, rejected: z.infer<typeof Rejected>): Promise<void>;
  /** The reception of each form, in the order asked for; of a form nobody has posted to, both are null. */
  of(formIds: readonly string[]): Promise<readonly Reception[]>;
}

export function receptionStore({ client, name }: Table): ReceptionStore {
  return {
    received: (formId, received) => note(formId, 'lastReceived', received),
    rejected: (formId, rejected) => note(formId, 'lastRejected', rejected),

    async of(formIds) {
      const found = await getAll({ client, name }, formIds.map(key.reception));
      const noted = new Map(
        found.map((item) => Reception.parse(item)).map((reception) => [reception.formId, reception]),
      );
      return formIds.map((formId) => noted.get(formId) ?? Reception.parse({ formId }));
    },
  };

  async function note(formId: string, field: 'lastReceived' | 'lastRejected', value: { readonly at: string }) {
    await ifItHolds(
      client.send(
        new UpdateCommand({
          TableName: name,
          Key: key.reception(formId),
          UpdateExpression: 'SET #field = :value, formId = :formId, kind = :kind',
          ConditionExpression: 'attribute_not_exists(#field) OR #field.#at < :at',
          ExpressionAttributeNames: { '#field': field, '#at': 'at' },
          ExpressionAttributeValues: { ':value': value, ':formId': formId, ':kind': 'reception', ':at': value.at },
        }),
      ),
    );
  }
}
