import { type Compared, compared } from '../leads/interval.ts';
import type { LeadType } from '../leads/lead-type.ts';
import type { Happening } from '../leads/predicate.ts';
import { type HttpAnswer, type HttpRequest, json, RequestError } from '../runtime/http.ts';
import type { AudienceStore } from './audience.store.ts';
import { conversionsOf, variantsOf } from './audience.ts';
import { exportAudience } from './export-audience.ts';
import { type Audience, type FollowUpPlan, marketedTypes } from './follow-up-plan.ts';

/** What came of one variant: of all who ever joined, how many then did what the audience is for. Each lead counts once (U5). */
export interface VariantResult extends Pick<Compared, 'rate' | 'difference' | 'verdict'> {
  readonly variant: string;
  readonly weight: number;
  /** Who is in it now. */
  readonly members: number;
  readonly ever: number;
  readonly converted: number;
}

export interface AudienceView {
  readonly audience: string;
  readonly name: string;
  /** Whom the plan puts into it, and after what time (ISO 8601). */
  readonly joinedBy: readonly { readonly leadType: LeadType; readonly after: string }[];
  readonly conversions: readonly Happening[];
  readonly members: number;
  readonly variants: readonly VariantResult[];
}

export interface ReadAudiencesDeps {
  readonly audiences: Pick<AudienceStore, 'counts' | 'page'>;
  readonly plan: FollowUpPlan;
}

/** `GET /api/audiences`, and of one of them `/results` and `/export`. */
export async function answerAudiences(request: HttpRequest, deps: ReadAudiencesDeps): Promise<HttpAnswer> {
  const { params, path } = request;
  if (params.id === undefined) return json(200, { audiences: await readAudiences(deps) });
  const audience = deps.plan.audiences.find(({ id }) => id === params.id);
  if (!audience) throw new RequestError(404, 'unknown-audience', `There is no audience ${params.id.slice(0, 80)}.`);
  return path.endsWith('/export')
    ? exportAudience(audience, request, deps)
    : json(200, await readAudience(audience, deps));
}

/** Every audience of the playbook with its variants, how many are in each, and how they do. */
export function readAudiences(deps: ReadAudiencesDeps): Promise<readonly AudienceView[]> {
  return Promise.all(deps.plan.audiences.map((audience) => readAudience(audience, deps)));
}

async function readAudience(audience: Audience, { audiences, plan }: ReadAudiencesDeps): Promise<AudienceView> {
  const counted = await Promise.all(
    variantsOf(audience).map(async ({ name, weight }) => {
      const counts = await audiences.counts(audience.id, name);
      return { variant: name, weight, ...counts, count: counts.converted, of: counts.ever };
    }),
  );
  return {
    audience: audience.id,
    name: audience.name,
    joinedBy: marketedTypes.flatMap((leadType) => {
      const followUp = plan[leadType];
      const isOf = followUp.strategy === 're-engage' && followUp.audience === audience.id;
      return isOf ? [{ leadType, after: followUp.after }] : [];
    }),
    conversions: conversionsOf(audience.id, plan),
    members: counted.reduce((sum, { members }) => sum + members, 0),
    variants: compared(counted).map(({ count, of, ...result }) => result),
  };
}
