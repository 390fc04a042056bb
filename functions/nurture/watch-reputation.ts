import type { Account } from '../leads/account.ts';
import { log } from '../runtime/log.ts';
import { pausedMessage, pausedReason } from './paused-message.ts';
import { type ReputationDeps, readReputation } from './read-reputation.ts';
import { pauseCause } from './reputation.ts';
import type { SendingSwitchStore } from './sending-switch.store.ts';
import { pause } from './sending-switch.ts';

export interface WatchDeps extends ReputationDeps {
  readonly switches: SendingSwitchStore;
  readonly account: Account;
  readonly baseUrl: string;
}

const dayMs = 24 * 60 * 60_000;

/**
 * Pauses marketing e-mail when too many messages come back or are called spam, and tells the team: AWS stops a whole account at
 * twice our limits, and mailbox providers sooner. Only a person lets it go again. It pauses once, however often it runs.
 */
export async function watchReputation(deps: WatchDeps): Promise<{ readonly idleUntil: string }> {
  const { switches, account, baseUrl, now } = deps;
  await switches.tellCopies();
  const before = await switches.get();
  const reputation = await readReputation(before.baseline, deps);
  const cause = pauseCause(reputation);
  if (cause !== null && before.paused === 'nothing') {
    const change = pause(before, 'marketing', { reason: pausedReason(cause, account), by: 'Ripen', now: now() });
    const message = pausedMessage(cause, reputation, { ver: change.after.ver, office: account, baseUrl });
    // When a person has changed it at the same moment, the next run looks again.
    if ((await switches.save(change, [message])) === 'saved') {
      const { sent, hardBounces, complaints } = reputation;
      log('marketing-paused', { cause, sent, hardBounces, complaints });
    }
  }
  // Nothing comes back unless something was sent or said, and that wakes us.
  return { idleUntil: new Date(now() + dayMs).toISOString() };
}
