import type { Language } from './language.ts';

const english = {
  title: 'What we keep',
  lede: 'People may ask what is kept about them, and to be forgotten.',
  take: 'Everything kept, as a file',
  takeHint: 'JSON: who they are, all they did and said, and every e-mail they were sent.',
  open: 'Erase this person',
  gone: 'Their addresses, name, answers, history and mail go at once, and nothing can be sent to them or recorded of them again: not by a form, not by an import.',
  stays:
    'What stays is a hash of their address, so that they stay forgotten, and rows that name nobody, so that the figures of past days do not change.',
  late: 'Backups hold them for up to 35 days more, the archive of events for up to 14.',
  confirm: 'Write ERASE to confirm',
  word: 'ERASE',
  send: 'Erase for good',
  noUndo: 'Nobody can undo this.',
};

/** The words of asking what is kept of a person, and of forgetting them. */
export const personText: Readonly<Record<Language, typeof english>> = {
  en: english,
  'pt-BR': {
    title: 'O que guardamos',
    lede: 'As pessoas podem pedir o que é guardado sobre elas, e para serem esquecidas.',
    take: 'Tudo o que é guardado, em um arquivo',
    takeHint: 'JSON: quem é, tudo o que fez e disse, e cada e-mail que recebeu.',
    open: 'Apagar esta pessoa',
    gone: 'Endereços, nome, respostas, histórico e e-mails são apagados na hora, e nada mais pode ser enviado a ela nem registrado sobre ela: nem por formulário, nem por importação.',
    stays:
      'Fica um hash do endereço, para que continue esquecida, e linhas que não identificam ninguém, para que os números dos dias passados não mudem.',
    late: 'Cópias de segurança a guardam por até mais 35 dias, e o arquivo de eventos por até 14.',
    confirm: 'Escreva APAGAR para confirmar',
    word: 'APAGAR',
    send: 'Apagar para sempre',
    noUndo: 'Ninguém pode desfazer isso.',
  },
};
