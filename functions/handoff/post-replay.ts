import { type HttpAnswer, type HttpRequest, json, RequestError } from '../runtime/http.ts';
import { answerPosted } from '../runtime/posted.ts';
import { type DeliverDeps, replayDelivery } from './deliver.ts';
import { parseDeliveryRef, summaryOf, unknownDelivery } from './read-deliveries.ts';

/**
 * `POST /api/deliveries/{id}/replay`, by a program or from the page: the call is made again, at once and under its id.
 *
 * @throws RequestError 404 there is none, 409 while it is under way.
 */
export async function postReplay(request: HttpRequest, deps: DeliverDeps): Promise<HttpAnswer> {
  const replay = () => replayOf(request.params.id ?? '', deps);
  // Nothing is asked for but the call itself.
  return request.body.length === 0 ? replay() : answerPosted(request, backTo(request), replay);
}

async function replayOf(id: string, deps: DeliverDeps): Promise<HttpAnswer> {
  const named = parseDeliveryRef(id);
  const replayed = named ? await replayDelivery(named, deps) : null;
  if (!replayed || replayed.outcome === 'unknown') throw unknownDelivery();
  const { outcome, delivery } = replayed;
  if (outcome === 'called') return json(200, summaryOf(delivery));
  const when = delivery.nextAt === null ? '' : `, next at ${delivery.nextAt}`;
  throw new RequestError(409, 'under-way', `This delivery is under way, and is called by itself${when}.`);
}

/** The page it was posted from, and nowhere else. */
function backTo({ body }: Pick<HttpRequest, 'body'>): string {
  const back = new URLSearchParams(body.toString()).get('back') ?? '';
  return /^\/deliveries(\?[\w.=&%-]*)?$/.test(back) ? back : '/deliveries';
}
