import { addCursors } from './charts.js';
import { addDrafts } from './draft.js';
import { addLogForm } from './log-form.js';
import { addSorting } from './tables.js';

/* Only for convenience: every page works without scripts. */
addCursors();
addLogForm();
addDrafts();
addSorting();
