import type { VNode } from 'preact';
import type { ImportCounts } from '../../commands/import/import-events.js';
import type { RejectedLine, WarnedLine } from '../../commands/import/rejected-line.js';
import { definitionOf, EVENT_TYPES } from '../../domain/events/catalogue.js';
import { versionsInWords } from '../../commands/recording/versions-read.js';
import { warningInWords } from '../design/words.js';
import { usePageContext } from '../page-context.js';

/** The results for the lines of an import. */
export interface ImportResult {
  readonly counts: ImportCounts;
  readonly refused: readonly RejectedLine[];
  readonly warned: readonly WarnedLine[];
}

/** The result of a submitted form: a report, or why it is unclear which lines are meant. */
export interface ImportOutcome {
  readonly result?: ImportResult;
  readonly unclear?: 'nothing' | 'both';
}

interface ImportPageProps extends ImportOutcome {
  /** The contents of the text box. */
  readonly lines: string;
}

const UNCLEAR_WORDS = {
  nothing: 'Nothing was imported: choose a file, or paste lines.',
  both: 'Nothing was imported: a file was chosen and lines were pasted. Choose the file again with the box empty, or send the lines without it.',
} as const;

export function ImportPage({ lines, result, unclear }: ImportPageProps): VNode {
  const { formToken } = usePageContext();
  return (
    <>
      <header class="page-head">
        <p class="crumbs">
          <a href="/log">Log an event</a>
        </p>
        <h1>Import events</h1>
        <p class="lead">
          One event a line, as JSON (also CloudEvents) or CSV with its header, as the export gives them.
          Sending the same lines again records nothing twice, and their order does not matter where their
          dates settle it.
        </p>
        <details>
          <summary>Tables to fill in, one for each kind of event</summary>
          <ul>
            {EVENT_TYPES.map((type) => (
              <li key={type}>
                <a href={`/import?csv=${type}`}>{definitionOf(type).summary}</a>
              </li>
            ))}
          </ul>
        </details>
      </header>
      {result && <Report result={result} />}
      {unclear && (
        <p class="note bad" role="alert">
          {UNCLEAR_WORDS[unclear]}
        </p>
      )}
      <form action="/import" method="post" enctype="multipart/form-data" class="form">
        <input type="hidden" name="formToken" value={formToken} />
        <p class="hint">
          Up to a megabyte. Larger files: <code>npm run -s tracker -- import FILE</code>, or POST
          /api/imports.
        </p>
        <div class="field">
          <label for="file">A file</label>
          <input id="file" name="file" type="file" accept=".jsonl,.ndjson,.json,.csv,.txt" />
        </div>
        <div class="field">
          <label for="lines">Or lines, pasted</label>
          <textarea id="lines" name="lines" rows={14} spellcheck={false} value={lines} />
        </div>
        <div class="actions">
          <button class="button" type="submit" name="act" value="look">
            Look first
          </button>
          <button class="button second" type="submit">
            Import
          </button>
        </div>
      </form>
    </>
  );
}

function Report({ result: { counts, refused, warned } }: { result: ImportResult }): VNode {
  return (
    <section
      class={refused.length === 0 ? 'note good' : 'note warn'}
      aria-label="Report of the import"
      role="status"
    >
      {counts.dryRun ? (
        <p>
          Nothing was recorded: {counts.recorded} would be, {counts.alreadyRecorded} are recorded already,{' '}
          {counts.refused} would be refused. The lines are below
          {counts.recorded > 0 ? '; press Import to record them.' : ': mend them and look again.'}
        </p>
      ) : (
        <p>
          {counts.recorded} recorded, {counts.alreadyRecorded} already recorded, {counts.refused} refused.
        </p>
      )}
      {versionsInWords(counts.readAs ?? {}).map((sentence) => (
        <p key={sentence}>{sentence}.</p>
      ))}
      {refused.length > 0 && (
        <>
          {!counts.dryRun && <p>The refused lines are below: mend them and import again.</p>}
          <ul>
            {refused.map(({ line, reason }) => (
              <li key={line}>
                Line {line}: {reason}
              </li>
            ))}
          </ul>
        </>
      )}
      {warned.length > 0 && (
        <>
          <p>{counts.dryRun ? 'To be recorded with warnings:' : 'Recorded with warnings:'}</p>
          <ul>
            {warned.flatMap(({ line, warnings }) =>
              warnings.map(({ code, message }) => (
                <li key={`${line} ${code}`}>
                  Line {line}: {warningInWords(message)}
                </li>
              )),
            )}
          </ul>
        </>
      )}
    </section>
  );
}
