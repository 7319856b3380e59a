import { css } from './css.js';

/** Forms: one column, labels above, at least 24 px to hit. */
export const FORMS = css`
  .form {
    display: grid;
    gap: 1.25rem;
    max-width: var(--measure);
  }
  .field {
    display: grid;
    gap: 0.2rem;
    min-width: 0;
  }
  legend {
    margin-bottom: 0.4rem;
  }
  .form > fieldset > legend {
    font-size: 1.25rem;
  }
  aside[data-preview] {
    align-self: start;
    display: grid;
    gap: 1rem;
  }
  @media (min-width: 56rem) {
    aside[data-preview] {
      position: sticky;
      top: 1rem;
    }
  }
  label,
  legend {
    font-weight: 600;
    padding: 0;
  }
  .hint {
    color: var(--ink-3);
    font-size: 0.95rem;
  }
  .wrong {
    color: var(--bad);
    font-weight: 600;
  }
  fieldset {
    border: 0;
    margin: 0;
    padding: 0;
    display: grid;
    gap: 1rem;
    min-width: 0;
  }
  input,
  select,
  textarea,
  button {
    font: inherit;
    color: inherit;
  }
  input:not([type='checkbox'], [type='radio']),
  select,
  textarea {
    width: 100%;
    min-height: 2.5rem;
    padding: 0.4rem 0.6rem;
    background: var(--raised);
    color: var(--ink);
    border: 1px solid var(--ink-3);
    border-radius: 3px;
  }
  input::file-selector-button {
    margin-right: 0.75rem;
    padding: 0.15rem 0.6rem;
    font: inherit;
    color: var(--accent);
    background: transparent;
    border: 1px solid var(--accent);
    border-radius: 3px;
    cursor: pointer;
  }
  select[multiple] {
    min-height: 8rem;
  }
  .form :is(input, select, textarea)[aria-invalid='true']:not([type='checkbox'], [type='radio']) {
    border: 2px solid var(--bad);
  }
  .inline {
    display: flex;
    flex-wrap: wrap;
    gap: 0.75rem 1.25rem;
    align-items: end;
  }
  .inline .field {
    max-width: 100%;
    flex: 0 1 auto;
    min-width: min(11rem, 100%);
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 0.4rem 1.25rem;
  }
  .choices label {
    font-weight: 400;
    display: inline-flex;
    gap: 0.4rem;
    align-items: center;
    min-height: 1.75rem;
  }
  /* What is chosen with a sentence about it: two columns where there is room. */
  .kinds {
    display: grid;
    gap: 0.6rem 2rem;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 19rem), 1fr));
  }
  .kinds label {
    align-items: baseline;
  }
  .kinds strong {
    display: block;
  }
  .kinds input {
    position: relative;
    top: 0.15em;
  }
  .choices input {
    flex: none;
    width: 1.1rem;
    height: 1.1rem;
    accent-color: var(--accent);
  }
  .button {
    display: inline-flex;
    align-items: center;
    min-height: 2.5rem;
    padding: 0.4rem 1rem;
    border: 1px solid var(--accent);
    border-radius: 3px;
    background: var(--accent);
    color: var(--page);
    font-weight: 600;
    text-decoration: none;
    cursor: pointer;
  }
  .button.second {
    background: transparent;
    color: var(--accent);
  }
  .button:hover {
    filter: brightness(1.12);
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 0.75rem;
  }
`;
