import account from 'ripen:playbook/account';
import emails from 'ripen:playbook/emails';
import followUp from 'ripen:playbook/follow-up';
import forms from 'ripen:playbook/forms';
import metrics from 'ripen:playbook/metrics';
import modelVersion from 'ripen:playbook/model-version';
import scoring from 'ripen:playbook/scoring';
import sequences from 'ripen:playbook/sequences';
import team from 'ripen:playbook/team';
import version from 'ripen:playbook/version';
import { table } from '../runtime/dynamodb.ts';
import { log } from '../runtime/log.ts';
import { publisher } from '../runtime/publish.ts';
import { Account } from './account.ts';
import { activateModel } from './activate-model.ts';
import { activationStore } from './activation.store.ts';
import { playbookStore } from './playbook.store.ts';

const leads = table();
const playbooks = playbookStore(leads);
const deps = { activations: activationStore(leads), publish: publisher(), now: Date.now };

/**
 * Runs once per deployment: keeps this version of the playbook, so that walks begun under it can be finished under it, and its scoring
 * model under the model's own version, to which all leads are then brought.
 */
export const handler = async (): Promise<void> => {
  await playbooks.put(version, { account, emails, 'follow-up': followUp, forms, metrics, scoring, sequences, team });
  await playbooks.put(modelVersion, { scoring: { scoring, timeZone: Account.parse(account).timeZone } });
  const { status, from } = await activateModel(modelVersion, deps);
  log('playbook-stored', { version, modelVersion, from, status });
};
