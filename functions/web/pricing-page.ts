import { html } from './markup.ts';
import { pricingText } from './pricing-text.ts';
import { type Site, visitorPage } from './visitor-layout.ts';

/**
 * The demo's pricing page. Its canonical address is `/pricing`, the path that the playbook calls the pricing page, so that a view
 * of it counts as one although it stands under `/p`.
 */
export function pricingPage(site: Site): string {
  const text = pricingText[site.language];
  return visitorPage(site, {
    title: text.title,
    path: '/p/pricing',
    canonicalPath: '/pricing',
    body: html`<div class="hero"><div><h1>${text.title}</h1><p class="pitch">${text.pitch}</p></div></div>
<ul class="plans">${text.plans.map(
      ({ name, price, per, points, chosen }) => html`<li class="${chosen && 'chosen'}"><h2>${name}</h2>
<p class="price">${price} <small>${per}</small></p>
<ul>${points.map((point) => html`<li>${point}</li>`)}</ul>
<a class="button ${chosen && 'primary'} wide" href="/p/${chosen ? 'trial' : 'consultation'}?lang=${site.language}">${chosen ? text.tryIt : text.talk}</a></li>`,
    )}</ul>`,
  });
}
