import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { openAccessDatabase } from '../../src/access/access-database.js';
import { ApiKeys } from '../../src/access/api-keys.js';
import { createDatabase, describeOnPostgres, type TestDatabase } from '../postgres.js';

describeOnPostgres('the keys of several nodes', () => {
  let database: TestDatabase;
  let nodes: readonly DataSource[];
  let here: ApiKeys;
  let there: ApiKeys;
  beforeAll(async () => {
    database = await createDatabase();
    // Both nodes start at the same time; one of them creates the table.
    nodes = await Promise.all([1, 2].map(() => openAccessDatabase('/nowhere', database.url)));
    [here, there] = nodes.map((node) => new ApiKeys(node)) as [ApiKeys, ApiKeys];
  });
  afterAll(async () => {
    for (const node of nodes) await node.destroy();
    await database.drop();
  });

  it('are the same: made at one, they let in at the other, under a name that is taken at both', async () => {
    const { key, id } = await here.create('Zoë 小鹏', 'analyst');
    expect(await there.authenticate(key)).toEqual({ keyId: id, name: 'Zoë 小鹏', role: 'analyst' });
    await expect(there.create('Zoë 小鹏', 'reader')).rejects.toMatchObject({ slug: 'key-name-taken' });
    expect(await there.list()).toEqual(await here.list());
    expect(await there.list()).toMatchObject([{ id, revokedAt: null }]);
  });

  it('are kept as hashes only', async () => {
    const { key, id } = await here.create('secret', 'reader');
    const stored = JSON.stringify(await database.query('SELECT * FROM tracker.api_keys'));
    expect(stored).toContain(id);
    expect(stored).not.toContain(key.split(`${id}_`)[1]);
  });

  it('revoked at one fail at the other within a second', async () => {
    const { key } = await here.create('short', 'reader');
    expect(await there.authenticate(key)).toMatchObject({ name: 'short' });
    await here.revoke('short');
    await sleep(1050);
    expect(await there.authenticate(key)).toBeUndefined();
  });
});
