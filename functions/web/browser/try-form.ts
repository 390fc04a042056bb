import { refresh } from './fresh.ts';

/** How soon after the answer the pipeline has noted it, as a rule. What comes later, the page's own freshness shows. */
const notedMs = 1500;

/** A test submission tells on the same page what became of it. Without this script it opens the answer in a tab of its own. */
export function enableTests(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-try]'))
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void send(form);
    });
}

async function send(form: HTMLFormElement): Promise<void> {
  const told = form.querySelector<HTMLElement>('[data-told]');
  if (!told || form.ariaBusy === 'true') return;
  form.ariaBusy = 'true';
  tell(told, 'Sending…');
  const email = form.querySelector<HTMLInputElement>('input[name="email"]')?.value ?? '';
  const result = await post(form);
  form.ariaBusy = 'false';
  if (result.outcome === 'received') {
    const link = document.createElement('a');
    link.href = `/leads?${new URLSearchParams({ email })}`;
    link.textContent = 'See the lead';
    tell(told, 'Received, as from any visitor. ', 'good').append(link);
  } else tell(told, result.message, 'bad');
  setTimeout(() => void refresh(), notedMs);
}

type Result = { readonly outcome: 'received' } | { readonly outcome: 'refused' | 'failed'; readonly message: string };

async function post(form: HTMLFormElement): Promise<Result> {
  const texts = [...new FormData(form)].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []));
  try {
    const answer = await fetch(form.action, {
      method: 'POST',
      body: new URLSearchParams(texts),
      headers: { accept: 'application/json' },
    });
    if (answer.ok) return { outcome: 'received' };
    const { error } = await answer.json();
    const problems: readonly Problem[] = error.problems ?? [error];
    return { outcome: 'refused', message: `Refused. ${problems.map(sentence).join(' ')}` };
  } catch {
    return { outcome: 'failed', message: 'Not sent: the server did not answer. Try again.' };
  }
}

interface Problem {
  readonly path?: string;
  readonly message: string;
}

function sentence({ path, message }: Problem): string {
  return path === undefined ? message : `Field ${path}: ${message}`;
}

/** Says it in the place that a screen reader listens to; returns the line, to add to. */
function tell(place: HTMLElement, text: string, tone = ''): HTMLElement {
  const line = document.createElement('span');
  line.textContent = text;
  const note = document.createElement('p');
  note.className = tone === '' ? 'muted' : `callout ${tone}`;
  note.append(line);
  place.replaceChildren(note);
  return line;
}
