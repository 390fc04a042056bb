import type { RouteSpec } from '../template/blueprint-api.ts';

/** The route a request takes, with the values of the path's parameters. */
export interface RouteMatch {
  readonly route: RouteSpec;
  readonly pathParameters: Readonly<Record<string, string>>;
}

export type Router = (method: string, path: string) => RouteMatch | undefined;

interface Candidate {
  readonly route: RouteSpec;
  readonly method: string;
  readonly segments: readonly string[];
}

/**
 * API Gateway's choice: a full match of method and path before a greedy `{proxy+}`, that before `$default`. Of several
 * that match, the one with the longer fixed beginning, then the one that names the method rather than `ANY`. `path` is
 * decoded.
 */
export function routerOf(routes: readonly RouteSpec[]): Router {
  const candidates = routes.map(candidate).toSorted(byPrecedence);
  return (method, path) => {
    const segments = path.split('/').slice(1);
    for (const { route, method: wanted, segments: pattern } of candidates) {
      if (wanted !== 'ANY' && wanted !== method) continue;
      const pathParameters = match(pattern, segments);
      if (pathParameters) return { route, pathParameters };
    }
    return undefined;
  };
}

function candidate(route: RouteSpec): Candidate {
  if (route.routeKey === '$default') return { route, method: 'ANY', segments: ['$default'] };
  const [method = 'ANY', path = '/'] = route.routeKey.split(' ');
  return { route, method, segments: path.split('/').slice(1) };
}

function byPrecedence(a: Candidate, b: Candidate): number {
  const length = Math.max(a.segments.length, b.segments.length);
  // A greedy route comes after every full match, however long its fixed beginning is.
  const greedy = greediness(a) - greediness(b);
  if (greedy !== 0) return greedy;
  for (let index = 0; index < length; index += 1) {
    const difference = vagueness(a.segments[index]) - vagueness(b.segments[index]);
    if (difference !== 0) return difference;
  }
  return Number(a.method === 'ANY') - Number(b.method === 'ANY');
}

function greediness({ segments }: Candidate): number {
  const last = segments.at(-1);
  if (last === '$default') return 2;
  return last !== undefined && isGreedy(last) ? 1 : 0;
}

function vagueness(segment = ''): number {
  if (segment === '$default') return 3;
  if (isGreedy(segment)) return 2;
  return segment.startsWith('{') ? 1 : 0;
}

function isGreedy(segment: string): boolean {
  return segment.endsWith('+}');
}

function match(pattern: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  if (pattern[0] === '$default') return {};
  const values: Record<string, string> = {};
  for (const [index, wanted] of pattern.entries()) {
    const segment = segments[index];
    if (isGreedy(wanted)) {
      const rest = segments.slice(index).join('/');
      return rest === '' ? undefined : { ...values, [wanted.slice(1, -2)]: rest };
    }
    if (segment === undefined) return undefined;
    if (!wanted.startsWith('{')) {
      if (wanted !== segment) return undefined;
    } else if (segment === '') {
      return undefined;
    } else {
      values[wanted.slice(1, -1)] = segment;
    }
  }
  return pattern.length === segments.length ? values : undefined;
}
