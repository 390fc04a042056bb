import { globSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { grants } from './grants.ts';
import { synthesize } from './synthesized.ts';

const app = synthesize();

const Statement = z.object({
  Effect: z.string(),
  Action: z.union([z.string().transform((one) => [one]), z.array(z.string())]),
  Resource: z.unknown().transform((value) => (Array.isArray(value) ? value : [value])),
});
type Statement = z.infer<typeof Statement>;
const Door = z.object({
  Description: z.string(),
  Role: z.unknown(),
  LoggingConfig: z.object({ LogGroup: z.unknown() }),
  Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }),
});
const Policy = z.object({ PolicyDocument: z.object({ Statement: z.array(Statement) }), Roles: z.array(z.unknown()) });

const doors = new Map(
  Object.values(app.all('AWS::Lambda::Function')).flatMap((properties) => {
    // The provider behind the deploy trigger has no description; it is the library's, and may invoke one function.
    const door = Door.safeParse(properties);
    return door.success ? [[door.data.Description.split('.')[0] ?? '', door.data] as const] : [];
  }),
);
const policies = Object.values(app.all('AWS::IAM::Policy')).map((properties) => Policy.parse(properties));

function statementsOf(door: string): readonly Statement[] {
  const role = app.text(doors.get(door)?.Role).replace('.Arn', '');
  return policies
    .filter(({ Roles }) => Roles.some((name) => app.text(name) === role))
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
}

const words: Readonly<Record<string, string>> = {
  'DescribeSecret GetSecretValue': 'read',
  'DescribeStream GetRecords GetShardIterator': 'read',
  'ChangeMessageVisibility DeleteMessage GetQueueAttributes GetQueueUrl ReceiveMessage': 'consume',
  'GetQueueAttributes GetQueueUrl SendMessage': 'send',
  SendMessage: 'send',
};

/** What a door's role allows, as the table of grants writes it. */
function grantsOf(door: string): Record<string, string> {
  const actions = new Map<string, Set<string>>();
  for (const { Action, Resource } of statementsOf(door)) {
    const named = Action.filter((action) => !/^(logs|xray):|:ListStreams$/.test(action)).map(
      (action) => action.split(':')[1] ?? '',
    );
    for (const resource of named.length > 0 ? Resource : []) {
      const label = nameOf(app.text(resource));
      actions.set(label, new Set([...(actions.get(label) ?? []), ...named]));
    }
  }
  return Object.fromEntries(
    [...actions].map(([resource, set]) => {
      const list = [...set].sort().join(' ');
      return [resource, words[list] ?? list];
    }),
  );
}

function nameOf(arn: string): string {
  if (arn.includes(':configuration-set/')) return 'ConfigurationSet';
  if (arn.includes(':identity/')) return 'Identity';
  return arn.replace('.StreamArn', 'Stream').replace('.Arn', '');
}

function doorsThat(match: (action: string) => boolean): string[] {
  return [...doors.keys()].filter((door) => statementsOf(door).some(({ Action }) => Action.some(match))).sort();
}

describe('a door', () => {
  it.each(Object.keys(grants))('%s may touch what the table of grants says, and nothing else', (door) => {
    expect(grantsOf(door)).toEqual(grants[door]);
  });

  it('is deployed if and only if it is in functions/', () => {
    const root = join(import.meta.dirname, '../..');
    const written = globSync('functions/*/*.lambda.ts', { cwd: root }).map((file) =>
      file.replaceAll('\\', '/').replace(/^functions\/|\.lambda\.ts$/g, ''),
    );
    expect([...doors.keys()].sort()).toEqual(written.sort());
  });

  it('has a role and a log group of its own', () => {
    const roles = [...doors.values()].map(({ Role }) => app.text(Role));
    const logs = [...doors.values()].map(({ LoggingConfig }) => app.text(LoggingConfig.LogGroup));
    expect(new Set(roles).size).toBe(doors.size);
    expect(new Set(logs).size).toBe(doors.size);
    for (const door of doors.keys()) {
      const logged = statementsOf(door).filter(({ Action }) => Action.some((action) => action.startsWith('logs:')));
      expect(logged.map(({ Resource }) => Resource.map(app.text))).toEqual([
        [`${app.text(doors.get(door)?.LoggingConfig.LogGroup)}.Arn`],
      ]);
    }
  });

  it('never has a wildcard, but for X-Ray, the listing of streams, the quota and the insights of SES, which know no narrower resource, and letters', () => {
    for (const door of doors.keys()) {
      for (const { Effect, Action, Resource } of statementsOf(door)) {
        expect(Effect).toBe('Allow');
        expect(Action.filter((action) => action.includes('*'))).toEqual([]);
        if (Resource.map(app.text).some((arn) => arn.replace(/\/replies\/\*$/, '').includes('*')))
          expect(
            Action.filter(
              (action) => !/^xray:Put|^dynamodb:ListStreams$|^ses:Get(SendQuota|MessageInsights)$/.test(action),
            ),
          ).toEqual([]);
      }
    }
  });
});

describe('the promises that people rely on', () => {
  it('a stranger reaches only doors that may publish: the form door can PutEvents, and that is all', () => {
    expect(grantsOf('capture/receive-form')).toEqual({ Bus: 'PutEvents' });
    expect(grantsOf('capture/receive-tracking')).toEqual({ Bus: 'PutEvents' });
  });

  it('only the sender may send', () => {
    expect(doorsThat((action) => action.startsWith('ses:Send'))).toEqual(['nurture/send-messages']);
  });

  it('only who calls other systems knows where they are', () => {
    expect([...doors.keys()].filter((door) => grantsOf(door).Channels !== undefined).sort()).toEqual([
      'handoff/deliver-webhooks',
      'handoff/notify-handoffs',
      'handoff/work-deliveries',
    ]);
  });

  it('the pages can only read', () => {
    for (const door of [...doors.keys()].filter((name) => name.startsWith('web/')))
      expect(Object.values(grantsOf(door)).flatMap((actions) => actions.split(' '))).toSatisfy((actions: string[]) =>
        actions.every((action) => ['', 'BatchGetItem', 'GetItem', 'Query', 'read'].includes(action)),
      );
  });

  it('nobody may scan a table or read it whole', () => {
    expect(doorsThat((action) => /:(Scan|PartiQL\w*|ExportTableToPointInTime)$/.test(action))).toEqual([]);
  });

  it('a secret is named in the environment, never written there', () => {
    for (const [name, { Environment }] of doors) {
      const text = JSON.stringify(Environment.Variables);
      expect(text, name).not.toContain('{{resolve:');
      for (const [variable, value] of Object.entries(Environment.Variables).filter(([key]) =>
        /SECRET|PEPPER|KEY/.test(key),
      )) {
        expect(variable).toMatch(/_SECRET_ARN$/);
        expect(app.text(value)).toMatch(/^(Pepper|LinkKeys|Channels)$/);
      }
    }
  });
});
