import type { VNode } from 'preact';
import type { SuggestionKind } from '../../domain/suggestions/suggestion.js';
import type { FieldProblem } from '../../problems/request-problems.js';
import type { NamedThing } from '../../queries/log/names-to-pick.js';
import { fieldInWords, messageInWords } from '../design/fields.js';
import { textOf, type FormValues } from '../form-body.js';
import { ErrorSummary } from '../log/error-summary.js';
import { idOfInput, InputField } from '../log/input-field.js';
import { useLink } from '../page-context.js';
import { fieldName, kindIn, suggestionInputs } from './suggest-form.js';

interface SuggestPageProps {
  readonly values: FormValues;
  /** What the suggestion is about, in words, and the path of its page. */
  readonly about?: { readonly sentence: string; readonly path: string };
  readonly automakers: readonly NamedThing[];
  readonly problems: readonly FieldProblem[];
  /** Why it was not accepted for review, if no field is wrong. */
  readonly refusal?: string;
}

const KIND_WORDS: Readonly<Record<SuggestionKind, string>> = {
  source: 'Another source says the same, or denies it',
  correction: 'Something in it is wrong',
  event: 'Something is missing here',
};

const HIDDEN = ['about', 'target', 'market'] as const;

/** A form for readers without an account who can contribute a source, a correction or an event. */
export function SuggestPage({ values, about, automakers, problems, refusal }: SuggestPageProps): VNode {
  const link = useLink();
  const kind = kindIn(values);
  const inputs = suggestionInputs(kind);
  const isAboutEvent = textOf(values, fieldName('about')) !== '';
  const of = (name: string): readonly FieldProblem[] =>
    problems
      .filter(({ field }) => fieldName(field) === name)
      .map((each) => ({ ...each, message: messageInWords(each.message) }));
  return (
    <>
      <header class="page-head">
        <h1>{isAboutEvent ? 'Suggest a source or a correction' : 'Suggest a source or an event'}</h1>
        <p class="lead">
          An analyst looks at it before anything is recorded. You need no account; where you give a name, you
          are credited by it, for everybody to read.
        </p>
      </header>
      <ErrorSummary
        problems={problems.map(({ field, message }) => {
          const input = inputs.find(({ name }) => name === fieldName(field));
          return {
            words: `${fieldInWords(input?.label ?? field)} ${messageInWords(message)}`,
            ...(input && { to: idOfInput(input.name) }),
          };
        })}
      />
      {refusal !== undefined && (
        <p class="note bad" role="alert">
          {refusal} What you typed is still here.
        </p>
      )}
      {about && (
        <p class="about">
          It is about: <a href={link(about.path)}>{about.sentence}</a>
        </p>
      )}
      <form action="/suggest" method="post" class="form" novalidate>
        {HIDDEN.map((field) => {
          const value = textOf(values, fieldName(field));
          return value === '' ? null : (
            <input key={field} type="hidden" name={fieldName(field)} value={value} />
          );
        })}
        <div class="visually-hidden" aria-hidden="true">
          <label for="website">Leave this empty</label>
          <input type="text" id="website" name="website" tabIndex={-1} autocomplete="off" />
        </div>
        {isAboutEvent ? (
          <fieldset>
            <legend>What do you know?</legend>
            <div class="choices">
              {(['source', 'correction'] as const).map((each) => (
                <label key={each}>
                  <input type="radio" name={fieldName('kind')} value={each} checked={kind === each} />
                  {KIND_WORDS[each]}
                </label>
              ))}
            </div>
          </fieldset>
        ) : (
          <>
            <input type="hidden" name={fieldName('kind')} value="event" />
            <div class="field">
              <label for="automaker">
                Which automaker is it about?<span class="hint"> (optional)</span>
              </label>
              <input
                type="text"
                id="automaker"
                name={fieldName('automaker')}
                list="automakers"
                maxLength={64}
                autocomplete="off"
                value={calledBy(textOf(values, fieldName('automaker')), automakers)}
              />
              <datalist id="automakers">
                {automakers.map(({ id, names: [name = id] }) => (
                  <option key={id} value={name} />
                ))}
              </datalist>
            </div>
          </>
        )}
        {inputs.map((input) => (
          <InputField key={input.name} input={input} values={values} problems={of(input.name)} />
        ))}
        <div class="actions">
          <button class="button" type="submit">
            Suggest it
          </button>
        </div>
      </form>
    </>
  );
}

const calledBy = (given: string, automakers: readonly NamedThing[]): string =>
  automakers.find(({ id }) => id === given)?.names[0] ?? given;
