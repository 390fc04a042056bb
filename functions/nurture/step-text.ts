import { durationText, type Spoken } from './duration-text.ts';
import { happeningText, predicateText } from './predicate-text.ts';
import type { Step, WaitUntil } from './sequence.ts';

/** What a step does, in a few words without a full stop: `wait 2 days`, `has seen /pricing in the last 30 days?`. */
export function stepText(step: Step, language: Spoken): string {
  const text = words[language];
  switch (step.kind) {
    case 'email':
      return text.email(step.template ?? (step.variants ?? []).map(({ template }) => template).join(text.orTemplate));
    case 'wait':
      if (step.duration !== undefined) return text.wait(durationText(step.duration, language));
      return step.until === undefined ? text.wait('') : untilText(step.until, language);
    case 'waitFor':
      return text.waitFor(
        step.activities.map((happening) => happeningText(happening, language)).join(text.or),
        durationText(step.within, language),
      );
    case 'branch':
      return predicateText(step.when, language);
    case 'goal':
      return text.goal(predicateText(step.when, language));
    case 'exit':
      return text.exit;
  }
}

function untilText(until: WaitUntil, language: Spoken): string {
  const text = words[language];
  if ('property' in until) {
    const before = until.before === undefined ? '' : text.before(durationText(until.before, language));
    return text.untilDay(before, until.property);
  }
  const days = (until.weekdays ?? []).map((day) => text.weekdays[day]).join(text.or);
  return text.until([days, until.time ?? ''].filter((part) => part !== '').join(', '));
}

const words = {
  en: {
    email: (template: string) => `e-mail ${template}`,
    orTemplate: ' or ',
    or: ' or ',
    wait: (time: string) => `wait ${time}`,
    until: (moment: string) => `wait until it is ${moment} where they are`,
    untilDay: (before: string, property: string) => `wait until ${before}the day in “${property}”`,
    before: (time: string) => `${time} before `,
    waitFor: (happening: string, time: string) => `wait until they have ${happening}, at most ${time}`,
    goal: (predicate: string) => `the goal: ${predicate}`,
    exit: 'the sequence ends here',
    weekdays: {
      ...{ monday: 'Monday', tuesday: 'Tuesday', wednesday: 'Wednesday', thursday: 'Thursday' },
      ...{ friday: 'Friday', saturday: 'Saturday', sunday: 'Sunday' },
    },
  },
  'pt-BR': {
    email: (template: string) => `e-mail ${template}`,
    orTemplate: ' ou ',
    or: ' ou ',
    wait: (time: string) => `esperar ${time}`,
    until: (moment: string) => `esperar até ${moment} onde a pessoa está`,
    untilDay: (before: string, property: string) => `esperar até ${before}o dia em “${property}”`,
    before: (time: string) => `${time} antes de `,
    waitFor: (happening: string, time: string) => `esperar até que a pessoa tenha ${happening}, no máximo ${time}`,
    goal: (predicate: string) => `o objetivo: ${predicate}`,
    exit: 'a sequência termina aqui',
    weekdays: {
      ...{ monday: 'segunda', tuesday: 'terça', wednesday: 'quarta', thursday: 'quinta' },
      ...{ friday: 'sexta', saturday: 'sábado', sunday: 'domingo' },
    },
  },
} as const;
