import { css } from './css.js';

/**
 * Type, colour and space: what everything else is made of. One typeface, a scale of a major third from 17 px, space in
 * steps of 4 px. Colours of status and stage keep 4.5:1 against the page, light and dark, and never stand alone: a shape
 * or a word goes with each.
 */
export const FOUNDATION = css`
  @font-face {
    font-family: 'Source Sans 3';
    font-style: normal;
    font-weight: 200 900;
    font-display: swap;
    src: url('./source-sans-3.woff2') format('woff2');
  }

  :root {
    color-scheme: light dark;
    --page: #fcfbf8;
    --raised: #ffffff;
    --sunken: #f3f1ea;
    --ink: #17212b;
    --ink-2: #47535f;
    --ink-3: #5d6873;
    --rule: #dcd8cc;
    --rule-2: #b9b4a5;
    --accent: #0b5e63;
    --accent-soft: #d9ebe9;
    --good: #1f6f43;
    --fair: #8a5a00;
    --poor: #a8440c;
    --bad: #a3222a;
    --none: #5d6873;
    --past: #ffe9a3;
    --past-ink: #4a3800;
    --added: #dff1e3;
    --removed: #fbe1df;
    --series: #0b5e63;
    --ghost: #8d8a80;
    --goal: #a8440c;
    --window: #f3dcc6;
    --land: #e6e2d7;
    --land-edge: #fcfbf8;
    --stage-producing: #08434a;
    --stage-announced: #b0701c;
    --stage-present: #2f8f8b;
    --stage-partnered: #8fc3be;
    --stage-left: #a3222a;
    --content: 70rem;
    --measure: 42rem;
  }

  @media screen and (prefers-color-scheme: dark) {
    :root {
      --page: #12181d;
      --raised: #1a2228;
      --sunken: #0d1216;
      --ink: #eceae4;
      --ink-2: #bcc3c8;
      --ink-3: #9aa5ad;
      --rule: #2f3941;
      --rule-2: #55616a;
      --accent: #6fc7c4;
      --accent-soft: #173b3d;
      --good: #74c796;
      --fair: #e0b04c;
      --poor: #f0935a;
      --bad: #f28b86;
      --none: #9aa5ad;
      --past: #4d3f0d;
      --past-ink: #ffe9a3;
      --added: #173f28;
      --removed: #4b2021;
      --series: #6fc7c4;
      --ghost: #7d868c;
      --goal: #f0935a;
      --window: #45301f;
      --land: #2a333a;
      --land-edge: #12181d;
      --stage-producing: #b9efe9;
      --stage-announced: #e6ab57;
      --stage-present: #4fb0ab;
      --stage-partnered: #2b6c6c;
      --stage-left: #f28b86;
    }
  }

  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

  html {
    -webkit-text-size-adjust: 100%;
    text-size-adjust: 100%;
    scroll-padding-top: 1rem;
  }

  body {
    margin: 0;
    overflow-wrap: anywhere;
    background: var(--page);
    color: var(--ink);
    font:
      400 1.0625rem / 1.5 'Source Sans 3',
      'Segoe UI',
      'Helvetica Neue',
      Arial,
      sans-serif;
    font-feature-settings: 'kern', 'lnum';
    overflow-wrap: anywhere;
  }

  h1,
  h2,
  h3,
  h4 {
    margin: 0;
    line-height: 1.15;
    font-weight: 650;
    letter-spacing: -0.012em;
    text-wrap: balance;
  }
  h1 {
    font-size: clamp(1.9rem, 1.35rem + 2.4vw, 2.9rem);
    font-weight: 700;
    letter-spacing: -0.02em;
  }
  h2 {
    font-size: clamp(1.35rem, 1.15rem + 0.9vw, 1.75rem);
  }
  h3 {
    font-size: 1.2rem;
  }
  h4 {
    font-size: 1.0625rem;
  }
  p,
  ul,
  ol,
  dl,
  figure,
  table,
  blockquote {
    margin: 0;
  }
  p {
    text-wrap: pretty;
  }
  ul,
  ol {
    padding-left: 1.2rem;
  }
  li + li {
    margin-top: 0.25rem;
  }
  small,
  .small {
    font-size: 0.9rem;
  }
  .quiet {
    color: var(--ink-3);
  }
  .lead {
    font-size: clamp(1.1rem, 1.02rem + 0.4vw, 1.3rem);
    line-height: 1.42;
    color: var(--ink-2);
    max-width: var(--measure);
  }
  .prose {
    max-width: var(--measure);
  }

  a {
    color: var(--accent);
    text-decoration-thickness: 1px;
    text-underline-offset: 0.16em;
  }
  a:hover {
    text-decoration-thickness: 2px;
  }
  :focus-visible {
    outline: 3px solid var(--accent);
    outline-offset: 2px;
    border-radius: 2px;
  }

  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .value {
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
`;
