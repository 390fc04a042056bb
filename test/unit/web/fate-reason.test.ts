import { describe, expect, it } from 'vitest';
import { fateReason } from '../../../functions/web/fate-reason.ts';

describe('why a message did not arrive', () => {
  it.each([
    ['NoEmail 5.1.1', 'there is no such mailbox'],
    ['General 5.1.1', 'there is no such mailbox'],
    ['General', 'their server does not say why'],
    ['MailboxFull 4.2.2', 'the mailbox is full'],
    ['Suppressed', 'SES refuses this address: mail to it has bounced before'],
    ['OnAccountSuppressionList', 'SES refuses this address: mail to it has bounced before'],
    ['TransientCommunicationFailure', 'their mail server does not answer'],
    ['Bad content', 'SES has found a virus in it'],
  ])('%s: %s', (reason, words) => {
    expect(fateReason(reason, 'en')).toBe(words);
    expect(fateReason(reason, 'pt-BR')).not.toBe(words);
  });

  it('that we have no words for is said as SES says it', () => {
    expect(fateReason("Attribute 'name' is not present", 'en')).toBe("Attribute 'name' is not present");
  });
});
