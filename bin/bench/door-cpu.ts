import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { Engine } from './engine.ts';
import { aKnownLead, type KnownLead, takeAt } from './known-leads.ts';
import { line, type Measurement } from './measurement.ts';
import { type Deeds, deeds } from './people.ts';
import { type Contestant, ownCpu, race } from './rounds.ts';
import { openDoor, type Playbook, type ScoringDoor } from './scoring-door.ts';

/** The least that storing anything through the SDK costs: one `UpdateItem` that counts. */
export function bareUpdate({ client, table }: Pick<Engine, 'client' | 'table'>): Contestant {
  const command = {
    TableName: table.name,
    Key: { pk: { S: 'B#counter' }, sk: { S: 'A' } },
    UpdateExpression: 'ADD n :one',
    ExpressionAttributeValues: { ':one': { N: '1' } },
  };
  return {
    run: async (calls) => {
      let ok = 0;
      for (let n = 0; n < calls; n++) ok += (await client.send(new UpdateItemCommand(command))).$metadata.attempts ?? 1;
      return ok;
    },
  };
}

/** Page views of known leads through the scoring door, `perBatch` in one call, of one lead or of so many. */
export function views(
  leads: readonly KnownLead[],
  perBatch: number,
  { door, people }: { door: ScoringDoor; people: Deeds },
): Contestant {
  const batch = () =>
    Array.from({ length: perBatch }, (_, index) => {
      const lead = leads[index % leads.length];
      if (!lead) throw new Error('a batch needs a lead');
      return people.view(lead.person, '/blog/lead-scoring', lead.later(1));
    });
  return {
    perCall: perBatch,
    run: async (calls) => {
      for (let n = 0; n < calls; n++) await takeAt(door, batch());
      return calls;
    },
  };
}

/** What the scoring door costs for an activity in CPU time, against one bare `UpdateItem` of the same SDK on the same engine. */
export async function measureDoor(engine: Engine, playbook: Playbook, rounds: number): Promise<readonly Measurement[]> {
  const door = await openDoor(engine.table, playbook);
  const people = deeds(playbook.parts);
  const leads: KnownLead[] = [];
  for (let n = 0; n < 100; n++) leads.push(await aKnownLead(1_000_000 + n, 3, { door, people }));
  const one = leads.slice(0, 1);
  const of = await race(
    {
      update: bareUpdate(engine),
      'one activity': views(one, 1, { door, people }),
      '10 activities of one lead': views(one, 10, { door, people }),
      '100 activities of one lead': views(one, 100, { door, people }),
      '10 activities of 10 leads': views(leads.slice(0, 10), 10, { door, people }),
      '100 activities of 100 leads': views(leads, 100, { door, people }),
    },
    { rounds, leastTurnMs: 200, meters: { door: ownCpu, engine: engine.cpu } },
  );
  engine.trim();
  const names = [
    'one activity',
    '10 activities of one lead',
    '100 activities of one lead',
    '10 activities of 10 leads',
    '100 activities of 100 leads',
  ] as const;
  const hasEngineCpu = of('update', 'engine').every((us) => us > 0);
  return names.flatMap((name) => {
    const both = (each: 'update' | typeof name) =>
      of(each, 'door').map((us, round) => us + (of(each, 'engine')[round] ?? 0));
    const floor = (values: readonly number[]) => ({ name: 'a bare UpdateItem', values });
    const named = (what: string) => ({ part: 'door', name: `${name}, each: CPU of ${what}`, unit: 'µs' });
    return [
      line(named('the door'), of(name, 'door'), floor(of('update', 'door'))),
      ...(hasEngineCpu ? [line(named('door and database'), both(name), floor(both('update')))] : []),
    ];
  });
}
