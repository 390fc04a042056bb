/**
 * The form enhancer: a form that posts to `/f/…` stays on its page, shows what is wrong beside the field, and is sent once however
 * often it is pressed. Without this script the form works all the same. Attributes of the form: `data-thanks` (where to go
 * afterwards), `data-sent` (what to say when there is nowhere to go), `data-link` and `data-link-text` (what was promised, behind it), `data-plain`
 * (leave it alone).
 */
type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

interface Problem {
  readonly path?: string;
  readonly message: string;
}

for (const form of document.querySelectorAll<HTMLFormElement>('form[action*="/f/"]:not([data-plain])')) enhance(form);

function enhance(form: HTMLFormElement): void {
  form.noValidate = true;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void submit(form);
  });
  form.addEventListener('input', ({ target }) => {
    if (isControl(target)) clear(target);
  });
}

async function submit(form: HTMLFormElement): Promise<void> {
  if (form.ariaBusy === 'true') return;
  const wrong = controls(form).filter((control) => !control.validity.valid);
  if (wrong.length > 0) {
    showProblems(
      form,
      wrong.map((control) => ({ path: control.name, message: control.validationMessage })),
    );
    return;
  }
  name(form);
  busy(form, true);
  try {
    const answer = await fetch(form.action, {
      method: 'POST',
      body: new URLSearchParams(textsOf(form)),
      headers: { accept: 'application/json' },
    });
    if (answer.ok) return thank(form);
    busy(form, false);
    showProblems(form, await problemsOf(answer));
  } catch {
    // Another site's rules, or no network: let the browser post it. The id makes it the same submission.
    form.submit();
  }
}

/** The same id until it has been taken: a second press, a retry and the browser's own post are one submission. */
function name(form: HTMLFormElement): void {
  if (form.querySelector('input[name="submission_id"]')) return;
  const input = document.createElement('input');
  input.type = 'hidden';
  input.name = 'submission_id';
  input.value = Array.from(crypto.getRandomValues(new Uint8Array(16)), (n) => n.toString(16).padStart(2, '0')).join('');
  form.append(input);
}

function textsOf(form: HTMLFormElement): [string, string][] {
  return [...new FormData(form)].flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : []));
}

function thank(form: HTMLFormElement): void {
  const { thanks, sent = 'Thank you!', link, linkText = link } = form.dataset;
  if (thanks) {
    location.assign(thanks);
    return;
  }
  const note = document.createElement('p');
  note.setAttribute('role', 'status');
  note.tabIndex = -1;
  note.textContent = sent;
  if (link && linkText) {
    const promised = document.createElement('a');
    promised.href = link;
    promised.textContent = linkText;
    note.append(' ', promised);
  }
  form.replaceWith(note);
  note.focus();
}

async function problemsOf(answer: Response): Promise<readonly Problem[]> {
  const fallback = [{ message: 'This could not be sent. Please try again.' }];
  try {
    const { error } = await answer.json();
    return error.problems ?? [error];
  } catch {
    return fallback;
  }
}

function showProblems(form: HTMLFormElement, problems: readonly Problem[]): void {
  let first: Control | undefined;
  for (const { path, message } of problems) {
    const control = controls(form).find((candidate) => candidate.name === path);
    if (control) {
      show(control, message);
      first ??= control;
    } else showAtEnd(form, message);
  }
  first?.focus();
}

function show(control: Control, message: string): void {
  clear(control);
  const note = document.createElement('p');
  note.className = 'field-error';
  note.id = `${control.id || control.name}-error`;
  note.textContent = message;
  control.setAttribute('aria-invalid', 'true');
  control.setAttribute('aria-describedby', note.id);
  control.after(note);
}

function showAtEnd(form: HTMLFormElement, message: string): void {
  const note = form.querySelector('[data-form-error]') ?? document.createElement('p');
  note.className = 'field-error';
  note.setAttribute('data-form-error', '');
  note.setAttribute('role', 'alert');
  note.textContent = message;
  form.append(note);
}

function clear(control: Control): void {
  document.getElementById(`${control.id || control.name}-error`)?.remove();
  control.removeAttribute('aria-invalid');
  control.removeAttribute('aria-describedby');
}

function busy(form: HTMLFormElement, on: boolean): void {
  form.ariaBusy = String(on);
  for (const button of form.querySelectorAll('button')) button.disabled = on;
}

function controls(form: HTMLFormElement): Control[] {
  return [...form.elements].filter(isControl);
}

function isControl(element: unknown): element is Control {
  return (
    element instanceof HTMLInputElement ||
    element instanceof HTMLSelectElement ||
    element instanceof HTMLTextAreaElement
  );
}

export {};
