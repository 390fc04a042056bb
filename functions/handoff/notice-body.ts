import { hotLeadEvent, newsEvent } from './notice-event.ts';
import { slackHotLead, slackNews } from './slack-message.ts';
import type { Channel } from './team.ts';
import { teamsHotLead, teamsNews } from './teams-card.ts';
import type { Notice } from './telling.ts';

/** A notice as the channel takes it: to be sent as JSON. `at`: when what it tells happened, ISO. */
export function byChannel(kind: Exclude<Channel['kind'], 'email'>, notice: Notice, at: string): object {
  const { reader, handoff, lead } = notice;
  switch (kind) {
    case 'slack':
      return notice.about === 'hot-lead' ? slackHotLead(notice.told) : slackNews(notice.told);
    case 'teams':
      return notice.about === 'hot-lead' ? teamsHotLead(notice.told) : teamsNews(notice.told);
    case 'webhook':
      return notice.about === 'hot-lead'
        ? hotLeadEvent(notice.told, handoff, lead, reader)
        : newsEvent(notice.about, notice.told, handoff, at, reader);
  }
}
