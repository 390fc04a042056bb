import account from 'ripen:playbook/account';
import emails from 'ripen:playbook/emails';
import forms from 'ripen:playbook/forms';
import metrics from 'ripen:playbook/metrics';
import scoring from 'ripen:playbook/scoring';
import sequences from 'ripen:playbook/sequences';
import team from 'ripen:playbook/team';
import version from 'ripen:playbook/version';
import { table } from '../runtime/dynamodb.ts';
import { log } from '../runtime/log.ts';
import { playbookStore } from './playbook.store.ts';

const playbooks = playbookStore(table());

/** Runs once per deployment: keeps this version of the playbook, so that walks begun under it can be finished under it. */
export const handler = async (): Promise<void> => {
  await playbooks.put(version, { account, emails, forms, metrics, scoring, sequences, team });
  log('playbook-stored', { version });
};
