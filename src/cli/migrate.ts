import { SingleBar } from 'cli-progress';
import { Option, type Command } from 'commander';
import { migrate, TIERS, type Tier } from '../tier-migration/migrate.js';
import { settingsFrom } from '../settings.js';
import { CommandFailed } from './reported-error.js';
import { number } from './tables.js';
import { print } from './terminal.js';

/** Adds `migrate`. */
export function addMigrate(program: Command): void {
  const tier = (flags: string, what: string) =>
    new Option(`${flags} <tier>`, what).choices([...TIERS]).makeOptionMandatory();
  program
    .command('migrate')
    .description(
      'copy ledger, log, keys and what is kept beside them from one tier to the other: embedded is DATA_DIR, server is KURRENTDB_URL and POSTGRES_URL; resumable',
    )
    .addOption(tier('--from', 'where everything is'))
    .addOption(tier('--to', 'where it is to be as well'))
    .action(async ({ from, to }: { from: Tier; to: Tier }) => {
      if (from === to)
        throw new CommandFailed(`The ledger is in the ${from} tier already: name the other one.`);
      const bar = process.stderr.isTTY
        ? new SingleBar({ format: '{value} events', stopOnComplete: true })
        : undefined;
      bar?.start(0, 0);
      try {
        const report = await migrate(settingsFrom(process.env), from, (events) => bar?.update(events));
        const { webhooks, releaseLabels, suggestions, reviews } = report.beside;
        print(
          `${number(report.events)} events, ${number(report.copied)} of them copied now; ${number(report.rows)} rows of views, ${number(report.checkpoints)} checkpoints and ${number(report.keys)} keys are the same in both tiers\n${number(webhooks)} webhooks, the labels of ${number(releaseLabels)} automakers, ${number(suggestions)} suggestions and ${number(reviews)} second looks came along\nroot ${report.root}\n`,
        );
      } finally {
        bar?.stop();
      }
    });
}
