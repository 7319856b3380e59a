import { CHARTS } from './charts-css.js';
import { FORMS } from './forms-css.js';
import { FOUNDATION } from './foundation.js';
import { LAYOUT } from './layout-css.js';
import { LISTS } from './lists-css.js';
import { PARTS } from './parts-css.js';
import { PRINT } from './print-css.js';

/** The one stylesheet of all pages. */
export const STYLESHEET = [FOUNDATION, LAYOUT, PARTS, LISTS, FORMS, CHARTS, PRINT].join('\n');
