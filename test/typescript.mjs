/** Lets Node run TypeScript of the tests as a program: `node --import ./test/typescript.mjs test/x.ts`. */
import { register } from 'node:module';

register('./typescript-hooks.mjs', import.meta.url);
