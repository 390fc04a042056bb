/** What the sales inbox gains from JavaScript: clocks that run, and keys. */
export function enableInbox(): void {
  countDown();
  if (location.hash === '#reject') document.getElementById('reject')?.focus();
  const keys = document.querySelector<HTMLDetailsElement>('[data-keys]');
  if (!keys) return;
  keys.hidden = false;
  const isOn = keySwitch(keys);
  backToRow();
  document.addEventListener('keydown', (pressed) => {
    if (isTyping(pressed) || !isOn()) return;
    if (act(pressed.key, keys)) pressed.preventDefault();
  });
}

const soonMs = 5 * 60_000;
/** When each clock was first seen: what was left then stands in it. */
const seen = new WeakMap<Element, number>();

/** Every second, in silence: no clock stands in a live region. */
function countDown(): void {
  if (!document.querySelector('[data-left], [data-live="inbox"]')) return;
  const tick = (): void => {
    for (const clock of document.querySelectorAll<HTMLElement>('[data-left]')) show(clock);
  };
  tick();
  setInterval(tick, 1000);
}

function show(clock: HTMLElement): void {
  const since = seen.get(clock) ?? performance.now();
  seen.set(clock, since);
  const left = Number(clock.dataset.left) - (performance.now() - since);
  const time = clock.querySelector('[data-left-time]');
  if (left <= 0) clock.textContent = clock.dataset.over ?? '';
  else if (time) time.textContent = minutesLeft(left);
  clock.classList.toggle('soon', left < soonMs);
}

function minutesLeft(ms: number): string {
  if (ms >= soonMs) return String(Math.floor(ms / 60_000));
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

function act(key: string, keys: HTMLDetailsElement): boolean {
  switch (key) {
    case 'j':
      return move(1);
    case 'k':
      return move(-1);
    case 'a': {
      const row = current();
      const form = row?.querySelector<HTMLFormElement>('[data-accept]');
      if (!form) return false;
      remember(row);
      form.requestSubmit();
      return true;
    }
    case 'r': {
      const link = current()?.querySelector<HTMLAnchorElement>('.row-link');
      if (!link) return false;
      location.assign(`${link.href}#reject`);
      return true;
    }
    case '?':
      keys.open = !keys.open;
      keys.querySelector('summary')?.focus();
      return true;
    default:
      return false;
  }
}

function rows(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('[data-inbox] [data-row]')];
}

function current(): HTMLElement | undefined {
  return rows().find((row) => row.contains(document.activeElement));
}

/** To the next row, or the one before; from elsewhere to the first or the last. */
function move(by: 1 | -1): boolean {
  const all = rows();
  const at = all.findIndex((row) => row.contains(document.activeElement));
  const next = at < 0 ? all.at(by > 0 ? 0 : -1) : all[at + by];
  next?.querySelector<HTMLElement>('.row-link')?.focus();
  return next !== undefined;
}

const rowKey = 'ripen-row';

function remember(row: HTMLElement | undefined): void {
  if (row?.dataset.row) sessionStorage.setItem(rowKey, row.dataset.row);
}

/** Who accepts one by its key goes on from there. */
function backToRow(): void {
  const id = sessionStorage.getItem(rowKey);
  sessionStorage.removeItem(rowKey);
  const row = id === null ? undefined : rows().find((each) => each.dataset.row === id);
  row?.querySelector<HTMLElement>('.row-link')?.focus();
}

const offKey = 'ripen-keys-off';

/** Whoever speaks to their computer, or hits keys by mistake, turns them off (WCAG 2.1.4). */
function keySwitch(keys: HTMLElement): () => boolean {
  const button = keys.querySelector<HTMLButtonElement>('[data-keys-switch]');
  const off = button?.textContent ?? '';
  const isOn = (): boolean => localStorage.getItem(offKey) === null;
  const label = (): void => {
    if (button) button.textContent = isOn() ? off : (button.dataset.on ?? off);
  };
  button?.addEventListener('click', () => {
    if (isOn()) localStorage.setItem(offKey, '1');
    else localStorage.removeItem(offKey);
    label();
  });
  label();
  return isOn;
}

function isTyping({ target, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  if (ctrlKey || metaKey || altKey) return true;
  return target instanceof HTMLElement && target.closest('input, select, textarea, [contenteditable]') !== null;
}
