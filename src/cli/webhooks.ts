import type { Command } from 'commander';
import { openAccessDatabase } from '../access/access-database.js';
import { settingsFrom } from '../settings.js';
import { positionFrom } from '../webhooks/webhooks.controller.js';
import { Webhooks } from '../webhooks/webhooks.js';
import { authorFrom } from './ask.js';
import { reading } from './session.js';
import { number, table } from './tables.js';
import { print, printJson, printTables, writeError } from './terminal.js';

interface AddOptions {
  readonly after?: string;
  readonly author: string;
}

/**
 * Adds `webhooks add`, `list`, `enable` and `remove`. They also work while a server is running; the server
 * sends the events.
 */
export function addWebhooks(program: Command): void {
  const webhooks = program
    .command('webhooks')
    .description('receivers that are sent every event as it is recorded, signed');
  webhooks
    .command('add <url>')
    .description('make one and print its secret, once')
    .option(
      '--after <position>',
      'send what was recorded after it, 0 for all; what is new where it is left out',
    )
    .option('--author <name>', 'who makes it', 'command-line')
    .action(async (url: string, { after, author }: AddOptions) => {
      const head = await reading(({ store }) => store.head());
      const from = positionFrom(after === undefined ? undefined : Number(after), head) ?? head;
      const { id, secret, position } = await withWebhooks((all) => all.add(url, from, authorFrom(author)));
      // Prints only the secret on standard output, so that a script can read it.
      print(`${secret}\n`);
      writeError(
        `Webhook ${id} is sent what is recorded after event ${number(position)}. Keep its secret.\n`,
      );
    });
  webhooks
    .command('list')
    .description('all of them, how far each is, and what went wrong')
    .option('--json', 'as JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const all = await withWebhooks((each) => each.list());
      if (json) printJson({ webhooks: all });
      else
        printTables(
          table(
            [{ head: 'id', whole: true }, 'url', { head: 'sent up to', right: true }, 'state'],
            all.map(({ id, url, position, disabledAt, disabledReason, failures, lastError }) => [
              id,
              url,
              number(position),
              disabledAt !== null
                ? `off since ${disabledAt.slice(0, 16)}: ${disabledReason ?? ''} ${lastError ?? ''}`
                : failures > 0
                  ? `failed ${failures} times: ${lastError ?? ''}`
                  : 'on',
            ]),
          ),
        );
    });
  webhooks
    .command('enable <id>')
    .description('send again, from where it stopped')
    .option('--after <position>', 'or after this position')
    .action(async (id: string, { after }: { after?: string }) => {
      const head = await reading(({ store }) => store.head());
      const from = positionFrom(after === undefined ? undefined : Number(after), head);
      const { position } = await withWebhooks((all) => all.enable(id, from));
      print(`${id} is sent what was recorded after event ${number(position)}\n`);
    });
  webhooks
    .command('remove <id>')
    .description('send nothing more to it')
    .action(async (id: string) => {
      const { url } = await withWebhooks((all) => all.remove(id));
      print(`${id} (${url}) is removed\n`);
    });
}

async function withWebhooks<T>(work: (webhooks: Webhooks) => Promise<T>): Promise<T> {
  const { dataDir, postgresUrl, webhookPrivateTargets } = settingsFrom(process.env);
  const database = await openAccessDatabase(dataDir, postgresUrl);
  try {
    return await work(new Webhooks(database, { allowsPrivate: webhookPrivateTargets }));
  } finally {
    await database.destroy();
  }
}
