import * as z from 'zod';
import { label } from './words.ts';

const Named = z.array(z.object({ id: z.string(), name: z.string() }));

/** What the running playbook calls its sequences, by id. */
export type SequenceNames = ReadonlyMap<string, string>;

export function sequenceNames(sequences: unknown): SequenceNames {
  return new Map(Named.parse(sequences).map(({ id, name }) => [id, name]));
}

/** The name that the sequences' own pages show; of one that the playbook no longer has, its id in words. */
export function sequenceName(id: string, names: SequenceNames): string {
  return names.get(id) ?? label(id);
}
