import type { Command } from 'commander';
import { serve } from '../server.js';
import { settingsFrom } from '../settings.js';
import { print } from './terminal.js';

/** Adds `serve`. */
export function addServe(program: Command): void {
  program
    .command('serve')
    .description('answer HTTP until told to stop')
    .action(async () => {
      const settings = settingsFrom(process.env);
      await serve(settings);
      print(`http://${settings.host}:${settings.port}/docs\n`);
    });
}
