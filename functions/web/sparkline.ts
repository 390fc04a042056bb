import { html, type Markup } from './markup.ts';

/**
 * The run of a figure over days, as a small line. What is not known leaves a gap. Nothing to compare, nothing drawn.
 */
export function sparkline(values: readonly (number | null)[]): Markup | null {
  const known = values.filter((value) => value !== null);
  if (known.length < 2) return null;
  const low = Math.min(0, ...known);
  const high = Math.max(...known);
  if (high === low) return null;
  const width = 100;
  const height = 28;
  const step = width / (values.length - 1);
  const y = (value: number) => round(height - 2 - ((value - low) / (high - low)) * (height - 4));
  const path = values
    .map((value, index) => {
      if (value === null) return '';
      const command = index === 0 || values[index - 1] === null ? 'M' : 'L';
      return `${command}${round(index * step)} ${y(value)}`;
    })
    .join('');
  return html`<svg class="spark" viewBox="0 0 ${width} ${height}" preserveAspectRatio="none" aria-hidden="true"><path d="${path}" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" vector-effect="non-scaling-stroke"/></svg>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
