import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';

/**
 * Copies a playbook into `folder`, for an account that is not careful: of the soak's few hundred people some have no mailbox and some
 * complain, and the product would rightly pause all marketing e-mail before there is much to kill.
 */
export function writeSoakPlaybook(playbook: string, folder: string): void {
  cpSync(playbook, folder, { recursive: true });
  const file = join(folder, 'account.yaml');
  const account = parseDocument(readFileSync(file, 'utf8'));
  account.set('sending', { pauseAtBounceRate: 1, pauseAtComplaintRate: 1 });
  writeFileSync(file, account.toString());
}
