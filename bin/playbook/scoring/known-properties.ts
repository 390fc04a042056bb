import { type Form, type Forms, FunnelStage, isSolution, LeadMagnet } from '../../../functions/capture/form.ts';
import { linkIdParameter } from '../../../functions/leads/link-id.ts';
import type { Shape } from './shape.ts';

/** What Ripen itself says of a submission of this form, whoever submits it. */
export interface FormFacts {
  readonly form: string;
  readonly magnet: string;
  readonly funnelStage: string;
  readonly solution: boolean;
  readonly explicitRequest: boolean;
}

export function factsOf(id: string, form: Form): FormFacts {
  const { magnet, funnelStage, explicitRequest } = form;
  return { form: id, magnet, funnelStage, solution: isSolution(form), explicitRequest };
}

export const factNames = ['form', 'magnet', 'funnelStage', 'solution', 'explicitRequest'];

const yesNo: Shape = { kind: 'choice', values: [true, false] };
const text: Shape = { kind: 'text' };
const path: Shape = {
  kind: 'text',
  begins: ['/'],
  without: { part: /[?#]/, because: 'a path ends before ? and #' },
};
const link: Shape = {
  kind: 'text',
  begins: ['https://', 'http://', 'mailto:', 'tel:'],
  without: { part: new RegExp(linkIdParameter), because: `${linkIdParameter} is kept apart from the link` },
};

/** What is known of the properties of an activity type. `closed`: it has no others. */
export function propertiesOf(
  type: string,
  { forms }: Forms,
): { readonly shapes: Readonly<Record<string, Shape>>; readonly closed: boolean } {
  // What an account tracks itself is its own affair, a property called `form` too.
  if (type.startsWith('track.')) return { shapes: {}, closed: false };
  const form: Shape = { kind: 'choice', values: Object.keys(forms) };
  switch (type) {
    case 'form.submitted':
      return {
        closed: true,
        shapes: {
          form,
          magnet: { kind: 'choice', values: LeadMagnet.options },
          funnelStage: { kind: 'choice', values: FunnelStage.options },
          solution: yesNo,
          explicitRequest: yesNo,
          language: text,
          permits: { kind: 'list', values: ['marketing', 'sales-contact'] },
          landingPage: text,
          droppedFields: { kind: 'number' },
        },
      };
    case 'page.viewed':
      return { shapes: { form, path }, closed: false };
    case 'email.clicked':
      return {
        shapes: { form, link },
        closed: false,
      };
    case 'email.bounced':
      return {
        shapes: { bounceType: { kind: 'choice', values: ['Permanent', 'Transient', 'Undetermined'] } },
        closed: false,
      };
    default:
      return { shapes: { form }, closed: false };
  }
}
