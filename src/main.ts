import 'reflect-metadata';
import { tellError } from './cli/print-error.js';
import { serve } from './server.js';
import { settingsFrom } from './settings.js';

try {
  await serve(settingsFrom(process.env));
} catch (error) {
  tellError(error);
  process.exitCode = 1;
}
