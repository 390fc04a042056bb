/** Buttons that move the local pipeline's clock, then show what has happened. */
export function enableClock(): void {
  const panel = document.querySelector<HTMLElement>('[data-clock]');
  const status = document.querySelector('[data-clock-status]');
  if (!panel || !status) return;
  panel.hidden = false;
  const buttons = [...panel.querySelectorAll('button')];
  for (const button of buttons)
    button.addEventListener('click', async () => {
      for (const each of buttons) each.disabled = true;
      status.textContent = `Moving ${button.textContent} forward and doing everything that falls due…`;
      const moved = await post(panel.dataset.clock ?? '', { advance: button.dataset.advance });
      if (moved) {
        location.reload();
        return;
      }
      for (const each of buttons) each.disabled = false;
      status.textContent = 'The clock did not move: the terminal that runs Ripen says why.';
    });
}

async function post(address: string, body: unknown): Promise<boolean> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(address, { method: 'POST', headers, body: JSON.stringify(body) }).catch(() => null);
  return answer?.ok ?? false;
}
