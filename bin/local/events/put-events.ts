import * as z from 'zod';
import type { BusEvent } from './bus.ts';
import { isRecord } from './event-pattern-operators.ts';

/** The JSON 1.1 answer of AWSEvents.PutEvents, entry for entry. */
export interface PutEventsAnswer {
  readonly FailedEntryCount: number;
  readonly Entries: readonly (AcceptedEntry | RefusedEntry)[];
}

interface AcceptedEntry {
  readonly EventId: string;
}

interface RefusedEntry {
  readonly ErrorCode: string;
  readonly ErrorMessage: string;
}

/** The whole request is refused: answer `400 {"__type":"ValidationException","message":error.message}`. */
export class ValidationException extends Error {
  override readonly name = 'ValidationException';
}

/** One entry read: an event for a bus, or why there is none. */
type ReadEntry = { readonly bus: string; readonly event: BusEvent } | RefusedEntry;

const MOST_ENTRIES = 10;
const MOST_BYTES = 256 * 1024;
const LONGEST_DETAIL_TYPE = 128;
const LONGEST_SOURCE = 256;

const Entry = z.object({
  Source: z.string().optional(),
  DetailType: z.string().optional(),
  Detail: z.string().optional(),
  EventBusName: z.string().optional(),
  Resources: z.array(z.string()).optional(),
  /** Epoch seconds, as JSON 1.1 writes a time stamp. */
  Time: z.number().optional(),
});
type Entry = z.infer<typeof Entry>;

const Request = z.object({ Entries: z.array(Entry).min(1).max(MOST_ENTRIES) });

/** What an event gets that its entry does not say. */
interface Envelope {
  readonly account: string;
  readonly region: string;
  newId(): string;
  now(): number;
}

/** Reads a PutEvents request; throws ValidationException when it is refused as a whole. */
export function readPutEvents(request: unknown, buses: ReadonlySet<string>, envelope: Envelope): readonly ReadEntry[] {
  const parsed = Request.safeParse(request);
  if (!parsed.success) throw new ValidationException(z.prettifyError(parsed.error));
  const entries = parsed.data.Entries;
  const bytes = entries.reduce((sum, entry) => sum + sizeOf(entry), 0);
  if (bytes >= MOST_BYTES) {
    throw new ValidationException(
      `Total size of the entries in the request is over the limit: ${bytes} of ${MOST_BYTES} bytes.`,
    );
  }
  return entries.map((entry) => readEntry(entry, buses, envelope));
}

function readEntry(entry: Entry, buses: ReadonlySet<string>, envelope: Envelope): ReadEntry {
  const { Source, DetailType, Detail, EventBusName = 'default', Resources = [], Time } = entry;
  const bus = EventBusName.split('/').at(-1) ?? EventBusName;
  if (!Source) return invalid('Source', 'Source is a required argument.');
  if (!DetailType) return invalid('DetailType', 'DetailType is a required argument.');
  if (!Detail) return invalid('Detail', 'Detail is a required argument.');
  if (Source.length > LONGEST_SOURCE) return invalid('Source', `Source is longer than ${LONGEST_SOURCE} characters.`);
  if (DetailType.length > LONGEST_DETAIL_TYPE) {
    return invalid('DetailType', `DetailType is longer than ${LONGEST_DETAIL_TYPE} characters.`);
  }
  if (Source.startsWith('aws.')) {
    return { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' };
  }
  const detail = parseDetail(Detail);
  if (!detail) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  // EventBridge takes these and loses them, which nobody wants to find out after deploying.
  if (!buses.has(bus)) return invalid('EventBusName', `There is no event bus ${bus} in this template.`);

  const event: BusEvent = {
    version: '0',
    id: envelope.newId(),
    'detail-type': DetailType,
    source: Source,
    account: envelope.account,
    time: isoSeconds(Time === undefined ? envelope.now() : Time * 1000),
    region: envelope.region,
    resources: Resources,
    detail,
  };
  return { bus, event };
}

function invalid(parameter: string, reason: string): RefusedEntry {
  return { ErrorCode: 'InvalidArgument', ErrorMessage: `Parameter ${parameter} is not valid. Reason: ${reason}` };
}

function parseDetail(detail: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(detail);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The documented formula: 14 bytes for a time, and the UTF-8 bytes of source, detail type, detail and resources. */
function sizeOf({ Time, Source = '', DetailType = '', Detail = '', Resources = [] }: Entry): number {
  const texts = [Source, DetailType, Detail, ...Resources];
  return (Time === undefined ? 0 : 14) + texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}

/** Event times have whole seconds. */
function isoSeconds(instantMs: number): string {
  return new Date(instantMs).toISOString().replace(/\.\d+Z$/, 'Z');
}
