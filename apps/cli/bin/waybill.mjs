#!/usr/bin/env node
/** The command line of a clone: prepares what is missing, then runs the built program with the same arguments. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureReady, projectFolder, refuseWithSentence } from './ensure-ready.mjs';
import { followNpm } from './follow-npm.mjs';

followNpm();
await refuseWithSentence(() => ensureReady('build'));
process.setSourceMapsEnabled(true);
await import(pathToFileURL(join(projectFolder, 'dist', 'apps', 'cli', 'src', 'main.js')).href);
