/**
 * One connection that asks again and again, with bytes that were made once: whoever measures takes little of the processor
 * that is shared with those who are measured. It knows as much of HTTP as answers of this bench need.
 */
import { connect } from 'node:net';

const headEnd = Buffer.from('\r\n\r\n');
const lastChunk = Buffer.from('0\r\n\r\n');

/** @returns the bytes of a POST */
export function requestBytes({ url, headers }, body) {
  const { host, pathname } = new URL(url);
  const bytes = Buffer.from(body);
  const fields = { host, 'content-type': 'application/json', 'content-length': bytes.length, ...headers };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}`);
  return Buffer.concat([Buffer.from(`POST ${pathname} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`), bytes]);
}

/** Asks until `isOver`, one at a time. Gives each answer's milliseconds to `took`. */
export function askAgain(url, request, isOver, took) {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    let asked = 0;
    let pieces = [];
    const ask = () => {
      if (isOver()) return socket.end(() => resolve());
      asked = performance.now();
      socket.write(request);
    };
    socket.on('connect', ask).on('error', reject);
    socket.on('data', (piece) => {
      pieces.push(piece);
      const answer = pieces.length === 1 ? piece : Buffer.concat(pieces);
      if (!isWhole(answer)) return;
      pieces = [];
      if (!answer.toString('latin1', 9, 12).startsWith('200')) {
        return reject(new Error(`${url} answered ${answer.toString('utf8', 0, 600)}`));
      }
      took(performance.now() - asked);
      ask();
    });
    socket.on('close', () => !isOver() && reject(new Error(`${url} closed the connection.`)));
  });
}

function isWhole(answer) {
  const end = answer.indexOf(headEnd);
  if (end === -1) return false;
  const head = answer.toString('latin1', 0, end).toLowerCase();
  const length = /content-length: (\d+)/.exec(head)?.[1];
  if (length !== undefined) return answer.length >= end + headEnd.length + Number(length);
  return answer.subarray(-lastChunk.length).equals(lastChunk);
}
