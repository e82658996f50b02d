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

const LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];

/** Whether lines are JSON records, as the function's log format says. */
export const isJson = process.env.AWS_LAMBDA_LOG_FORMAT === 'JSON';

// As AWS's runtime writes an error that is somewhere in a message.
const withErrors = (_key, value) => (value instanceof Error
  ? { errorType: value.constructor?.name ?? 'UnknownError', errorMessage: value.message, stackTrace: stackOf(value), ...value }
  : value);

const stackOf = (error) => (typeof error.stack === 'string' ? error.stack.split('\n') : []);

function record(now, level, requestId, message, rest) {
  const told = { timestamp: now.toISOString(), level, requestId };
  if (rest.length === 0) {
    try {
      return JSON.stringify({ ...told, message }, withErrors);
    } catch {
      return JSON.stringify({ ...told, message: util.format(message) }); // a circle
    }
  }
  told.message = util.format(message, ...rest);
  const error = rest.find((value) => value instanceof Error);
  if (error) Object.assign(told, { errorType: error.constructor?.name ?? 'UnknownError', errorMessage: error.message, stackTrace: stackOf(error) });
  return JSON.stringify(told);
}

/** Makes console write log events: a frame a message, which keeps its lines together. In JSON those below the level are left out. */
export function patchConsole(currentRequestId) {
  const levels = { trace: 'TRACE', debug: 'DEBUG', info: 'INFO', log: 'INFO', warn: 'WARN', error: 'ERROR', fatal: 'FATAL' };
  const lowest = isJson ? LEVELS.indexOf(process.env.AWS_LAMBDA_LOG_LEVEL) : 0;
  for (const [method, level] of Object.entries(levels)) {
    console[method] = LEVELS.indexOf(level) < lowest ? () => {} : (message, ...rest) => {
      const now = new Date();
      const text = Buffer.from(isJson
        ? `${record(now, level, currentRequestId(), message, rest)}\n`
        : `${now.toISOString()}\t${currentRequestId()}\t${level}\t${util.format(message, ...rest)}\n`);
      if (process.env.DAYBREAK_DEBUGGED) return writeFully(text); // to a terminal or a debugger
      const head = Buffer.alloc(16);
      head.writeUInt32BE(0xa55a0003, 0);
      head.writeUInt32BE(text.length, 4);
      head.writeBigInt64BE(BigInt(now.valueOf()) * 1000n, 8);
      writeFully(Buffer.concat([head, text]));
    };
  }
}
