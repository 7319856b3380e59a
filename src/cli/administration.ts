import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import type { Command } from 'commander';
import { ROLES, type Role } from '../access/api-key.js';
import { openAccessDatabase } from '../access/access-database.js';
import { ApiKeys } from '../access/api-keys.js';
import { PreviewEvents } from '../commands/preview-events.js';
import { RecordEvents } from '../commands/record-events.js';
import { InvalidEvent } from '../commands/refusals.js';
import { isMarket, isSlug } from '../domain/fields.js';
import { problemsOfProposal, type Proposal } from '../domain/proposal.js';
import { automakerStream, marketStream } from '../domain/streams.js';
import { InvalidRequest } from '../problems/request-problems.js';
import { verify } from '../projections/verify.js';
import { serve } from '../server.js';
import { settingsFrom } from '../settings.js';
import { LedgerLog } from '../transparency/ledger-log.js';
import { reading, writing } from './session.js';
import { table } from './tables.js';

/** Adds what changes something: recording, views, keys, the server. */
export function addAdministration(program: Command): void {
  program
    .command('record <subject> <file>')
    .description(
      'record the event, or the array of events, in a JSON file (- for standard input) of an automaker or a market',
    )
    .option('--author <name>', 'who records it', 'command-line')
    .option('--dry-run', 'say what would happen, and record nothing')
    .action(record);
  program
    .command('rebuild')
    .description('build the views anew, compare them with the live ones, and switch')
    .action(rebuild);
  program
    .command('unpark <stream>')
    .description('apply a parked stream again')
    .action(async (stream: string) => {
      await writing(({ views }) => views.unpark(stream));
      process.stdout.write(`${stream} is followed again\n`);
    });
  program
    .command('verify')
    .description(
      'check that the ledger has no gaps, that nobody edited it, and that stored views equal the fold computed afresh',
    )
    .action(verifyStores);
  program
    .command('serve')
    .description('answer HTTP until told to stop')
    .action(async () => {
      const settings = settingsFrom(process.env);
      await serve(settings);
      process.stdout.write(`http://${settings.host}:${settings.port}/docs\n`);
    });
  addKeys(program.command('keys').description('API keys, of which only hashes are stored'));
}

async function record(
  subject: string,
  file: string,
  options: { author: string; dryRun?: boolean },
): Promise<void> {
  const content = file === '-' ? await text(process.stdin) : await readFile(file, 'utf8');
  const body = parsed(content, file);
  const values: readonly unknown[] = Array.isArray(body) ? body : [body];
  const errors = values.flatMap((value, index) =>
    problemsOfProposal(value).map(({ field, message }) => ({ field: `[${index}].${field}`, message })),
  );
  if (errors.length > 0) throw new InvalidEvent({ detail: `${errors.length} fields are wrong`, errors });
  // problemsOfProposal found nothing wrong with them as proposals.
  const proposals = values as readonly Proposal[];
  const stream = streamOf(subject);
  const many = Array.isArray(body);
  const answer = options.dryRun
    ? await reading(({ queries }) =>
        queries.execute(new PreviewEvents(stream, proposals, options.author, many)),
      )
    : await writing(({ commands }) =>
        commands.execute(new RecordEvents(stream, proposals, { author: options.author, many })),
      );
  process.stdout.write(`${JSON.stringify(answer, null, 2)}\n`);
}

function parsed(content: string, file: string): unknown {
  try {
    return JSON.parse(content);
  } catch (error) {
    throw new InvalidRequest([
      { field: file, message: `is not JSON: ${error instanceof Error ? error.message : String(error)}` },
    ]);
  }
}

function streamOf(subject: string): string {
  if (isMarket(subject)) return marketStream(subject);
  if (isSlug(subject)) return automakerStream(subject);
  throw new InvalidRequest([
    {
      field: 'subject',
      message: 'must be the slug of an automaker, such as xpeng, or the code of a market, such as NO',
    },
  ]);
}

async function rebuild(): Promise<void> {
  const report = await writing(({ views }) => views.rebuild());
  process.stdout.write(
    `${report.position} events in ${report.seconds.toFixed(1)} s, generation ${report.generation}, ${report.differences.length} rows differed from the live views\n`,
  );
  if (report.differences.length > 0) {
    process.stdout.write(
      table(
        ['table', 'row'],
        report.differences.map(({ table: name, row }) => [name, row.replaceAll('\u0000', ' ')]),
      ),
    );
  }
}

async function verifyStores(): Promise<void> {
  const { verification, changed } = await reading(async ({ store, views, app }) => ({
    verification: await verify(store, views.tables),
    changed: await app.get(LedgerLog).changedEvents(),
  }));
  const { events, streams, position, findings } = verification;
  process.stdout.write(`${events} events in ${streams} streams, views compared at position ${position}\n`);
  const all = [
    ...findings,
    ...changed.map((place) => ({
      position: place,
      finding: 'is not the event that the log took in: it was edited behind the server’s back',
    })),
  ];
  if (all.length === 0) process.stdout.write('OK\n');
  else
    process.stdout.write(
      table(
        ['position', 'finding'],
        all.map((each) => [each.position, each.finding]),
      ),
    );
  process.exitCode = all.length === 0 ? 0 : 1;
}

function addKeys(keys: Command): void {
  keys
    .command('create <name>')
    .description('make a key and print it, once')
    .requiredOption('--role <role>', ROLES.join(', '))
    .action((name: string, options: { role: string }) =>
      withKeys(async (store) => {
        const created = await store.create(name, roleFrom(options.role));
        process.stdout.write(`${created.key}\n`);
        process.stderr.write(`Key of ${name} (${created.role}). Keep it: only its hash is stored.\n`);
      }),
    );
  keys
    .command('list')
    .description('all keys, without their secrets')
    .action(() =>
      withKeys(async (store) => {
        const all = await store.list();
        process.stdout.write(
          table(
            ['id', 'name', 'role', 'created', 'revoked'],
            all.map((key) => [key.id, key.name, key.role, key.createdAt, key.revokedAt ?? '']),
          ),
        );
      }),
    );
  keys
    .command('revoke <name>')
    .description('a key, by its name or id, is not accepted any more')
    .action((name: string) =>
      withKeys(async (store) => {
        await store.revoke(name);
        process.stdout.write(`${name} is revoked\n`);
      }),
    );
}

async function withKeys(work: (keys: ApiKeys) => Promise<void>): Promise<void> {
  const database = await openAccessDatabase(settingsFrom(process.env).dataDir);
  try {
    await work(new ApiKeys(database));
  } finally {
    await database.destroy();
  }
}

function roleFrom(text: string): Role {
  const role = ROLES.find((name) => name === text);
  if (!role) throw new InvalidRequest([{ field: '--role', message: `must be one of ${ROLES.join(', ')}` }]);
  return role;
}
