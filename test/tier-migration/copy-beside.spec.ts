import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { openAccessDatabase } from '../../src/access/access-database.js';
import { Webhook } from '../../src/access/webhook.js';
import { KnownLabels } from '../../src/commands/release/known-labels.js';
import { Reviews } from '../../src/commands/review/reviews.js';
import { Suggestions } from '../../src/commands/suggestions/suggestions.js';
import { copyBeside } from '../../src/tier-migration/copy-beside.js';
import { Webhooks } from '../../src/webhooks/webhooks.js';
import { createDatabase, describeOnPostgres, type TestDatabase } from '../postgres.js';

const at = (minute: number): string => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();
const POLICY = { allowsPrivate: false };
const HOOK = 'https://receiver.example.org/tracker';

describeOnPostgres('what is kept beside the ledger, copied between tiers', () => {
  let folder: string;
  let database: TestDatabase;
  let embedded: DataSource;
  let server: DataSource;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tracker-beside-'));
    database = await createDatabase();
    embedded = await openAccessDatabase(folder);
    server = await openAccessDatabase('/nowhere', database.url);
  });
  afterEach(async () => {
    await embedded.destroy();
    await server.destroy();
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('comes along whole, and back with what happened meanwhile', async () => {
    const { id } = await new Webhooks(embedded, POLICY).add(HOOK, 7, 'ada');
    await embedded.getRepository(Webhook).update({ id }, { leasedBy: 'node', leasedUntil: at(9) });
    await new KnownLabels(embedded).remember('xpeng', { total: { isTotal: true } });
    const suggestion = await new Suggestions(embedded).add(
      { kind: 'event', text: 'Denmark, too', url: 'https://example.com/dk' },
      at(1),
    );
    await new Reviews(embedded).ask('event-1', 'ana', 'Is it 2021?', at(2));

    expect(await copyBeside(embedded, server)).toEqual({
      webhooks: 1,
      releaseLabels: 1,
      suggestions: 1,
      reviews: 1,
    });
    const [hook] = await server.getRepository(Webhook).find();
    const [before] = await embedded.getRepository(Webhook).find();
    expect(hook).toEqual({ ...before, leasedBy: null, leasedUntil: null });
    expect(await new KnownLabels(server).of('xpeng')).toEqual({ total: { isTotal: true } });
    expect(await new Suggestions(server).one(suggestion.id)).toEqual(suggestion);

    await server.getRepository(Webhook).update({ id }, { position: 12 });
    await new KnownLabels(server).remember('xpeng', { ytd: { span: 'year-to-date' } });
    await new Suggestions(server).decline(suggestion.id, 'bo', 'Told already', at(3));
    await new Reviews(server).settle('event-1', 'bo', 'agreed', undefined, at(4));
    await new Reviews(server).ask('event-2', 'ana', undefined, at(5));
    await copyBeside(server, embedded);
    expect((await embedded.getRepository(Webhook).find())[0]?.position).toBe(12);
    expect(await new KnownLabels(embedded).of('xpeng')).toEqual({
      total: { isTotal: true },
      ytd: { span: 'year-to-date' },
    });
    expect((await new Suggestions(embedded).one(suggestion.id)).state).toBe('declined');
    expect((await new Reviews(embedded).of('event-1'))?.finding).toBe('agreed');
    expect((await new Reviews(embedded).of('event-2'))?.askedBy).toBe('ana');
  });

  it('goes on from where it is further along, however often it is copied', async () => {
    const { id } = await new Webhooks(embedded, POLICY).add(HOOK, 7, 'ada');
    const suggestion = { kind: 'event', text: 'The same', url: 'https://example.com/dk' } as const;
    const here = await new Suggestions(embedded).add(suggestion, at(1));
    await new Suggestions(server).add(suggestion, at(2));
    await copyBeside(embedded, server);
    await server.getRepository(Webhook).update({ id }, { position: 12 });
    await copyBeside(embedded, server);
    expect((await server.getRepository(Webhook).find())[0]?.position).toBe(12);
    // The repeated suggestion is pending only once.
    expect((await new Suggestions(server).page('waiting', 10)).suggestions).toHaveLength(1);
    await new Suggestions(embedded).decline(here.id, 'bo', 'No', at(3));
    await copyBeside(embedded, server);
    expect((await new Suggestions(server).one(here.id)).state).toBe('declined');
  });
});
