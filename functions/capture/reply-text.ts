/** Who introduces a quote: `On Mon, 2 Nov 2026 at 14:05, Clara <…> wrote:`, in the languages of our readers and their neighbours. */
const introduction =
  /^(on|em|no dia|am|le|el|il|op|den)\s.{0,300}\s(wrote|escreveu|schrieb|écrit|escribió|scritto|schreef|skrev)(\s.{0,80})?:$/isu;

/** From here on it is somebody else's mail, or a signature. */
const ends: readonly RegExp[] = [
  /^-{2,}\s*(original message|mensagem original|mensagem encaminhada|forwarded message|mensaje original|message d['’]origine|ursprüngliche nachricht)\s*-{2,}$/iu,
  /^_{10,}$/,
  /^--$/,
];

/** What a telephone writes by itself. */
const advertisement =
  /^(sent from my|get outlook for|enviado d[oe] (meu|mi)|von meinem .{1,30} gesendet|envoyé de mon)\b/iu;

const quotedHeader = /^\*?(from|de|von|van|da):\*?\s/iu;
const otherHeader =
  /^\*?(sent|date|to|subject|enviad[oa]( em)?|data|fecha|para|assunto|asunto|gesendet|an|betreff|envoyé|à|objet):\*?/iu;

/**
 * What a person has written themselves in an answer: without the mail they answer, its introduction, their signature and what their
 * telephone adds. Answers below or between quoted lines are kept. Cuts too little rather than too much.
 */
export function newText(text: string): string {
  const lines = text
    .slice(0, 100_000)
    .split(/\r\n|\r|\n/)
    .map((line) => line.trimEnd());
  const kept: string[] = [];
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]?.trim() ?? '';
    if (line.startsWith('>') || advertisement.test(line)) continue;
    if (ends.some((end) => end.test(line)) || isQuotedHeader(lines, at)) break;
    const introductionLines = introductionAt(lines, at);
    if (introductionLines > 0) {
      const next = lines.slice(at + introductionLines).find((each) => each.trim() !== '');
      // No marks before its lines: where the quote ends is not to be told.
      if (!next?.trim().startsWith('>')) break;
      at += introductionLines - 1;
      continue;
    }
    kept.push(line);
  }
  return kept
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** Over how many lines an introduction goes that begins here; 0 when none does. Mail programs break it anywhere. */
function introductionAt(lines: readonly string[], at: number): number {
  for (let count = 1; count <= 3 && at + count <= lines.length; count++) {
    const joined = lines
      .slice(at, at + count)
      .join(' ')
      .trim();
    if (introduction.test(joined)) return count;
  }
  return 0;
}

/** `From: …` with `Sent:` or `To:` right below it: how Outlook begins the mail that is answered. */
function isQuotedHeader(lines: readonly string[], at: number): boolean {
  if (!quotedHeader.test(lines[at]?.trim() ?? '')) return false;
  return lines.slice(at + 1, at + 4).some((line) => otherHeader.test(line.trim()));
}
