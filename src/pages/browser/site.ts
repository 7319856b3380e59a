import { addCursors } from './charts.js';
import { addLogForm } from './log-form.js';
import { addSorting } from './tables.js';

/* Comfort only: every page works without it. */
addCursors();
addLogForm();
addSorting();
