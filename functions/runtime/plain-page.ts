import { html } from 'hono/html';

/** A whole page of one heading and a few lines, in the product's style sheet: for rooms that have no more to show than that. */
export function plainPage(language: string, title: string, body: ReturnType<typeof html>): string {
  return String(html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<link rel="stylesheet" href="/assets/ripen.css">
</head>
<body class="public"><main id="main"><h1>${title}</h1>
${body}
</main></body>
</html>
`);
}
