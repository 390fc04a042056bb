import accountPart from 'ripen:playbook/account';
import { Account } from '../leads/account.ts';
import { leadStore } from '../leads/lead.store.ts';
import { table } from '../runtime/dynamodb.ts';
import { env } from '../runtime/environment.ts';
import { onQueueMessages } from '../runtime/on-queue-message.ts';
import { publisher } from '../runtime/publish.ts';
import { secret } from '../runtime/secrets.ts';
import { type ReplyDeps, receiveReply } from './receive-reply.ts';
import { replyStore } from './reply.store.ts';
import { replyMailStore } from './reply-mail.store.ts';

const leads = table();
const account = Account.parse(accountPart);
const deps: ReplyDeps = {
  mails: replyMailStore(),
  replies: replyStore(leads),
  leads: leadStore(leads, account.timeZone),
  linkKeys: secret('LINK_KEYS_SECRET_ARN'),
  account,
  baseUrl: env('BASE_URL'),
  publish: publisher(),
};

export const handler = onQueueMessages((said) => receiveReply(said, deps));
