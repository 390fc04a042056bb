import account from 'ripen:playbook/account';
import forms from 'ripen:playbook/forms';
import { Account } from '../leads/account.ts';
import { env } from '../runtime/environment.ts';
import { onHttp } from '../runtime/http.ts';
import { publisher } from '../runtime/publish.ts';
import { Forms } from './form.ts';
import { receiveTracking } from './receive-tracking.ts';

const deps = {
  forms: Forms.parse(forms),
  account: Account.parse(account),
  publish: publisher(),
  now: Date.now,
  local: env('STAGE') === 'local',
};

export const handler = onHttp((request) => receiveTracking(request, deps));
