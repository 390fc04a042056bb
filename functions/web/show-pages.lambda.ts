import account from 'ripen:playbook/account';
import forms from 'ripen:playbook/forms';
import metrics from 'ripen:playbook/metrics';
import scoring from 'ripen:playbook/scoring';
import sequences from 'ripen:playbook/sequences';
import team from 'ripen:playbook/team';
import playbookVersion from 'ripen:playbook/version';
import { Forms } from '../capture/form.ts';
import { Team } from '../handoff/team.ts';
import { Account } from '../leads/account.ts';
import { MetricSettings } from '../metrics/metric.ts';
import { table } from '../runtime/dynamodb.ts';
import { env } from '../runtime/environment.ts';
import { onHttp } from '../runtime/http.ts';
import { secret } from '../runtime/secrets.ts';
import { ScoringModel } from '../scoring/scoring-model.ts';
import { pagesStores } from './pages-stores.ts';
import { sequenceNames } from './sequence-name.ts';
import { type PagesDeps, showPage } from './show-pages.ts';

const parsedAccount = Account.parse(account);
const deps: PagesDeps = {
  ...pagesStores(table(), table('METRICS_TABLE_NAME'), parsedAccount.timeZone),
  pepper: secret('PEPPER_SECRET_ARN'),
  account: parsedAccount,
  forms: Forms.parse(forms),
  model: ScoringModel.parse(scoring),
  team: Team.parse(team),
  settings: MetricSettings.parse(metrics),
  sequenceNames: sequenceNames(sequences),
  playbookVersion,
  stage: env('STAGE'),
  baseUrl: env('BASE_URL'),
  now: Date.now,
  newId: () => crypto.randomUUID(),
};

export const handler = onHttp((request) => showPage(request, deps));
