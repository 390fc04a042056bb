import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';

/** A bucket of the template. */
export interface BucketSpec {
  readonly name: string;
  /** Objects whose key begins with `prefix` are gone after so many days. */
  readonly expiry: readonly { readonly prefix: string; readonly days: number }[];
}

/** An object without its bytes. `modifiedAt` is epoch milliseconds on the pipeline's clock. */
export interface ObjectHead {
  readonly key: string;
  readonly size: number;
  readonly etag: string;
  readonly contentType: string;
  readonly modifiedAt: number;
}

export interface NewObject {
  readonly bucket: string;
  readonly key: string;
  readonly bytes: Uint8Array;
  readonly contentType?: string;
}

/** S3 on SQLite: the bytes lie beside the queues, so an object and the message about it are written together or not at all. */
export interface Buckets {
  has(bucket: string): boolean;
  /** Durable when it returns, or with the transaction it is called in. Answers the ETag. */
  put(object: NewObject): string;
  get(bucket: string, key: string): (ObjectHead & { readonly bytes: Uint8Array }) | null;
  head(bucket: string, key: string): ObjectHead | null;
  remove(bucket: string, key: string): void;
  /** In the order of their keys, at most `limit`, after the key `after`. */
  list(bucket: string, query: { prefix: string; after: string; limit: number }): readonly ObjectHead[];
  /** Deletes what the buckets' rules say is past its time, and answers how many objects that were. */
  expire(): number;
}

const DAY_MS = 86_400_000;

const Head = z
  .object({ key: z.string(), size: z.number(), etag: z.string(), content_type: z.string(), modified_at: z.number() })
  .transform(
    ({ key, size, etag, content_type, modified_at }): ObjectHead => ({
      key,
      size,
      etag,
      contentType: content_type,
      modifiedAt: modified_at,
    }),
  );
const Bytes = z.object({ bytes: z.instanceof(Uint8Array) });

export function openBuckets(db: DatabaseSync, specs: readonly BucketSpec[], now: () => number): Buckets {
  db.exec(`
    CREATE TABLE IF NOT EXISTS s3_object (
      bucket TEXT NOT NULL, key TEXT NOT NULL, bytes BLOB NOT NULL, etag TEXT NOT NULL, content_type TEXT NOT NULL,
      modified_at INTEGER NOT NULL, PRIMARY KEY (bucket, key)) STRICT`);
  const columns = 'key, length(bytes) AS size, etag, content_type, modified_at';
  const upsert = db.prepare('INSERT OR REPLACE INTO s3_object VALUES (?, ?, ?, ?, ?, ?)');
  const select = db.prepare(`SELECT ${columns} FROM s3_object WHERE bucket = ? AND key = ?`);
  const selectBytes = db.prepare('SELECT bytes FROM s3_object WHERE bucket = ? AND key = ?');
  const remove = db.prepare('DELETE FROM s3_object WHERE bucket = ? AND key = ?');
  const selectPage = db.prepare(
    `SELECT ${columns} FROM s3_object WHERE bucket = ? AND substr(key, 1, length(?)) = ? AND key > ? ORDER BY key LIMIT ?`,
  );
  const expire = db.prepare(
    'DELETE FROM s3_object WHERE bucket = ? AND substr(key, 1, length(?)) = ? AND modified_at < ?',
  );
  const head = (bucket: string, key: string) => Head.optional().parse(select.get(bucket, key)) ?? null;
  return {
    has: (bucket) => specs.some(({ name }) => name === bucket),
    put({ bucket, key, bytes, contentType = 'application/octet-stream' }) {
      const etag = `"${createHash('md5').update(bytes).digest('hex')}"`;
      upsert.run(bucket, key, bytes, etag, contentType, Math.floor(now()));
      return etag;
    },
    head,
    get(bucket, key) {
      const found = head(bucket, key);
      return found && { ...found, ...Bytes.parse(selectBytes.get(bucket, key)) };
    },
    remove: (bucket, key) => void remove.run(bucket, key),
    list: (bucket, { prefix, after, limit }) =>
      selectPage.all(bucket, prefix, prefix, after, limit).map((row) => Head.parse(row)),
    expire() {
      const rules = specs.flatMap(({ name, expiry }) => expiry.map((rule) => ({ name, ...rule })));
      const counts = rules.map(({ name, prefix, days }) =>
        Number(expire.run(name, prefix, prefix, Math.floor(now()) - days * DAY_MS).changes),
      );
      return counts.reduce((sum, count) => sum + count, 0);
    },
  };
}
