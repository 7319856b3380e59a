import type { VNode } from 'preact';
import type { ImportCounts, RefusedLine } from '../../commands/import-events.js';
import { useVisit } from '../visit.js';

/** What became of the lines of an import. */
export interface ImportResult {
  readonly counts: ImportCounts;
  readonly refused: readonly RefusedLine[];
}

interface ImportPageProps {
  readonly lines: string;
  readonly result?: ImportResult;
}

export function ImportPage({ lines, result }: ImportPageProps): VNode {
  const { formToken } = useVisit();
  return (
    <>
      <header class="page-head">
        <p class="crumbs">
          <a href="/log">Log an event</a>
        </p>
        <h1>Import events</h1>
        <p class="lead">
          One event a line, as JSON (also CloudEvents) or CSV with its header, as the export gives them.
          Sending the same lines again records nothing twice.
        </p>
      </header>
      {result && <Report result={result} />}
      <form action="/import" method="post" class="form">
        <input type="hidden" name="formToken" value={formToken} />
        <div class="field">
          <label for="lines">Lines</label>
          <span class="hint" id="lines-hint">
            Up to a megabyte. Larger files: <code>npm run -s tracker -- import FILE</code>, or POST
            /api/imports.
          </span>
          <textarea
            id="lines"
            name="lines"
            rows={14}
            required
            spellcheck={false}
            aria-describedby="lines-hint"
            value={lines}
          />
        </div>
        <div class="actions">
          <button class="button" type="submit">
            Import
          </button>
        </div>
      </form>
    </>
  );
}

function Report({ result: { counts, refused } }: { result: ImportResult }): VNode {
  return (
    <section
      class={refused.length === 0 ? 'note good' : 'note warn'}
      aria-label="Report of the import"
      role="status"
    >
      <p>
        {counts.recorded} recorded, {counts.alreadyRecorded} already recorded, {counts.refused} refused.
      </p>
      {refused.length > 0 && (
        <>
          <p>The refused lines are below: mend them and import again.</p>
          <ul>
            {refused.map(({ line, reason }) => (
              <li key={line}>
                Line {line}: {reason}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
