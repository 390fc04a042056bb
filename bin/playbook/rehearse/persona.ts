import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { ActivityType } from '../../../functions/leads/activity.ts';
import { Duration, durationMs } from '../../../functions/leads/duration.ts';

/** From the start of the rehearsal: `PT0S`, or as a wait is written. */
const After = z.union([z.literal('PT0S').transform(() => 0), Duration.transform(durationMs)]);

const Deed = z.strictObject({
  after: After,
  activity: ActivityType,
  properties: z.record(z.string(), z.json()).default({}),
});

const Templates = z.array(z.string()).default([]);

/** A made-up person to rehearse a sequence with: who they are, what they do, and which of our e-mails they read. */
export const Persona = z.strictObject({
  email: z.email(),
  name: z.string().default(''),
  language: z.string().optional(),
  attributes: z.record(z.string(), z.json()).default({}),
  consents: z.array(z.literal('marketing')).default([]),
  startsAt: z.iso.datetime({ offset: true }),
  does: z.array(Deed).min(1),
  reads: z
    .strictObject({ opens: Templates, clicks: Templates, replies: Templates })
    .default({ opens: [], clicks: [], replies: [] }),
});
export type Persona = z.infer<typeof Persona>;
export type Deed = Persona['does'][number];

/** Reads a persona from a JSON file. Throws with what to mend. */
export async function readPersona(file: string): Promise<Persona> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new PersonaError(`there is no file ${file}: copy one of playbook/personas`);
  });
  const read = Persona.safeParse(jsonOf(text, file));
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new PersonaError(`${file}: ${issue?.path.join('.')}: ${issue?.message}`);
}

/** A persona that cannot be read: its message is for whoever wrote it. */
export class PersonaError extends Error {}

function jsonOf(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new PersonaError(`${file} is no JSON: ${error instanceof Error ? error.message : error}`);
  }
}
