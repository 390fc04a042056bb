// uPlot formats numbers in `navigator.language` as it is loaded, and throws where the browser names none that exists (a headless
// one under LANG=C calls it `en-US@posix`). Imported before it, so that such a browser draws in English instead of nothing.
try {
  new Intl.NumberFormat(navigator.language);
} catch {
  Object.defineProperty(navigator, 'language', { value: 'en' });
}

export {};
