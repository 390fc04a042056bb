import type { Language } from './language.ts';

/** Why a message did not arrive, or not yet, in words; what SES says that we have no words for, as it is. */
export function fateReason(reason: string, language: Language): string {
  const found = reasons.find(([signs]) => signs.test(reason));
  return found ? found[1][language] : reason;
}

/** SES's own kind stands first, the mail server's code after it: `NoEmail 5.1.1`. The first that fits tells. */
const reasons: readonly (readonly [RegExp, Readonly<Record<Language, string>>])[] = [
  [
    /^(OnAccount)?Suppress/,
    {
      en: 'SES refuses this address: mail to it has bounced before',
      'pt-BR': 'o SES recusa este endereço: ele já devolveu mensagens antes',
    },
  ],
  [/MailboxFull|\b[45]\.2\.2\b/, { en: 'the mailbox is full', 'pt-BR': 'a caixa postal está cheia' }],
  [/NoEmail|\b5\.1\.\d+\b/, { en: 'there is no such mailbox', 'pt-BR': 'essa caixa postal não existe' }],
  [/\b5\.4\.4\b/, { en: 'the domain takes no mail', 'pt-BR': 'o domínio não recebe e-mail' }],
  [
    /MessageTooLarge/,
    { en: 'the message is too large for their server', 'pt-BR': 'a mensagem é grande demais para o servidor deles' },
  ],
  [
    /AttachmentRejected/,
    { en: 'their server takes no such attachment', 'pt-BR': 'o servidor deles não aceita esse anexo' },
  ],
  [
    /ContentRejected|SpamDetected|\b5\.7\.\d+\b/,
    {
      en: 'their server takes it for spam, or does not want what it says',
      'pt-BR': 'o servidor deles a toma por spam ou não quer o que ela diz',
    },
  ],
  [/^Bad content/i, { en: 'SES has found a virus in it', 'pt-BR': 'o SES encontrou um vírus nela' }],
  [
    /IPFailure|SendingDeferral/,
    {
      en: 'their server takes no mail from ours for the moment',
      'pt-BR': 'o servidor deles não aceita mensagens do nosso no momento',
    },
  ],
  [
    /RecipientServerError|TransientCommunicationFailure/,
    { en: 'their mail server does not answer', 'pt-BR': 'o servidor de e-mail deles não responde' },
  ],
  [
    /InternalFailure/,
    { en: 'SES itself has a fault, and tries again', 'pt-BR': 'o próprio SES está com uma falha e tenta de novo' },
  ],
  [/^(General|Undetermined)/, { en: 'their server does not say why', 'pt-BR': 'o servidor deles não diz por quê' }],
];
