import type { AssetTexts } from './asset-text.ts';

/** The made-up company's downloads, in English. Its e-mails speak of what stands here. */
export const englishAssets: AssetTexts = {
  any: {
    intro: 'Most teams do not lack leads. They lack a way to tell, today, which five of them to call.',
    points: [
      ['Count what people do.', 'A look at the prices says more than a job title.'],
      ['Write down why.', 'A score nobody can explain is a score nobody uses.'],
      ['Hand over at a number.', 'Below it marketing writes, above it sales calls. No meeting needed.'],
      ['Answer in minutes.', 'Whoever asks to talk is the hottest lead you will see all day.'],
      ['Look at one page a day.', 'How many came, how many ripened, where they got lost.'],
    ],
    next: 'The fastest way to see whether this fits you is to try it with your own leads.',
  },
  of: {
    ebook: {
      intro: 'Most teams do not lack leads. They lack a way to tell, today, which five of them to call.',
      points: [
        ['What people do.', 'A look at the prices says more than a job title: ten actions, and what each is worth.'],
        ['Why, in words.', 'A score nobody can explain is a score nobody uses. Every point needs a sentence.'],
        ['The order of a day.', 'Who asked, who came back, who read: copy it, and call from the top.'],
        ['Cooling.', 'Interest fades. How to choose a half-life, and how to tell that it is wrong.'],
        ['The number.', 'Below it marketing writes, above it sales calls. How two teams come to sign it.'],
      ],
      next: 'The fastest way to see whether this fits you is to try it with your own leads.',
    },
    checklist: {
      intro: 'Answer with your team, and mark red what nobody can answer. The red ones are where leads get lost.',
      points: [
        ['Whom would we call first today,', 'and does everybody name the same person?'],
        ['Who gets a lead', 'that comes on Friday at six?'],
        ['How long did the last one wait', 'between the form and the first call?'],
        ['Which page', 'do buyers read, and lookers not?'],
        ['What does sales know', 'when the phone is picked up?'],
        ['Where is it written', 'when a lead is ready?'],
        ['When does old interest', 'stop counting?'],
        ['What happens', 'to a lead that sales gives back?'],
        ['Who hears it', 'when somebody replies to a newsletter?'],
        ['Who is written to', 'by two teams on the same day?'],
        ['How would we know', 'that a form has stopped working?'],
        ['Which of these', 'will we look at again in a month?'],
      ],
      next: 'Four red answers or more? Mending the first costs less than the next lead it loses.',
    },
    newsletter: {
      intro: 'This month: the seller who called less, and what happened to the numbers.',
      points: [
        ['The story.', 'Rosa stopped calling on Mondays, and nobody noticed but her customers, who bought more.'],
        ['The figure.', 'Four of ten people who ask for a call have asked a competitor in the same hour.'],
        ['The question.', 'Which e-mail of yours would somebody miss if it did not come?'],
      ],
      next: 'The next letter comes in a month. Until then, here is what it costs to do it with us.',
    },
    webinar: {
      intro:
        'Every Thursday at 11:00 in São Paulo. The room opens here ten minutes before; the last recording waits below.',
      points: [
        ['11:00, a team of three.', 'From half a day to four minutes, without hiring. In the recording: 04:30.'],
        [
          '11:20, a team of forty.',
          'One name on every lead: the rule, the revolt, the result. In the recording: 22:10.',
        ],
        ['11:40, your questions.', 'To both of them, with nobody in between. In the recording: 41:00.'],
      ],
      next: 'Before you come: look at what it costs, and bring the question it raises.',
    },
    'case-study': {
      intro:
        'Thirty people, four hundred leads a month, two telephones. Eight weeks later: half the calls, twice the meetings.',
      points: [
        ['Page 1: the afternoon', 'when they timed their own form. It took until the next morning.'],
        ['Page 2: the points.', 'Ten actions, set in an afternoon, and left alone for six weeks.'],
        ['Page 3: the line.', 'Fifty, by guess. It turned out to be four too low.'],
        ['Page 4: five minutes.', 'One name for each lead, and a telephone that rings.'],
        ['Page 5: the rule they took back.', 'Ten points for an open. Their keenest lead was a spam filter.'],
      ],
      next: 'What would the same cost at your place? The prices are on one page.',
    },
    demo: {
      intro: 'Half an hour is short. These four make it yours instead of ours.',
      points: [
        ['Bring one lead', 'that you lost, and we look for the minute when it happened.'],
        ['Bring the form', 'that most people fill in. We connect it while you watch.'],
        ['Bring whoever calls.', 'They see at once whether they would trust the list.'],
        ['Bring a doubt.', 'The half hour is better with one.'],
      ],
      next: 'And if somebody asks what it costs, it is all on one page.',
    },
    consultation: {
      intro:
        'Three questions to think about beforehand. You need not know the answers; that is what the half hour is for.',
      points: [
        ['How long', 'did the last person who asked for a call wait?'],
        ['Which leads', 'did sales give back last month, and what for?'],
        ['What would you change on Monday,', 'if nobody had to agree?'],
      ],
      next: 'See you soon. Should somebody ask what it costs, here it is.',
    },
    trial: {
      intro: 'An hour, three steps, in this order. After that the list looks after itself.',
      points: [
        ['Connect one form', '(10 minutes). The one most people fill in, not the one you like best.'],
        ['Set three rules', '(20 minutes). Prices, a second visit, a reply. The rest can wait.'],
        ['Put one name on the list', '(5 minutes). Somebody has to get the first lead. Why not you?'],
      ],
      next: 'Fourteen days from now you choose a plan, or nothing happens at all.',
    },
  },
};
