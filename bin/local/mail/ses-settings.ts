import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';

/** What the account may send: recipients per second, and per 24 hours (-1: no limit). */
export const SendQuota = z.strictObject({
  maxSendRate: z.number().positive(),
  max24HourSend: z.number().int().min(-1),
});
export type SendQuota = z.infer<typeof SendQuota>;

const Chance = z.number().min(0).max(1).default(0);

/**
 * What goes wrong on the way, each as a chance from 0 to 1: an event is lost on its way to the bus, or to a topic; one that is
 * not lost arrives twice; an accepted message's answer never reaches its sender.
 */
export const SesWeather = z.strictObject({
  dropBus: Chance,
  dropTopic: Chance,
  duplicate: Chance,
  loseResponse: Chance,
});
export type SesWeather = z.infer<typeof SesWeather>;

/** What may be set about the local SES while it runs. Kept, so that a restart changes nothing. */
export interface SesSettings {
  readonly quota: SendQuota;
  readonly weather: SesWeather;
  setQuota(quota: SendQuota): void;
  setWeather(weather: SesWeather): void;
}

/** A large account's. More than one laptop sends, and still a number that a schedule can be made of. */
const generous: SendQuota = { maxSendRate: 1_000, max24HourSend: 10_000_000 };

export function openSesSettings(db: DatabaseSync, firstQuota: SendQuota = generous): SesSettings {
  db.exec('CREATE TABLE IF NOT EXISTS ses_setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT');
  const select = db.prepare('SELECT value FROM ses_setting WHERE name = ?');
  const upsert = db.prepare('INSERT OR REPLACE INTO ses_setting VALUES (?, ?)');
  const Row = z.object({ value: z.string().transform((text): unknown => JSON.parse(text)) });
  const stored = (name: string) => Row.optional().parse(select.get(name))?.value;
  let quota = SendQuota.parse(stored('quota') ?? firstQuota);
  let weather = SesWeather.parse(stored('weather') ?? {});
  return {
    get quota() {
      return quota;
    },
    get weather() {
      return weather;
    },
    setQuota(given) {
      upsert.run('quota', JSON.stringify(given));
      quota = given;
    },
    setWeather(given) {
      upsert.run('weather', JSON.stringify(given));
      weather = given;
    },
  };
}

/** How often an event arrives at `to` in this weather: not at all, once or twice. `random` is in [0, 1). */
export function copies(to: string, { dropBus, dropTopic, duplicate }: SesWeather, random: () => number): 0 | 1 | 2 {
  const lost = to === 'bus' ? dropBus : dropTopic;
  if (lost > 0 && random() < lost) return 0;
  return duplicate > 0 && random() < duplicate ? 2 : 1;
}
