#!/usr/bin/env node
import { exitCodes } from './exit-code.js';
import { runCli } from './run-cli.js';

// A reader that has seen enough (`waybill jobs | head`) is not an error.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) =>
    process.exit(error.code === 'EPIPE' ? exitCodes.ok : exitCodes.bug),
  );
}

process.exitCode = await runCli(process.argv.slice(2), {
  environment: process.env,
  workingFolder: process.cwd(),
  stdout: process.stdout,
  stderr: process.stderr,
});
