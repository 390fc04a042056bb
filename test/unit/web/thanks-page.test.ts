import { describe, expect, it } from 'vitest';
import { compilePlaybook } from '../../../bin/playbook/compile.ts';
import { formOf } from '../../../functions/capture/form.ts';
import { thanksPage } from '../../../functions/web/thanks-page.ts';
import { shippedPlaybook } from '../../support/playbook.ts';

const { forms } = (await compilePlaybook(shippedPlaybook)).parts;

function thanks(formId: string, language: 'en' | 'pt-BR' = 'en'): string {
  const site = {
    language,
    accountName: 'Orchard',
    postalAddress: 'x',
    baseUrl: 'https://x.example',
    writeKey: 'local',
  };
  return thanksPage({ site, formId, form: formOf(forms, formId) });
}

describe('the thank-you page', () => {
  it('asks for the confirmation where the form needs one', () => {
    expect(thanks('newsletter')).toContain('confirm your address: only then do our e-mails begin');
    expect(thanks('newsletter')).not.toContain('on its way');
    expect(thanks('newsletter', 'pt-BR')).toContain('confirme o seu endereço: só então');
    expect(thanks('newsletter', 'pt-BR')).not.toContain('a caminho');
  });

  it('says that a person answers, to whoever asked for one', () => {
    for (const form of ['demo', 'consultation']) {
      expect(thanks(form)).toContain('One of us will write to you or call you');
      expect(thanks(form, 'pt-BR')).toContain('Uma pessoa da nossa equipe vai escrever ou ligar para você');
    }
    expect(thanks('trial')).not.toContain('One of us');
  });

  it('hands over what was promised at once, whatever the form', () => {
    for (const form of Object.keys(forms.forms)) expect(thanks(form)).toContain(`href="/p/your-${form}?lang=en"`);
    expect(thanks('ebook')).toContain('It is on its way to your mailbox as well');
  });
});
