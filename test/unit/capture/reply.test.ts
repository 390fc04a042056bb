import { describe, expect, it } from 'vitest';
import { replyDecision } from '../../../functions/capture/reply.ts';
import { readReplyMail } from '../../../functions/capture/reply-mail.ts';
import { ReplyNotification } from '../../../functions/capture/reply-notification.ts';
import { account } from '../../support/forms.ts';
import { aRawReply, aReplyNotification } from '../../support/reply.ts';

const lead = { email: 'ana@example.com' };

async function decide(
  headers: Readonly<Record<string, string | null>> = {},
  given: Parameters<typeof aReplyNotification>[0] = {},
  text = 'Yes, call me.',
) {
  const mail = await readReplyMail(aRawReply(headers, text));
  if (!mail) throw new Error('a plain mail is readable');
  return replyDecision(mail, ReplyNotification.parse(aReplyNotification(given)), lead, account);
}

describe('an answer', () => {
  it('of the lead is a reply; of somebody else at their place too, and says so', async () => {
    expect(await decide()).toEqual({ kind: 'reply', verified: true, from: 'lead' });
    expect(await decide({ From: 'ANA@Example.com' })).toMatchObject({ from: 'lead' });
    expect(await decide({ From: 'boss@example.com' })).toEqual({ kind: 'reply', verified: true, from: 'other' });
  });

  it('of one of us is no reply of the lead', async () => {
    for (const From of ['hello@orchard.example', 'Rita <rita@orchard.example>'])
      expect(await decide({ From })).toEqual({ kind: 'ignored', reason: 'our-own' });
  });

  const automatic: readonly Record<string, string>[] = [
    { 'Auto-Submitted': 'auto-replied' },
    { 'Auto-Submitted': 'auto-generated; owner=x' },
    { 'X-Autoreply': 'yes' },
    { 'X-Autorespond': 'out' },
    { 'X-Auto-Response-Suppress': 'All' },
    { Precedence: 'bulk' },
    { Precedence: 'auto_reply' },
    { Precedence: 'List' },
    { 'List-Id': '<news.example.com>' },
    { 'Return-Path': '<>' },
    { Subject: 'Automatic reply: Your trial' },
    { Subject: 'Out of office: back on Monday' },
    { Subject: 'Resposta automática: Sua avaliação' },
  ];
  it.each(automatic)('of a machine is none: %j', async (headers) => {
    expect(await decide(headers)).toEqual({ kind: 'ignored', reason: 'auto-reply' });
  });

  it('from nobody at all is automatic', async () => {
    expect(await decide({}, { source: '' })).toEqual({ kind: 'ignored', reason: 'auto-reply' });
  });

  const personal: readonly Record<string, string>[] = [
    { 'Auto-Submitted': 'no' },
    { 'X-Auto-Response-Suppress': 'None' },
    { Precedence: 'normal' },
    { Subject: 'Re: Out of office templates' },
  ];
  it.each(personal)('of a person is one, whatever else it says: %j', async (headers) => {
    expect(await decide(headers)).toMatchObject({ kind: 'reply' });
  });

  const servers: readonly Record<string, string>[] = [
    { 'Content-Type': 'multipart/report; report-type=delivery-status; boundary=b' },
    { From: 'Mail Delivery System <MAILER-DAEMON@mx.example.com>' },
    { From: 'postmaster@example.com' },
    { 'X-Failed-Recipients': 'ana@example.com' },
  ];
  it.each(servers)('of a mail server is none: %j', async (headers) => {
    expect(await decide(headers)).toEqual({ kind: 'ignored', reason: 'bounce' });
  });

  it.each([
    ['virus', { virus: 'FAIL' }],
    ['spam', { spam: 'FAIL' }],
  ] as const)('with %s in it is dropped', async (reason, verdicts) => {
    expect(await decide({}, { verdicts })).toEqual({ kind: 'ignored', reason });
  });

  it.each([
    [true, { dmarc: 'PASS', spf: 'FAIL', dkim: 'FAIL' }],
    [true, { dmarc: 'GRAY', spf: 'PASS', dkim: 'FAIL' }],
    // SES does not say whose signature it was: anybody can sign with a domain of their own.
    [false, { dmarc: 'GRAY', spf: 'FAIL', dkim: 'PASS' }],
    [false, { dmarc: 'GRAY', spf: 'GRAY', dkim: 'FAIL' }],
    [false, { dmarc: 'FAIL', spf: 'PASS', dkim: 'PASS' }],
    [false, { dmarc: 'PROCESSING_FAILED', spf: 'PASS', dkim: 'PASS' }],
  ] as const)('is verified: %s, with %j', async (verified, verdicts) => {
    expect(await decide({}, { verdicts })).toMatchObject({ verified });
  });

  it.each([
    [true, 'ANA@Example.com'],
    [true, 'bounces+ana@mail.example.com'],
    [false, 'ana@attacker.example'],
    [false, 'ana@notexample.com'],
    [false, 'ana@com'],
    [false, 'no address'],
  ])('without DMARC is verified: %s, when the envelope says %s', async (verified, source) => {
    expect(await decide({}, { verdicts: { dmarc: 'GRAY' }, source })).toMatchObject({ verified });
    const fromBelow = await decide({ From: 'ana@shop.example.com' }, { verdicts: { dmarc: 'GRAY' } });
    expect(fromBelow).toMatchObject({ verified: true });
  });

  it('whose sender is no address is not verified', async () => {
    expect(await decide({ From: null })).toMatchObject({ kind: 'reply', verified: false, from: 'other' });
  });

  const refusals: readonly string[] = [
    'unsubscribe',
    'UNSUBSCRIBE!!!',
    'Stop.',
    'STOP',
    'Remove',
    'Remove me',
    'Please remove me from your mailing list. Thanks, Ana',
    'Hi Rita,\n\nplease take me off this list.\n\nAna Souza\nPomar Alimentos',
    'Could you please unsubscribe me?',
    'I’d like to unsubscribe from these emails.',
    'Not interested, please remove me.',
    'I’m not interested. Please delete my e-mail address from your list.',
    'Stop emailing me',
    'Stop sending me these e-mails',
    'Don’t send me any more emails.',
    'I don’t want to receive your emails anymore',
    'No more emails please',
    'opt out',
    'cancelar',
    'Descadastrar',
    'Sair',
    'Parem de me enviar e-mails',
    'Pare de mandar e-mail',
    'Não quero mais receber seus e-mails.',
    'Nao quero mais receber',
    'Olá, bom dia!\nPor favor, me descadastre.',
    'Por favor, remova meu e-mail da sua lista. Obrigada, Ana',
    'Me tira dessa lista',
    'Favor retirar meu e-mail da lista de vocês.',
    'Gostaria de cancelar a inscrição na newsletter',
    'Não me enviem mais e-mails',
    'Sem interesse. Favor me remover da lista.',
    'Quero sair da lista',
    'Para de me mandar e-mail!',
    'Quero me descadastrar',
    'Não quero mais esses e-mails',
  ];
  it.each(refusals)('that asks to be taken off is no reply: %j', async (text) => {
    expect(await decide({}, {}, text)).toEqual({ kind: 'opt-out', verified: true, from: 'lead' });
  });

  const answers: readonly string[] = [
    'Yes, call me.',
    'Please remove me from the trial and put me on the paid plan.',
    'Stop! This is exactly what I was looking for. Call me.',
    'Cancel our call on Tuesday, Wednesday is better.',
    'I don’t want to unsubscribe, I like your e-mails.',
    'How do people unsubscribe from our own newsletter with your tool?',
    'If it is more than 100 a month, remove me from your list.',
    'Do not stop emailing me!',
    'I don’t want to receive the invoice by e-mail, can you post it?',
    'I want to cancel my subscription to your competitor. Can you help?',
    'Can your tool stop sending e-mails on Sundays?',
    'Cancelar a consultoria de terça, por favor.',
    'Não quero cancelar, só mudar o horário.',
    'Não quero mais receber propostas por telefone, mande por e-mail.',
    'Quero sair do plano antigo e contratar o novo.',
    'Como descadastrar alguém da minha lista?',
    'Parar de perder leads é o que eu quero. Me ligue.',
    'Remova a taxa e fechamos.',
    // What they want to use us for.
    'I want to stop sending e-mails.',
    'Quero parar de enviar e-mails.',
    'Para enviar e-mails.',
    'Quero cancelar.',
    'I want to cancel.',
    '',
  ];
  it.each(answers)('that may mean anything else stays one: %j', async (text) => {
    expect(await decide({}, {}, text)).toMatchObject({ kind: 'reply' });
  });

  it('that asks to be taken off counts as that, whoever wrote it: the link in the same mail would too', async () => {
    const forged = { verdicts: { dmarc: 'FAIL' } };
    expect(await decide({}, forged, 'Unsubscribe me')).toEqual({ kind: 'opt-out', verified: false, from: 'lead' });
    expect(await decide({ Subject: 'unsubscribe' }, {}, '')).toMatchObject({ kind: 'opt-out' });
    expect(await decide({ Subject: 'unsubscribe' }, {}, 'Call me')).toMatchObject({ kind: 'reply' });
  });

  it('does not become a refusal by what our own mail says below it', async () => {
    const quoted = 'Yes!\r\n\r\nOrchard writes:\r\nHi Ana\r\nUnsubscribe\r\nStop sending me e-mails';
    expect(await decide({}, {}, quoted)).toMatchObject({ kind: 'reply' });
  });
});
