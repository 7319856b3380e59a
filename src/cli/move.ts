import type { Command } from 'commander';
import { moveFrom } from '../commands/recording/move-request.js';
import { PreviewMove } from '../commands/recording/preview-move.js';
import { CONFIRMATIONS } from '../domain/ledger/doubts.js';
import { authorFrom } from './ask.js';
import { request, withServer, type RemoteOptions } from './remote.js';
import { reading, writing } from './session.js';
import { placeOf } from './subject-place.js';
import { printJson } from './terminal.js';

interface MoveOptions extends RemoteOptions {
  readonly author: string;
  readonly reason: string;
  readonly confirm?: string;
  readonly dryRun?: boolean;
}

/** Adds `move`: corrects events that were recorded for the wrong automaker, market or company. */
export function addMove(program: Command): void {
  withServer(
    program
      .command('move <from> <to> <events...>')
      .description('move events, by their ids, to the automaker, market or company that they belong to')
      .requiredOption('--reason <text>', 'why they belong there')
      .option('--author <name>', 'who moves them', 'command-line')
      .option('--confirm <codes>', `what is meant although it is unlikely, of ${CONFIRMATIONS.join(', ')}`)
      .option('--dry-run', 'say what would happen, and record nothing'),
  ).action(move);
}

async function move(
  from: string,
  to: string,
  events: readonly string[],
  options: MoveOptions,
): Promise<void> {
  const { stream, path } = placeOf(from);
  const { reason, confirm, dryRun = false } = options;
  const asked = { events, to, reason, ...(confirm !== undefined && { confirm: confirm.split(',') }) };
  if (options.server !== undefined) {
    const response = await request(options, `/api/${path}/moves${dryRun ? '?dryRun=true' : ''}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(asked),
    });
    printJson(await response.json(), 2);
    return;
  }
  const command = moveFrom(stream, asked, authorFrom(options.author));
  const answer = dryRun
    ? await reading(({ queries }) => queries.execute(new PreviewMove(command)))
    : await writing(({ commands }) => commands.execute(command));
  printJson(answer, 2);
}
