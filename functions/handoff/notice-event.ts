import type { Lead } from '../leads/lead.ts';
import type { Handoff } from './handoff.ts';
import type { HotLead } from './hot-lead.ts';
import { mayDial, mayWrite, reachOf } from './next-step.ts';
import type { Concerned, News } from './notice.ts';

/** Whom it is told. */
interface Reader {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

interface NoticeEvent {
  readonly type: 'notice.hot-lead' | 'notice.noted' | 'notice.gone' | 'notice.waiting';
  /** ISO: when the hand-off became what it is told as. */
  readonly timestamp: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A hot lead as JSON, for somebody who is told by a webhook (docs/channels.md). */
export function hotLeadEvent(told: HotLead, handoff: Handoff, lead: Lead, reader: Reader): NoticeEvent {
  const { handoffId, leadId, cycle, turn, level, qualifiedBy, qualifiedAt, dueAt } = handoff;
  const { name, email, phone, company, role, why, said, score, reasons, activities, nextStep, language } = told;
  const { marketing } = lead.consent;
  const reach = reachOf(handoff, lead);
  return {
    type: 'notice.hot-lead',
    timestamp: handoff.assignedAt ?? handoff.qualifiedAt,
    data: {
      ...{ handoffId, leadId, cycle, turn, level, qualifiedBy, qualifiedAt, acceptBy: dueAt },
      rep: { id: reader.id, name: reader.name, email: reader.email },
      lead: { name, email, phone, company, role, language: lead.language },
      consent: {
        marketing: marketing?.status ?? null,
        suppressed: lead.suppressed?.reason ?? null,
        mayWrite: mayWrite(reach),
        mayCall: mayDial(reach),
      },
      ...{ language, why, said, score, reasons, activities, nextStep },
      reply: told.replyText === '' ? null : { subject: told.replySubject, text: told.replyText },
      links: { accept: told.acceptUrl, reject: told.rejectUrl, open: told.openUrl, lead: told.link },
    },
  };
}

/** Something short as JSON. */
export function newsEvent(
  about: Exclude<Concerned['about'], 'hot-lead'>,
  news: News,
  handoff: Handoff,
  at: string,
  reader: Reader,
): NoticeEvent {
  const { handoffId, leadId, cycle, rep } = handoff;
  const note = about === 'noted' ? handoff.notes.at(-1)?.kind : undefined;
  return {
    type: `notice.${about}`,
    timestamp: at,
    data: {
      ...{ handoffId, leadId, cycle, whose: rep },
      rep: { id: reader.id, name: reader.name, email: reader.email },
      ...(note !== undefined && { note }),
      ...{ language: news.language, text: news.headline, links: { open: news.openUrl } },
    },
  };
}
