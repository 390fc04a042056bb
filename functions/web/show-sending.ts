import { colleaguesOf } from '../nurture/colleague.ts';
import { readSending } from '../nurture/read-sending.ts';
import type { HttpRequest } from '../runtime/http.ts';
import { sendingPage, type TroubleRow } from './sending-page.ts';
import type { Frame } from './shell.ts';
import { leadNameOf } from './show-handoffs.ts';
import type { PagesDeps } from './show-pages.ts';

export async function showSending({ query }: HttpRequest, frame: Frame, deps: PagesDeps): Promise<string> {
  const cursor = query.get('cursor') ?? undefined;
  const colleagues = colleaguesOf(deps.team, deps.account);
  const sending = await readSending(
    { limit: 25, cursor },
    { ...deps, colleagues, switches: deps.sendingSwitch, quotas: deps.sendingQuotas },
  );
  const rows = await Promise.all(
    sending.trouble.map(async (message): Promise<TroubleRow> => {
      // What Ripen tells the team of itself is about nobody.
      const leadName = message.leadId === 'account' ? null : await leadNameOf(message.leadId, frame.reader, deps);
      return { message, leadName };
    }),
  );
  const { sequenceNames } = deps;
  return sendingPage({
    frame,
    sending,
    rows,
    sequenceNames,
    further: cursor !== undefined,
    changed: query.has('changed'),
  });
}
