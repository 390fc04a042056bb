import { describe, expect, it } from 'vitest';
import { scoreChart } from '../../../functions/web/score-chart.ts';
import { frame, inPortuguese } from './sample-pages.ts';

const rise = [
  { at: '2026-11-01T12:00:00.000Z', total: 0 },
  { at: '2026-11-03T12:00:00.000Z', total: 55 },
  { at: '2026-11-20T12:00:00.000Z', total: 48.3 },
];
const drawn = (points: typeof rise, { reader } = frame) => String(scoreChart(points, 50, reader));
const label = (points: typeof rise, of = frame) => /role="img" aria-label="([^"]+)"/.exec(drawn(points, of))?.[1];

describe('the drawing of a score over time', () => {
  it('says in words what it shows', () => {
    expect(label(rise)).toBe('The score rose from 0 on 1 Nov 2026 to 55 on 3 Nov 2026 and is now 48.3.');
    expect(label(rise.slice(0, 2))).toBe('The score rose from 0 on 1 Nov 2026 to 55, where it is now.');
    expect(label(rise.slice(1))).toBe('The score was 55 on 3 Nov 2026 and is now 48.3.');
    expect(label(rise, inPortuguese)).toBe(
      'A pontuação subiu de 0 em 1 de nov. de 2026 para 55 em 3 de nov. de 2026 e agora é 48,3.',
    );
  });

  it('stays within its frame, below zero too', () => {
    const fall = [...rise, { at: '2026-11-22T12:00:00.000Z', total: -25 }];
    const numbers = [...(/run-line" d="([^"]+)"/.exec(drawn(fall))?.[1] ?? '').matchAll(/-?[\d.]+/g)].map(Number);
    expect(Math.min(...numbers)).toBe(0);
    expect(Math.max(...numbers)).toBe(100);
  });

  it('shows the threshold, and the same figures as a table', () => {
    expect(drawn(rise)).toContain('threshold 50</text>');
    expect(drawn(rise)).toMatch(/<td>Fri, 20 Nov 2026<\/td><td class="number">48\.3<\/td>.*<td>Tue, 3 Nov 2026<\/td>/);
  });

  it('draws nothing where nothing has changed', () => {
    expect(scoreChart([], 50, frame.reader)).toBeNull();
    expect(
      scoreChart(
        rise.map(({ at }) => ({ at, total: 0 })),
        50,
        frame.reader,
      ),
    ).toBeNull();
  });
});
