import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import type { Table } from '../runtime/dynamodb.ts';
import { getAll } from '../runtime/get-all.ts';
import { queryAll } from '../runtime/query-all.ts';
import { type Write, writeAll } from '../runtime/transaction.ts';
import { SequenceDay } from './sequence-day.ts';

/** The sequences of one day as last counted. `revision` counts the writes; 0: none yet. */
export interface SequencesOfDay {
  readonly day: string;
  readonly revision: number;
  readonly sequences: readonly SequenceDay[];
}

/** The list of a day: which sequences have figures on it. */
const DayList = z.object({ revision: z.number().int(), sequences: z.array(z.string()) });

// A transaction takes a hundred writes, and one of them is the day's list.
const mostAtOnce = 99;

/**
 * In the table `metrics`: a sequence's day as `SEQUENCE#<id>` / `<day>`, so that a report is one query, and which sequences a day
 * has as `D#<day>` / `sequences`, so that figures which have moved to another day are found and taken back.
 */
export interface SequenceDayStore {
  ofDay(day: string): Promise<SequencesOfDay>;
  /** Stores the sequences of `after` that differ. `conflict`: somebody else has restated the day since `before` was read; count again. */
  save(before: SequencesOfDay, after: readonly SequenceDay[]): Promise<'saved' | 'same' | 'conflict'>;
  /** The days of one sequence that have figures, in order, both ends included. */
  between(sequence: string, from: string, to: string): Promise<readonly SequenceDay[]>;
}

export function sequenceDayStore(table: Table): SequenceDayStore {
  const { client, name: TableName } = table;
  return { ofDay, save, between };

  async function ofDay(day: string): Promise<SequencesOfDay> {
    const [item] = await getAll(table, [listKey(day)]);
    if (!item) return { day, revision: 0, sequences: [] };
    const { revision, sequences } = DayList.parse(item);
    const found = await getAll(
      table,
      sequences.map((id) => dayKey(id, day)),
    );
    return { day, revision, sequences: found.map((one) => SequenceDay.parse(one)) };
  }

  async function save(before: SequencesOfDay, after: readonly SequenceDay[]) {
    const changed = changes(before.sequences, after);
    if (changed.length === 0) return 'same';
    const { day } = before;
    const known = new Set([...before.sequences, ...changed].map(({ sequence }) => sequence));
    let { revision } = before;
    // More than a transaction takes go in several: each finds the one before it, and a crash leaves days that the next roll mends.
    for (let first = 0; first < changed.length; first += mostAtOnce) {
      const puts = changed.slice(first, first + mostAtOnce).map(
        (one): Write => ({
          Put: { TableName, Item: { ...dayKey(one.sequence, day), kind: 'sequence-day', day, ...one } },
        }),
      );
      const list: Write = {
        Put: {
          TableName,
          Item: { ...listKey(day), kind: 'sequences', day, revision: revision + 1, sequences: [...known].sort() },
          ConditionExpression: revision === 0 ? 'attribute_not_exists(pk)' : 'revision = :revision',
          ...(revision > 0 && { ExpressionAttributeValues: { ':revision': revision } }),
        },
      };
      const { outcome } = await writeAll({ client }, [list, ...puts]);
      if (outcome === 'refused') return 'conflict';
      revision += 1;
    }
    return 'saved';
  }

  async function between(sequence: string, from: string, to: string): Promise<readonly SequenceDay[]> {
    const items = await queryAll(table, {
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: { ':pk': dayKey(sequence, '').pk, ':from': from, ':to': to },
      ConsistentRead: true,
    });
    return items.map((item) => SequenceDay.parse(item));
  }
}

/** What must be written so that `before` becomes `after`: a sequence that has nothing any more is written as nothing. */
function changes(before: readonly SequenceDay[], after: readonly SequenceDay[]): readonly SequenceDay[] {
  const gone = before
    .filter(({ sequence }) => !after.some((one) => one.sequence === sequence))
    .map(({ sequence }): SequenceDay => ({ sequence, entered: 0, left: [], steps: [] }));
  return [...after, ...gone].filter((one) => {
    const was = before.find(({ sequence }) => sequence === one.sequence);
    return was === undefined || !isDeepStrictEqual(was, one);
  });
}

function dayKey(sequence: string, day: string): { readonly pk: string; readonly sk: string } {
  return { pk: `SEQUENCE#${sequence}`, sk: day };
}

function listKey(day: string): { readonly pk: string; readonly sk: string } {
  return { pk: `D#${day}`, sk: 'sequences' };
}
