import accountPart from 'ripen:playbook/account';
import teamPart from 'ripen:playbook/team';
import { Account } from '../leads/account.ts';
import { ActivityRecorded, HandoffDue, LeadErased, LeadQualified, LeadRequalified } from '../leads/bus-event.ts';
import { table } from '../runtime/dynamodb.ts';
import { log } from '../runtime/log.ts';
import { on, onBusEvents } from '../runtime/on-bus-event.ts';
import { followActivity, followRequalified } from './follow-lead.ts';
import { freePlace } from './free-place.ts';
import { handOffLead } from './hand-off-lead.ts';
import { handoffDeps } from './handoff-deps.ts';
import { moveHandoff } from './move-handoff.ts';
import { Team } from './team.ts';

const deps = handoffDeps(table(), Account.parse(accountPart), Team.parse(teamPart));

export const handler = onBusEvents(
  on(LeadQualified, async (qualified) => {
    const { outcome, ...ids } = await handOffLead(qualified, deps);
    log(`hand-off-${outcome}`, { leadId: qualified.leadId, cycle: qualified.cycle, ...ids });
  }),
  on(HandoffDue, async ({ leadId, cycle }) => {
    log(`hand-off-due-${await moveHandoff(leadId, cycle, deps)}`, { leadId, cycle });
  }),
  on(LeadRequalified, (requalified) => followRequalified(requalified, deps)),
  on(ActivityRecorded, (recorded) => followActivity(recorded, deps)),
  on(LeadErased, (erased) => freePlace(erased, deps)),
);
