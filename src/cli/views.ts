import type { Command } from 'commander';
import { damageIn, isOfViews } from '../event-store/damage.js';
import { settingsFrom } from '../settings.js';
import { openGenerations } from '../stores.module.js';
import { NotFound } from '../problems/not-found.js';
import { ParkedStreamRow } from '../read-model/row-entities.js';
import { LedgerLog } from '../transparency/ledger-log.js';
import { caughtUp, writing, type CliSession } from './session.js';
import { number, table } from './tables.js';
import { print, writeError } from './terminal.js';

/** Adds the commands that repair the views: `rebuild`, `rollback` and `unpark`. */
export function addViews(program: Command): void {
  program
    .command('rebuild')
    .description('build the views anew, compare them with the live ones, and switch')
    .action(rebuild);
  program
    .command('rollback')
    .description('go back to the views before the last rebuild, brought up to date')
    .action(async () => {
      const generation = await writing(({ views }) => views.rollBack());
      print(`the views are those of generation ${number(generation)} again\n`);
    });
  program
    .command('unpark <stream>')
    .description('apply a parked stream again')
    .action(async (stream: string) => {
      await writing((session) => unpark(session, stream));
      print(`${stream} is followed again\n`);
    });
}

/** Unreadable views are not compared: they are deleted and built again from the ledger. */
async function rebuild(): Promise<void> {
  try {
    await rebuildBeside();
  } catch (error) {
    const damage = damageIn(error);
    if (!damage || !isOfViews(damage.file)) throw error;
    writeError(`warning: ${damage.file} is damaged: ${damage.damage}\n`);
    const sets = await openGenerations(settingsFrom(process.env), false);
    await sets.startAnew();
    await sets.close();
    const position = await writing(async (session) => {
      await caughtUp(session);
      return session.store.head();
    });
    print(`the views were damaged; made anew from ${number(position)} events\n`);
  }
}

async function rebuildBeside(): Promise<void> {
  const { position, seconds, generation, differences, isMended } = await writing(async ({ views, app }) => {
    const report = await views.rebuild();
    return { ...report, isMended: await app.get(LedgerLog).mend() };
  });
  if (isMended) print('hashes of subtrees in log.sqlite were wrong; made anew from those of the events\n');
  print(
    `${number(position)} events in ${seconds.toFixed(1)} s, generation ${generation}, ${number(differences.length)} rows differed from the live views\n`,
  );
  if (differences.length === 0) return;
  const rows = differences.map(({ table: name, row }) => [name, row.split('\u0000').join(' ')]);
  print(table(['table', 'row'], rows));
}

async function unpark({ store, views }: CliSession, stream: string): Promise<void> {
  await views.waitFor(await store.head(), 60_000);
  const parked = await views.rows.getRepository(ParkedStreamRow).find({ order: { stream: 'ASC' } });
  if (!parked.some((row) => row.stream === stream)) {
    const names = parked.map((row) => row.stream).join(', ');
    throw new NotFound({
      detail: `The stream ${stream} is not parked. ${names === '' ? 'None is.' : `Parked are ${names}.`}`,
    });
  }
  await views.unpark(stream);
}
