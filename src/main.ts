import 'reflect-metadata';
import { serve } from './server.js';
import { settingsFrom } from './settings.js';

await serve(settingsFrom(process.env));
