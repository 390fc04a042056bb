import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import type { OutgoingCall } from '../inbox/call-kind.ts';

/**
 * What calls to a host are answered: a status; nothing for as long as a caller waits; or the line breaks. All three after the call was
 * heard. `*`: every other host.
 */
export const OutboundWeather = z.strictObject({
  host: z.string().min(1),
  status: z.union([z.int().min(100).max(599), z.enum(['timeout', 'reset'])]),
});
export type OutboundWeather = z.infer<typeof OutboundWeather>;

const Call: z.ZodType<OutgoingCall> = z.object({
  id: z.string(),
  at: z.number(),
  ...{ url: z.string(), host: z.string(), headers: z.record(z.string(), z.string()), body: z.string() },
  answered: OutboundWeather.shape.status,
});
const Row = z.object({ call: z.string().transform((text) => Call.parse(JSON.parse(text))) });
const Kept = z.object({ id: z.string(), call: z.string() });
const WeatherRow = z.object({ host: z.string(), status: z.string() });

/** What our functions would have told other systems: kept on this machine, and answered as they might answer. */
export interface OutboundCalls {
  keep(call: OutgoingCall): void;
  /** Newest first. */
  list(query: { readonly limit: number }): readonly OutgoingCall[];
  get(id: string): OutgoingCall | null;
  /** Takes away whatever speaks of a lead. */
  forget(leadId: string): void;
  weather(): readonly OutboundWeather[];
  setWeather(weather: OutboundWeather): void;
}

/** By name, or in the link of a message, which names the lead in base64url. */
function speaksOf(call: string, leadId: string): boolean {
  const links = [...call.matchAll(/\/h\/([\w-]+)\./g)].map(([, payload = '']) =>
    Buffer.from(payload, 'base64url').toString(),
  );
  return [call, ...links].some((text) => text.includes(leadId));
}

export function openOutboundCalls(db: DatabaseSync): OutboundCalls {
  db.exec(`
    CREATE TABLE IF NOT EXISTS outbound_calls (
      seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, call TEXT NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS outbound_weather (host TEXT PRIMARY KEY, status TEXT NOT NULL) STRICT, WITHOUT ROWID;
  `);
  const insert = db.prepare('INSERT INTO outbound_calls (id, call) VALUES (?, ?)');
  const latest = db.prepare('SELECT call FROM outbound_calls ORDER BY seq DESC LIMIT ?');
  const byId = db.prepare('SELECT call FROM outbound_calls WHERE id = ?');
  const everyCall = db.prepare('SELECT id, call FROM outbound_calls');
  const remove = db.prepare('DELETE FROM outbound_calls WHERE id = ?');
  const upsert = db.prepare(
    'INSERT INTO outbound_weather VALUES (?, ?) ON CONFLICT (host) DO UPDATE SET status = excluded.status',
  );
  const weather = db.prepare('SELECT host, status FROM outbound_weather');
  return {
    keep: (call) => void insert.run(call.id, JSON.stringify(call)),
    list: ({ limit }) => latest.all(limit).map((row) => Row.parse(row).call),
    get(id) {
      const row = byId.get(id);
      return row ? Row.parse(row).call : null;
    },
    forget(leadId) {
      for (const row of everyCall.all().map((each) => Kept.parse(each)))
        if (speaksOf(row.call, leadId)) remove.run(row.id);
    },
    weather: () =>
      weather.all().map((row) => {
        const { host, status } = WeatherRow.parse(row);
        return { host, status: status === 'timeout' || status === 'reset' ? status : Number(status) };
      }),
    setWeather: ({ host, status }) => void upsert.run(host, String(status)),
  };
}
