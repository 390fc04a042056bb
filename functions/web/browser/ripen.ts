/**
 * The one-file tracker. Tells Ripen which pages somebody looks at, in Segment's words, and ties a form to them. Nothing is stored
 * in the browser before consent; Do Not Track and Global Privacy Control mean that nothing is told at all.
 *
 *   <script src="https://…/js/ripen.js" data-write-key="local" defer></script>
 *   ripen.track('appointment.booked', { subject: '42' }); ripen.identify('ana@example.com'); ripen.consent(true);
 *
 * Attributes: `data-write-key`; `data-host` (default: where the script came from); `data-domain` (default: this host alone) to
 * share the id among a site's subdomains; `data-page="off"` to report page views yourself.
 */
type Fields = Record<string, unknown>;

interface Message extends Fields {
  readonly type: 'page' | 'track' | 'identify';
  readonly messageId: string;
  readonly timestamp: string;
}

const script = document.currentScript;
const settings: DOMStringMap = script instanceof HTMLScriptElement ? script.dataset : {};
const host = settings.host ?? (script instanceof HTMLScriptElement ? new URL(script.src, location.href).origin : '');
const cookieName = 'ripen_aid';
const privacyAsked =
  navigator.doNotTrack === '1' || ('globalPrivacyControl' in navigator && navigator.globalPrivacyControl === true);

const remembered = new RegExp(`(?:^|; )${cookieName}=([\\w-]{8,64})`).exec(document.cookie)?.[1];
let anonymousId = remembered ?? newId();
let userId: string | undefined;
let unsent: Message[] = [];
let waitMs = 2000;

const arrival = new URLSearchParams(location.search);
// Which link of which message brought them (`ripen_lid`). Told once, by the page they landed on, and gone from the address: whoever
// is sent that address further is somebody else.
let linkId = arrival.get('ripen_lid');
if (linkId) history.replaceState(history.state, '', withoutLinkId(location.href));

const campaign: Record<string, string> = {};
for (const name of ['source', 'medium', 'campaign', 'term', 'content']) {
  const value = arrival.get(`utm_${name}`);
  // Segment calls the campaign's own name `name`.
  if (value) campaign[name === 'campaign' ? 'name' : name] = value;
}

/** Reports this page. The canonical address wins, so that one page is one page whatever its parameters. */
function page(name?: string, properties: Fields = {}): void {
  say('page', { ...(name && { name }), properties: { ...here(), ...(linkId && { linkId }), ...properties } });
  linkId = null;
}

/** Reports that something happened. An event named like a Ripen activity (`trial.started`) is taken as that. */
function track(event: string, properties: Fields = {}): void {
  say('track', { event, properties });
}

/** Says who this is: an e-mail address or your own id, and what is known about them. */
function identify(id: string | Fields, traits: Fields = {}): void {
  const isAddress = typeof id === 'string' && id.includes('@');
  if (typeof id === 'string' && !isAddress) userId = id;
  say('identify', { traits: { ...(isAddress && { email: id }), ...(typeof id === 'string' ? traits : id) } });
}

/** Remembers this browser from now on, or forgets it. */
function consent(granted: boolean): void {
  if (privacyAsked) return;
  if (!granted) anonymousId = newId();
  const domain = settings.domain ? `; domain=${settings.domain}` : '';
  const secure = location.protocol === 'https:' ? '; secure' : '';
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in half of the browsers.
  document.cookie = `${cookieName}=${granted ? anonymousId : ''}; path=/; max-age=${granted ? 31536000 : 0}; samesite=lax${domain}${secure}`;
}

function newId(): string {
  // randomUUID is missing on plain http, where people try things out.
  return (
    crypto.randomUUID?.() ??
    Array.from(crypto.getRandomValues(new Uint8Array(16)), (n) => n.toString(16).padStart(2, '0')).join('')
  );
}

function here(): Fields {
  const canonical = document.querySelector<HTMLLinkElement>('link[rel="canonical"]')?.href;
  const { pathname, href } = new URL(withoutLinkId(canonical ?? location.href));
  return { path: pathname, url: href, title: document.title, referrer: document.referrer };
}

function withoutLinkId(address: string): string {
  return address.replace(/([?&])ripen_lid=[^&#]*(&?)/, (_, before, after) => (after ? before : ''));
}

function say(type: Message['type'], fields: Fields): void {
  if (privacyAsked) return;
  const message = {
    type,
    messageId: newId(),
    timestamp: new Date().toISOString(),
    anonymousId,
    ...(userId && { userId }),
    context: { page: here(), campaign, locale: navigator.language },
    ...fields,
  };
  void send(`/v1/${type}`, message).then((taken) => {
    if (taken) return;
    unsent.push(message);
    setTimeout(retry, waitMs);
  });
}

/** Whether Ripen took it, or never will: what is wrong with a message stays wrong, so only a failure of the moment is tried again. */
async function send(path: string, fields: Fields): Promise<boolean> {
  try {
    const { status } = await fetch(host + path, { method: 'POST', body: bodyOf(fields), keepalive: true });
    return status < 500 && status !== 429;
  } catch {
    return false;
  }
}

/** Plain text needs no preflight. With `sentAt` the receiver corrects a clock that is wrong. */
function bodyOf(fields: Fields): string {
  return JSON.stringify({ ...fields, writeKey: settings.writeKey, sentAt: new Date().toISOString() });
}

async function retry(): Promise<void> {
  const batch = unsent.splice(0, 20);
  if (batch.length === 0 || (await send('/v1/batch', { batch }))) return;
  unsent = [...batch, ...unsent].slice(-100);
  waitMs = Math.min(waitMs * 2, 60_000);
  setTimeout(retry, waitMs);
}

// The last chance to bring what has not arrived. The message ids make a second arrival harmless.
addEventListener('pagehide', () => {
  if (unsent.length > 0) navigator.sendBeacon(`${host}/v1/batch`, bodyOf({ batch: unsent.splice(0, 20) }));
});

// Before the form leaves: who this is and which campaign brought them. A ticked consent box is consent to be remembered.
document.addEventListener(
  'submit',
  ({ target }) => {
    if (!(target instanceof HTMLFormElement) || !/\/f\/[\w-]+\/?$/.test(target.action.split(/[?#]/)[0] ?? '')) return;
    if (target.querySelector('input[name="consent"]:checked')) consent(true);
    if (!privacyAsked) fill(target, 'ripen_aid', anonymousId);
    for (const [name, value] of arrival) if (name.startsWith('utm_')) fill(target, name, value);
    fill(target, 'landing_page', location.href.slice(0, 2048));
    fill(target, 'referrer', document.referrer.slice(0, 2048));
  },
  true,
);

function fill(form: HTMLFormElement, name: string, value: string): void {
  let input = form.querySelector<HTMLInputElement>(`input[name="${CSS.escape(name)}"]`);
  if (!input) {
    input = document.createElement('input');
    input.type = 'hidden';
    input.name = name;
    form.append(input);
  }
  input.value ||= value;
}

Object.assign(window, { ripen: { page, track, identify, consent } });
if (settings.page !== 'off') page();

export {};
