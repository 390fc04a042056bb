import account from 'ripen:playbook/account';
import forms from 'ripen:playbook/forms';
import { Account } from '../leads/account.ts';
import { onHttp } from '../runtime/http.ts';
import { publisher } from '../runtime/publish.ts';
import { Forms } from './form.ts';
import { receiveForm } from './receive-form.ts';

const deps = { forms: Forms.parse(forms), account: Account.parse(account), publish: publisher(), now: Date.now };

export const handler = onHttp((request) => receiveForm(request, deps));
