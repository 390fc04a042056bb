import { ImportedReason } from '../../functions/consent/suppress-lead.ts';
import { Purpose } from '../../functions/leads/activity.ts';

/** A command line that cannot mean anything: one sentence, exit 1, nothing imported. */
export class ImportError extends Error {
  override readonly name = 'ImportError';
}

/** `--map name=Column`, as often as needed. */
export function mapOption(text: string, map: ReadonlyMap<string, string> = new Map()): ReadonlyMap<string, string> {
  const [, field, column] = /^([A-Za-z][\w]*)=(.+)$/.exec(text) ?? [];
  if (field === undefined || column === undefined)
    throw new ImportError(`--map ${text}: write field=Column, such as email=E-mail`);
  return new Map([...map, [field, column]]);
}

/** `--derive email=mql_id@example.invalid`: a stable stand-in address. Only under `.invalid`, where no mail is ever sent. */
export function deriveOption(text: string): { readonly column: string; readonly domain: string } {
  const [, column, domain] = /^email=(.+)@([a-z0-9.-]+\.invalid)$/.exec(text) ?? [];
  if (column === undefined || domain === undefined)
    throw new ImportError(
      `--derive ${text}: write email=Column@example.invalid; the domain ends in .invalid, so that nothing is ever sent there`,
    );
  return { column, domain };
}

/** `--consent marketing=granted`: which purpose, for every row. */
export function consentOption(text: string, purposes: readonly Purpose[] = []): readonly Purpose[] {
  const purpose = Purpose.options.find((known) => text === `${known}=granted`);
  if (purpose === undefined)
    throw new ImportError(
      `--consent ${text}: write ${Purpose.options.map((known) => `${known}=granted`).join(' or ')}`,
    );
  return [...purposes, purpose];
}

/** `--suppress unsubscribe`: why nothing may be sent to the addresses of the file. */
export function suppressOption(text: string): ImportedReason {
  const reason = ImportedReason.safeParse(text).data;
  if (reason === undefined) throw new ImportError(`--suppress ${text}: write ${ImportedReason.options.join(', ')}`);
  return reason;
}
