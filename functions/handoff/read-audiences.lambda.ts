import followUp from 'ripen:playbook/follow-up';
import { table } from '../runtime/dynamodb.ts';
import { onHttp } from '../runtime/http.ts';
import { audienceStore } from './audience.store.ts';
import { FollowUpPlan } from './follow-up-plan.ts';
import { answerAudiences } from './read-audiences.ts';

const deps = { audiences: audienceStore(table()), plan: FollowUpPlan.parse(followUp) };

export const handler = onHttp((request) => answerAudiences(request, deps));
