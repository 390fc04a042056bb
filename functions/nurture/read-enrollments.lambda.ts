import { table } from '../runtime/dynamodb.ts';
import { json, onHttp } from '../runtime/http.ts';
import { enrollmentStore } from './enrollment.store.ts';
import { readEnrollments } from './read-enrollments.ts';
import { sendStore } from './send.store.ts';

const leads = table();
const deps = { enrollments: enrollmentStore(leads), sends: sendStore(leads), now: Date.now };

export const handler = onHttp(async ({ params }) => json(200, await readEnrollments(params.leadId ?? '', deps)));
