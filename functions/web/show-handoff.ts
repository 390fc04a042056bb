import { textIn } from '../capture/form.ts';
import { parseHandoffId } from '../handoff/handoff.ts';
import { hotLead } from '../handoff/hot-lead.ts';
import { asTyped } from '../handoff/notice-typed.ts';
import { readerOf } from '../handoff/telling.ts';
import type { Lead } from '../leads/lead.ts';
import { type HttpRequest, RequestError } from '../runtime/http.ts';
import { timeLeft } from './handoff-clock.ts';
import { handoffPage } from './handoff-page.ts';
import type { Language } from './language.ts';
import { rememberedRep } from './rep-cookie.ts';
import type { Frame } from './shell.ts';
import { knownIn } from './show-handoffs.ts';
import { type PagesDeps, repNamesOf } from './show-pages.ts';

/** @throws RequestError 404 when there is no such hand-off, 410 when its lead is erased. */
export async function showHandoff(request: HttpRequest, frame: Frame, deps: PagesDeps): Promise<string> {
  const { team, account, baseUrl } = deps;
  const named = parseHandoffId(request.params.id ?? '');
  const [handoff, lead] = named
    ? await Promise.all([deps.handoffs.get(named.leadId, named.cycle), deps.leads.get(named.leadId)])
    : [null, null];
  if (!handoff) throw new RequestError(404, 'unknown-handoff', 'There is no hand-off with this id.');
  if (!lead) throw new RequestError(410, 'erased-lead', 'This person asked to be forgotten: nothing is kept of them.');
  const repNames = repNamesOf(team);
  const me = knownIn(repNames, rememberedRep(request));
  const { language, nowMs, timeZone } = frame.reader;
  // Whoever has it is the one who writes; while nobody has, it is whoever looks.
  const writer = readerOf(handoff.rep ?? me ?? '', team, account) ?? { name: account.name, timeZone };
  const told = hotLead(handoff, lead, await deps.leads.history(lead.leadId), {
    // Days and clocks as on the rest of the page.
    ...{
      reader: writer,
      language: language === 'en' ? 'en-GB' : language,
      timeZone,
      team,
      account,
      baseUrl,
      openUrl: '',
      now: nowMs,
    },
  });
  return handoffPage({
    ...{ frame, handoff, told, me, team, repNames, currency: account.currency, repTimeZone: writer.timeZone },
    wrote: wroteInForms(lead, language, deps),
    left: timeLeft(handoff, { team, account, now: nowMs }),
  });
}

/** What they wrote into the big fields of our forms. */
function wroteInForms(
  { attributes }: Pick<Lead, 'attributes'>,
  language: Language,
  { forms }: Pick<PagesDeps, 'forms'>,
) {
  const fields = Object.values(forms.forms).flatMap((form) => form.fields.filter(({ type }) => type === 'textarea'));
  const labels = new Map(fields.map(({ name, label }) => [name, textIn(label, language)]));
  return [...labels].flatMap(([name, label]) => {
    const text = asTyped(attributes[name], 2000, { lines: true });
    return text === '' ? [] : [{ label, text }];
  });
}
