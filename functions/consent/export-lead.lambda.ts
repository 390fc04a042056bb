import { table } from '../runtime/dynamodb.ts';
import { json, onHttp } from '../runtime/http.ts';
import { secret } from '../runtime/secrets.ts';
import { exportStore } from './export-lead.store.ts';
import { exportLead } from './export-lead.ts';

const deps = { exports: exportStore(table()), pepper: secret('PEPPER_SECRET_ARN'), now: Date.now };

export const handler = onHttp(async ({ params: { leadId = '' }, query }) => {
  const exported = await exportLead(leadId, query.get('cursor') ?? undefined, deps);
  return json(200, exported, { 'content-disposition': `attachment; filename="lead-${exported.leadId}.json"` });
});
