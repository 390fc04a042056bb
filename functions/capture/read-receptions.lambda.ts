import forms from 'ripen:playbook/forms';
import { table } from '../runtime/dynamodb.ts';
import { onHttp } from '../runtime/http.ts';
import { Forms } from './form.ts';
import { readReceptions } from './read-receptions.ts';
import { receptionStore } from './reception.store.ts';

const parsed = Forms.parse(forms);
const receptions = receptionStore(table());

export const handler = onHttp(() => readReceptions(parsed, receptions));
