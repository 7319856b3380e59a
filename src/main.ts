import 'reflect-metadata';
import { printError } from './cli/print-error.js';
import { serve } from './server.js';
import { settingsFrom } from './settings.js';

try {
  await serve(settingsFrom(process.env));
} catch (error) {
  printError(error);
  process.exitCode = 1;
}
