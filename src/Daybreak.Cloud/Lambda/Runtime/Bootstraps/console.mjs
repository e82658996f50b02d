import fs from 'node:fs';
import util from 'node:util';

function writeFully(bytes) {
  for (let rest = bytes; rest.length > 0;) {
    try {
      rest = rest.subarray(fs.writeSync(1, rest));
    } catch (error) {
      if (error.code !== 'EAGAIN') return; // nobody reads any more
    }
  }
}

/** Makes console write log events: a frame a message, which keeps its lines together. */
export function patchConsole(currentRequestId) {
  const levels = { trace: 'TRACE', debug: 'DEBUG', info: 'INFO', log: 'INFO', warn: 'WARN', error: 'ERROR', fatal: 'FATAL' };
  for (const [method, level] of Object.entries(levels)) {
    console[method] = (message, ...rest) => {
      const now = new Date();
      const text = Buffer.from(`${now.toISOString()}\t${currentRequestId()}\t${level}\t${util.format(message, ...rest)}\n`);
      const head = Buffer.alloc(16);
      head.writeUInt32BE(0xa55a0003, 0);
      head.writeUInt32BE(text.length, 4);
      head.writeBigInt64BE(BigInt(now.valueOf()) * 1000n, 8);
      writeFully(Buffer.concat([head, text]));
    };
  }
}
