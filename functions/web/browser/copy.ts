/** Shows each code block's copy button, which is hidden where it could do nothing. */
export function enableCopying(): void {
  if (!('clipboard' in navigator)) return;
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-copy]')) {
    const { textContent: name } = button;
    button.hidden = false;
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(button.parentElement?.querySelector('code')?.textContent ?? '');
      button.textContent = '✓ Copied';
      setTimeout(() => {
        button.textContent = name;
      }, 1600);
    });
  }
}
