import { colleagueId } from '../leads/colleague-id.ts';
import { key } from '../leads/table.ts';
import type { Table } from '../runtime/dynamodb.ts';
import { getAll } from '../runtime/get-all.ts';

/** Which of these mailboxes have stopped our notices: nothing may be sent there. */
export function silencedIn(table: Table): (emails: readonly string[]) => Promise<readonly string[]> {
  return async (emails) => {
    const items = await getAll(
      table,
      emails.map((email) => key.suppression(colleagueId(email))),
    );
    const silent = new Set(items.map(({ leadId }) => leadId));
    return emails.filter((email) => silent.has(colleagueId(email)));
  };
}
