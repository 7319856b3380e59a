import type { Command } from 'commander';

/** The commands of one file: their help texts, and how to load the file when one of them is used. */
export interface CommandFile {
  /** The usage and description of each command, equal to those in the file itself. */
  readonly commands: readonly (readonly [term: string, description: string])[];
  load(): Promise<(program: Command) => void>;
}

/**
 * All commands in help order. They are listed here because loading all files to print the help would open a
 * thousand modules.
 */
export const COMMAND_FILES: readonly CommandFile[] = [
  {
    commands: [
      ['automakers [options]', 'all automakers'],
      ['targets [options] <automaker>', 'how far it is on all its targets'],
      ['progress [options] <automaker> [target]', 'how far it is on one target, with the proof'],
      ['history [options] <automaker> <target>', 'every version of a target, each change classed'],
      ['strategy [options] <automaker>', 'how its strategy changed'],
      ['compare [options] <automakers>', 'some automakers side by side, ids separated by commas'],
      ['differences [options]', 'what differs between two points in time, and why'],
    ],
    load: async () => (await import('./questions.js')).addQuestions,
  },
  {
    commands: [
      ['markets [options] [automaker]', 'where it is, or who is where'],
      ['market [options] <code>', 'who is there, how, and under which conditions'],
      ['partners [options] <automaker>', 'with whom'],
      ['production [options] <automaker>', 'where it builds abroad'],
      ['outlets [options] <automaker>', 'stores and service centers that were logged'],
    ],
    load: async () => (await import('./footprint-questions.js')).addFootprintQuestions,
  },
  {
    commands: [
      ['companies [options]', 'groups, brands, partners and joint ventures'],
      [
        'company [options] <name>',
        'whose a company is, what it owns, whose partner it is, by any of its names',
      ],
    ],
    load: async () => (await import('./company-questions.js')).addCompanyQuestions,
  },
  {
    commands: [
      [
        'readings [options] <automaker> [reading]',
        'asset-light, partner dependence, concentration, localisation, exposure, speed',
      ],
      ['theses [options] [thesis]', 'what the ledger says about claims of asset-light expansion'],
    ],
    load: async () => (await import('./expansion-questions.js')).addExpansionQuestions,
  },
  {
    commands: [
      [
        'forecast [options] <automaker> [target]',
        'where it is going, by each method that was right on what was known then',
      ],
    ],
    load: async () => (await import('./forecast-question.js')).addForecastQuestion,
  },
  {
    commands: [
      ['goals [options]', 'the goal book: all goals of all automakers, then and now'],
      ['promised [options]', 'what was promised for each year, as it stood on a day and as it stands now'],
    ],
    load: async () => (await import('./goals-questions.js')).addGoalsQuestions,
  },
  {
    commands: [['overlap [options] <automaker> <other>', 'where both sell, and who came first']],
    load: async () => (await import('./overlap-question.js')).addOverlapQuestion,
  },
  {
    commands: [['search [options] <words...>', 'names and events that hold all of some words']],
    load: async () => (await import('./search-question.js')).addSearchQuestion,
  },
  {
    commands: [['figures [options] <automaker>', 'figures, and what they say of a period']],
    load: async () => (await import('./figures-question.js')).addFiguresQuestion,
  },
  {
    commands: [['vintages [options] <automaker>', 'how figures were first told, and put otherwise since']],
    load: async () => (await import('./vintages-question.js')).addVintagesQuestion,
  },
  {
    commands: [
      ['events [options]', 'the timeline, newest first'],
      ['event [options] <id>', 'one event, with all that was recorded about it'],
    ],
    load: async () => (await import('./timeline-questions.js')).addTimelineQuestions,
  },
  {
    commands: [
      [
        'record [options] <automaker|market> <file>',
        'record the event, or the array of events, in a JSON file (- for standard input) of an automaker or a market',
      ],
    ],
    load: async () => (await import('./record.js')).addRecord,
  },
  {
    commands: [
      [
        'move [options] <from> <to> <events...>',
        'move events, by their ids, to the automaker, market or company that they belong to',
      ],
    ],
    load: async () => (await import('./move.js')).addMove,
  },
  {
    commands: [
      [
        'release [options] <automaker> <file>',
        'read the table of a monthly release, check its sums, and record it',
      ],
    ],
    load: async () => (await import('./release.js')).addRelease,
  },
  {
    commands: [
      ['suggestions', 'what readers suggest: it waits outside the ledger until it is accepted or declined'],
    ],
    load: async () => (await import('./suggestions.js')).addSuggestions,
  },
  {
    commands: [['reviews', 'second looks at what was recorded, and what lacks a second source']],
    load: async () => (await import('./reviews.js')).addReviews,
  },
  {
    commands: [
      [
        'import [options] <files...>',
        'record the events of JSONL, CloudEvents or CSV files (- is standard input); repeatable, and goes on where it stopped',
      ],
    ],
    load: async () => (await import('./import.js')).addImport,
  },
  {
    commands: [
      ['export [options]', 'the whole ledger as a file, or what was known and true at a point in the past'],
    ],
    load: async () => (await import('./export.js')).addExport,
  },
  {
    commands: [
      [
        'snapshot [options]',
        'the ledger and what it amounts to as a Data Package: tables, licence, checkpoint, verifier',
      ],
    ],
    load: async () => (await import('./snapshot.js')).addSnapshot,
  },
  {
    commands: [
      [
        'verify [options]',
        'check that the ledger has no gaps, that nobody edited it, and that stored views equal the fold computed afresh; or check an export',
      ],
    ],
    load: async () => (await import('./verify.js')).addVerify,
  },
  {
    commands: [
      [
        'checkpoint [options]',
        'a signed checkpoint of all events by now: keep it, and nobody can rewrite them unseen',
      ],
    ],
    load: async () => (await import('./checkpoint.js')).addCheckpoint,
  },
  {
    commands: [
      [
        'witness <place>',
        'deposit the checkpoint of now elsewhere, and check that the ledger continues all that were deposited there: a file that others keep, or the URL of a witness (C2SP tlog-witness)',
      ],
    ],
    load: async () => (await import('./witness.js')).addWitness,
  },
  {
    commands: [
      ['rebuild', 'build the views anew, compare them with the live ones, and switch'],
      ['rollback', 'go back to the views before the last rebuild, brought up to date'],
      ['unpark <stream>', 'apply a parked stream again'],
    ],
    load: async () => (await import('./views.js')).addViews,
  },
  {
    commands: [
      [
        'check-sources [options]',
        'ask whether the sources of events are still there; goes out to the internet, politely',
      ],
    ],
    load: async () => (await import('./check-sources.js')).addCheckSources,
  },
  {
    commands: [
      [
        'adopt [options]',
        'accept the ledger as it now is, where it is another one than its log and views remember; every later checkpoint tells of it',
      ],
    ],
    load: async () => (await import('./adopt.js')).addAdopt,
  },
  {
    commands: [
      [
        'backup <folder>',
        'copy the ledger, its log and the keys into a new folder; also while a server is recording',
      ],
      ['restore <folder>', 'make DATA_DIR from a backup, build its views, and verify all of it'],
    ],
    load: async () => (await import('./backup.js')).addBackup,
  },
  {
    commands: [
      [
        'migrate [options]',
        'copy ledger, log, keys and what is kept beside them from one tier to the other: embedded is DATA_DIR, server is KURRENTDB_URL and POSTGRES_URL; resumable',
      ],
    ],
    load: async () => (await import('./migrate.js')).addMigrate,
  },
  {
    commands: [['keys', 'API keys, of which only hashes are stored']],
    load: async () => (await import('./keys.js')).addKeys,
  },
  {
    commands: [['webhooks', 'receivers that are sent every event as it is recorded, signed']],
    load: async () => (await import('./webhooks.js')).addWebhooks,
  },
  {
    commands: [['serve [options]', 'answer HTTP until told to stop']],
    load: async () => (await import('./serve.js')).addServe,
  },
  {
    commands: [
      ['demo [options]', 'load the shipped ledger, print how far XPeng is on its targets, and serve the API'],
    ],
    load: async () => (await import('./demo.js')).addDemo,
  },
];
