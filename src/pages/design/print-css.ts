import { css } from './css.js';

/** On paper: ink on white, everything opened, no navigation, addresses of sources in full. */
export const PRINT = css`
  @media print {
    :root {
      color-scheme: light;
      --page: #ffffff;
      --raised: #ffffff;
      --ink: #000000;
      --ink-2: #222222;
      --ink-3: #444444;
    }
    body {
      font-size: 10.5pt;
    }
    .site-nav,
    .clock-bar details,
    .skip,
    .reading,
    .no-print,
    form {
      display: none;
    }
    details::details-content {
      content-visibility: visible;
    }
    .clock-bar {
      border: 1px solid #000;
    }
    .section,
    figure,
    tr,
    li {
      break-inside: avoid;
    }
    h2,
    h3 {
      break-after: avoid;
    }
    .evidence a[href^='http']::after {
      content: ' <' attr(href) '>';
      font-size: 0.85em;
      word-break: break-all;
    }
    .site-head,
    .site-foot {
      background: none;
    }
  }

  @media (prefers-reduced-motion: no-preference) {
    .skip {
      transition: left 0.1s;
    }
  }
`;
