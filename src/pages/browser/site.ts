import { addCursors } from './charts.js';
import { addDrafts } from './draft.js';
import { addLogForm } from './log-form.js';
import { addSorting } from './tables.js';

/* Comfort only: every page works without it. */
addCursors();
addLogForm();
addDrafts();
addSorting();
