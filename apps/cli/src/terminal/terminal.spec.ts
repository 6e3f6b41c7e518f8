import { describe, expect, it } from '@jest/globals';
import { Terminal, type TerminalOptions } from './terminal.js';

function terminalWith(options: Partial<TerminalOptions> & { isTTY?: boolean }) {
  const written = { stdout: '', stderr: '' };
  const stream = (name: keyof typeof written) => ({
    isTTY: options.isTTY === true,
    write: (text: string) => void (written[name] += text),
  });
  const terminal = new Terminal({
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    environment: options.environment ?? {},
    format: options.format ?? 'text',
  });
  return { terminal, written };
}

describe('Terminal', () => {
  it('writes answers to stdout and everything else to stderr', () => {
    const { terminal, written } = terminalWith({});
    terminal.print('answer');
    terminal.note('progress');
    terminal.printJson({ a: 1 });
    terminal.refuse('No.', 65);
    expect(written).toEqual({ stdout: 'answer\n', stderr: 'progress\n✗ No.\n' });
  });

  it('writes nothing but JSON to stdout when JSON is wanted', () => {
    const { terminal, written } = terminalWith({ format: 'json', isTTY: true });
    terminal.print('answer');
    terminal.note('progress');
    terminal.printJson({ a: 1 }, 'line');
    terminal.refuse('No.', 65);
    expect(written).toEqual({ stdout: '{"a":1}\n', stderr: '{"error":{"message":"No.","exitCode":65}}\n' });
    expect(terminal.redraws).toBe(false);
  });

  it.each([
    [{}, true, true],
    [{}, false, false],
    [{ NO_COLOR: '1' }, true, false],
    [{ NO_COLOR: '' }, true, true],
    [{ NO_COLOR: '1', FORCE_COLOR: '1' }, true, false],
    [{ FORCE_COLOR: '1' }, false, true],
    [{ TERM: 'dumb' }, true, false],
  ])('with %j and a terminal %p, colours are %p', (environment, isTTY, coloured) => {
    const { terminal } = terminalWith({ environment, isTTY });
    expect(terminal.colours.red('x') !== 'x').toBe(coloured);
  });

  it.each([
    [{}, true, true],
    [{}, false, false],
    [{ CI: 'true' }, true, false],
    [{ TERM: 'dumb' }, true, false],
  ])('with %j and a terminal %p, redrawing is %p', (environment, isTTY, redraws) => {
    const { terminal } = terminalWith({ environment, isTTY });
    expect(terminal.redraws).toBe(redraws);
  });
});
