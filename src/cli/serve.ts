import type { Command } from 'commander';
import { serve } from '../server.js';
import { settingsFrom } from '../settings.js';
import { print } from './terminal.js';

interface ServeOptions {
  readonly host?: string;
  readonly port?: string;
  readonly data?: string;
}

/** Adds `serve`. */
export function addServe(program: Command): void {
  program
    .command('serve')
    .description('answer HTTP until told to stop')
    .option('--host <address>', 'address to listen on, instead of HOST')
    .option('--port <port>', 'port to listen on, instead of PORT; 0 for any that is free')
    .option('--data <folder>', 'folder of the ledger, the views and the keys, instead of DATA_DIR')
    .action(async ({ host, port, data }: ServeOptions) => {
      const settings = settingsFrom({
        ...process.env,
        ...(host !== undefined && { HOST: host }),
        ...(port !== undefined && { PORT: port }),
        ...(data !== undefined && { DATA_DIR: data }),
      });
      const app = await serve(settings);
      // Asks the server for its address, because port 0 means any free port.
      print(`${await app.getUrl()}/docs\n`);
    });
}
