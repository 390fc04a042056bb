import type { Page } from '../leads/lead.store.ts';
import { troubleKeys } from '../leads/table.ts';
import type { Table } from '../runtime/dynamodb.ts';
import { listPage } from '../runtime/list-page.ts';
import { isTrouble, Send } from './send.ts';

/** Messages a person should look at; they are written with their send (I-M3). */
export interface TroubleStore {
  /** The newest first. @throws RequestError on a cursor that no list gave. */
  list(limit: number, cursor?: string): Promise<Page<Send>>;
}

export function troubleStore(table: Table): TroubleStore {
  return {
    async list(limit, cursor) {
      const page = await listPage(table, { list: troubleKeys('', '').listPk, limit, cursor, newestFirst: true });
      // The index may still hold what SES has just proved sent after all, or what an erasure has emptied.
      return { ...page, items: page.items.flatMap((item) => Send.safeParse(item).data ?? []).filter(isTrouble) };
    },
  };
}
