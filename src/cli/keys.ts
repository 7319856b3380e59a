import type { Command } from 'commander';
import { openAccessDatabase } from '../access/access-database.js';
import { ROLES, type Role } from '../access/api-key.js';
import { ApiKeys } from '../access/api-keys.js';
import { InvalidRequest } from '../problems/request-problems.js';
import { settingsFrom } from '../settings.js';
import { table } from './tables.js';
import { print, writeError, printJson, printTables } from './terminal.js';

/** Adds `keys create`, `keys list` and `keys revoke`. They also work while a server is running. */
export function addKeys(program: Command): void {
  const keys = program.command('keys').description('API keys, of which only hashes are stored');
  keys
    .command('create <name>')
    .description('make a key and print it, once')
    .requiredOption('--role <role>', ROLES.join(', '))
    .action(async (name: string, options: { role: string }) => {
      const role = roleFrom(options.role);
      const { key } = await withKeys((store) => store.create(name, role));
      // Prints only the key on standard output, so that a script can read it.
      print(`${key}\n`);
      writeError(`Key of ${name} (${role}). Keep it: only its hash is stored.\n`);
    });
  keys
    .command('list')
    .description('all keys, without their secrets')
    .option('--json', 'as JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const all = await withKeys((store) => store.list());
      const rows = all.map((key) => [
        key.id,
        key.name,
        key.role,
        instant(key.createdAt),
        instant(key.revokedAt),
      ]);
      if (json) printJson({ keys: all });
      else {
        const columns = [
          { head: 'id', whole: true },
          { head: 'name', whole: true },
          'role',
          'created',
          'revoked',
        ];
        printTables(table(columns, rows));
      }
    });
  keys
    .command('revoke <name>')
    .description('a key, by its name or id, is not accepted any more')
    .action(async (nameOrId: string) => {
      const { name, id } = await withKeys((store) => store.revoke(nameOrId));
      print(`${name} (${id}) is revoked\n`);
    });
}

/** Runs work with the keys of the configured stores. */
export async function withKeys<T>(work: (keys: ApiKeys) => Promise<T>): Promise<T> {
  const { dataDir, postgresUrl } = settingsFrom(process.env);
  const database = await openAccessDatabase(dataDir, postgresUrl);
  try {
    return await work(new ApiKeys(database));
  } finally {
    await database.destroy();
  }
}

/** Formats an instant to the minute. */
function instant(text: string | null): string | undefined {
  return text === null ? undefined : `${text.slice(0, 10)} ${text.slice(11, 16)}`;
}

function roleFrom(text: string): Role {
  const role = ROLES.find((name) => name === text);
  if (!role) throw new InvalidRequest([{ field: '--role', message: `must be one of ${ROLES.join(', ')}` }]);
  return role;
}
