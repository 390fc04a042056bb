const everyMs = 4000;

/**
 * Keeps the parts marked `data-live` as fresh as the server has them, while somebody looks at the page. Whole parts are replaced,
 * and only when they differ, so that neither focus nor selection is lost for nothing.
 */
export function keepFresh(): void {
  if (!document.querySelector('[data-live]')) return;
  setInterval(() => {
    if (document.visibilityState === 'visible') void refresh();
  }, everyMs);
}

/** Asks the server for the page once, and takes over what changed. */
export async function refresh(): Promise<void> {
  const answer = await fetch(location.href, { headers: { accept: 'text/html' } }).catch(() => null);
  if (!answer?.ok) return;
  const next = new DOMParser().parseFromString(await answer.text(), 'text/html');
  for (const part of document.querySelectorAll<HTMLElement>('[data-live]')) {
    const fresh = next.querySelector(`[data-live="${part.dataset.live}"]`);
    const used = part.contains(document.activeElement) || part.querySelector('details[open]');
    if (fresh && !used && fresh.innerHTML !== part.innerHTML) part.replaceChildren(...fresh.childNodes);
  }
}
