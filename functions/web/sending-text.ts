import type { SendingView, TroubleView } from '../nurture/read-sending.ts';
import type { Language } from './language.ts';

const english = {
  title: 'Sending',
  lede: 'Whether e-mail goes out, what holds it back, and which messages need a look.',
  stands: {
    nothing: 'E-mail goes out.',
    marketing: 'Marketing e-mail is paused. What people ask for, and what the team must know, still goes.',
    all: 'All e-mail is paused, what people ask for too.',
  } satisfies Record<SendingView['paused'], string>,
  waits: 'What is due waits and goes later: nothing is lost.',
  told: (by: string, reason: string) => `${by}: ${reason}`,
  act: {
    title: { nothing: 'Hold mail back', marketing: 'Let it go again', all: 'Let it go again' },
    press: { nothing: 'Let all mail go again', marketing: 'Pause marketing e-mail', all: 'Pause all e-mail' },
    sequence: (name: string) => `Let “${name}” go again`,
    author: 'Who you are',
    reason: 'Why',
    at: 'It holds from the moment the page comes back, for every message that is not on its way yet.',
  },
  noted: 'Noted.',
  sequences: 'Paused sequences',
  quota: {
    title: 'What SES takes',
    none: 'SES is asked when the first message goes out.',
    day: 'In 24 hours',
    of: (sent: string, most: string) => `${sent} of ${most}`,
    endless: (sent: string) => `${sent}, without a limit`,
    rate: 'A second',
    rateText: (rate: string) => `${rate} at most, over all workers`,
    reserve: 'The last tenth of a day is kept for mail that somebody waits for.',
    asOf: 'As SES said',
  },
  warmUp: {
    title: 'Warming up',
    text: (day: number, sent: string, limit: string) => `Day ${day}: ${sent} of ${limit} marketing e-mails`,
    why: 'Mailbox providers trust a new sender little: it sends a little more every day, and the rest waits for tomorrow.',
  },
  reputation: {
    title: 'Reputation, seven days',
    none: 'Nothing was sent in the last seven days.',
    bounces: 'Came back for good',
    complaints: 'Marked as spam',
    text: (count: string, sent: string, rate: string) => `${count} of ${sent}: ${rate}`,
    limit: (rate: string) => `marketing pauses at ${rate}`,
    since: 'What had come back when somebody last let mail go does not count again.',
  },
  feedback: {
    title: 'What SES has not told',
    none: 'Of every message of more than six hours ago it is known whether it arrived.',
    open: (messages: string) => `messages of which nobody knows whether they arrived: ${messages}`,
    oldest: 'The oldest was sent',
    asked: 'SES was last asked',
    closed: 'SES may not be asked in this account: switch on its Virtual Deliverability Manager.',
    unknown: (messages: string) => `given up after three days: ${messages}`,
  },
  silent: {
    title: 'Colleagues who get no notices',
    why: 'They, or somebody a notice was forwarded to, pressed the link that stops them. Hot leads wait for them in the list, and nobody tells them.',
    press: (name: string) => `Let notices to ${name} go again`,
  },
  trouble: {
    title: 'Messages that need a look',
    none: 'None',
    noneText: 'Every message was sent, or held back for a reason we know.',
    columns: { lead: 'To', message: 'Message', since: 'Since', next: 'What to do' },
    statuses: { unconfirmed: 'unconfirmed', failed: 'failed' },
    unconfirmed:
      'Nobody knows whether it arrived. It is not sent again, since twice is worse than late: ask them, or wait for their next step.',
    template:
      'The e-mail could not be written for this person: look at its template and at their data. The walk went on.',
    failed: 'SES did not take it, for the reason given. The walk went on.',
    team: 'the team',
    more: 'Older ones',
    back: 'Back to the newest',
  },
  changes: {
    title: 'Who changed what',
    all: { nothing: 'let all mail go again', marketing: 'paused marketing e-mail', all: 'paused all e-mail' },
    one: (sequence: string, paused: boolean) => (paused ? `paused “${sequence}”` : `let “${sequence}” go again`),
  },
  pages: 'Pages',
};

/** The words of the sending page. */
export const sendingText: Readonly<Record<Language, typeof english>> = {
  en: english,
  'pt-BR': {
    title: 'Envio',
    lede: 'Se os e-mails estão saindo, o que os segura, e quais mensagens precisam de atenção.',
    stands: {
      nothing: 'Os e-mails estão saindo.',
      marketing:
        'Os e-mails de marketing estão em pausa. O que as pessoas pedem, e o que a equipe precisa saber, continua saindo.',
      all: 'Todos os e-mails estão em pausa, inclusive o que as pessoas pedem.',
    },
    waits: 'O que está na hora espera e sai depois: nada se perde.',
    told: (by, reason) => `${by}: ${reason}`,
    act: {
      title: { nothing: 'Segurar os e-mails', marketing: 'Deixar sair de novo', all: 'Deixar sair de novo' },
      press: {
        nothing: 'Deixar tudo sair de novo',
        marketing: 'Pausar e-mails de marketing',
        all: 'Pausar todos os e-mails',
      },
      sequence: (name) => `Deixar “${name}” sair de novo`,
      author: 'Quem é você',
      reason: 'Por quê',
      at: 'Vale a partir do momento em que a página volta, para cada mensagem que ainda não está a caminho.',
    },
    noted: 'Anotado.',
    sequences: 'Sequências em pausa',
    quota: {
      title: 'Quanto o SES aceita',
      none: 'O SES será consultado quando a primeira mensagem sair.',
      day: 'Em 24 horas',
      of: (sent, most) => `${sent} de ${most}`,
      endless: (sent) => `${sent}, sem limite`,
      rate: 'Por segundo',
      rateText: (rate) => `no máximo ${rate}, somando todos os processos`,
      reserve: 'O último décimo de um dia fica para os e-mails que alguém está esperando.',
      asOf: 'Segundo o SES',
    },
    warmUp: {
      title: 'Aquecimento',
      text: (day, sent, limit) => `Dia ${day}: ${sent} de ${limit} e-mails de marketing`,
      why: 'Os provedores confiam pouco em um remetente novo: ele envia um pouco mais a cada dia, e o resto espera até amanhã.',
    },
    reputation: {
      title: 'Reputação, sete dias',
      none: 'Nada foi enviado nos últimos sete dias.',
      bounces: 'Voltaram em definitivo',
      complaints: 'Marcados como spam',
      text: (count, sent, rate) => `${count} de ${sent}: ${rate}`,
      limit: (rate) => `o marketing entra em pausa em ${rate}`,
      since: 'O que já tinha voltado quando alguém deixou os e-mails saírem pela última vez não conta de novo.',
    },
    feedback: {
      title: 'O que o SES não contou',
      none: 'De toda mensagem com mais de seis horas se sabe se chegou.',
      open: (messages) => `mensagens das quais ninguém sabe se chegaram: ${messages}`,
      oldest: 'A mais antiga foi enviada',
      asked: 'O SES foi consultado pela última vez',
      closed: 'O SES não pode ser consultado nesta conta: ative o Virtual Deliverability Manager.',
      unknown: (messages) => `dadas por desconhecidas depois de três dias: ${messages}`,
    },
    silent: {
      title: 'Colegas que não recebem avisos',
      why: 'Eles, ou alguém a quem um aviso foi encaminhado, apertaram o link que os interrompe. Os leads quentes esperam por eles na lista, e ninguém os avisa.',
      press: (name) => `Deixar os avisos para ${name} saírem de novo`,
    },
    trouble: {
      title: 'Mensagens que precisam de atenção',
      none: 'Nenhuma',
      noneText: 'Toda mensagem foi enviada, ou segurada por um motivo conhecido.',
      columns: { lead: 'Para', message: 'Mensagem', since: 'Desde', next: 'O que fazer' },
      statuses: { unconfirmed: 'sem confirmação', failed: 'não enviada' },
      unconfirmed:
        'Ninguém sabe se chegou. Não é enviada de novo, porque duas vezes é pior do que tarde: pergunte à pessoa, ou espere pelo próximo passo.',
      template:
        'Não foi possível escrever o e-mail para esta pessoa: veja o modelo e os dados dela. A sequência continuou.',
      failed: 'O SES não aceitou, pelo motivo indicado. A sequência continuou.',
      team: 'a equipe',
      more: 'Mais antigas',
      back: 'Voltar às mais novas',
    },
    changes: {
      title: 'Quem mudou o quê',
      all: {
        nothing: 'deixou todos os e-mails saírem de novo',
        marketing: 'pausou os e-mails de marketing',
        all: 'pausou todos os e-mails',
      },
      one: (sequence, paused) => (paused ? `pausou “${sequence}”` : `deixou “${sequence}” sair de novo`),
    },
    pages: 'Páginas',
  },
};

/** What can be done about a message that was not sent, or may not have been. */
export function whatToDo({ status, reason }: Pick<TroubleView, 'status' | 'reason'>, language: Language): string {
  const { unconfirmed, template, failed } = sendingText[language].trouble;
  if (status === 'unconfirmed') return unconfirmed;
  return reason === 'template' ? template : failed;
}
