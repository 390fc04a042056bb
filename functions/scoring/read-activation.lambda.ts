import { activationStore } from '../leads/activation.store.ts';
import { table } from '../runtime/dynamodb.ts';
import { json, onHttp, RequestError } from '../runtime/http.ts';
import { readActivation } from './read-activation.ts';

const activations = activationStore(table());

export const handler = onHttp(async () => {
  const activation = await readActivation(activations);
  if (!activation) throw new RequestError(404, 'no-activation', 'No scoring model is active: deploy a playbook.');
  return json(200, activation);
});
