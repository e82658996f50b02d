// How the runtimes before Node.js 24 call a handler: its answer comes by the callback, by the context, or by a promise, whichever is first.

import { contextOf, environmentContext } from './context.mjs';
import { errorPayload, logError, NodeJsExit, serialized, UnhandledPromiseRejection } from './errors.mjs';
import { isStreaming, stream } from './streaming.mjs';

const unsettled = 'The Lambda runtime client detected an unexpected Node.js exit code. This is most commonly caused by a Promise that was never settled. For more information, see https://nodejs.org/docs/latest/api/process.html#exit-codes';

let onLoopEmpty = () => {};
let onFatal; // (error, exit code): reports what nobody caught

/** Reports what nobody catches, first as a failure of init, and completes a callback when the event loop is empty. */
export function watchProcess(api) {
  onFatal = (error, code) => {
    const payload = errorPayload(error);
    api.received = () => process.exit(code);
    api.post('init/error', JSON.stringify(payload), payload.errorType, false);
  };
  process.on('uncaughtException', (error) => {
    logError('Uncaught Exception', error);
    onFatal(error, 129);
  });
  process.on('unhandledRejection', (reason, promise) => {
    const error = Object.assign(new UnhandledPromiseRejection(reason), { reason, promise });
    logError('Unhandled Promise Rejection', error);
    onFatal(error, 128);
  });
  process.on('beforeExit', () => onLoopEmpty());
}

export function invoke(api, handler, headers, body) {
  const id = headers['lambda-runtime-aws-request-id'];
  const streams = isStreaming(handler);
  let isOver = false;
  const finish = (post) => {
    if (isOver) return;
    onLoopEmpty = () => {};
    post();
    isOver = true; // not when the log could not show what was thrown: the next answer, which says so, counts
  };
  const fail = (error) => finish(() => {
    logError('Invoke Error', error);
    const payload = errorPayload(error);
    api.post(`invocation/${id}/error`, JSON.stringify(payload), payload.errorType, true);
  });
  const succeed = (value) => {
    let text;
    try {
      text = streams ? value : serialized(value);
    } catch (error) {
      fail(error);
      return;
    }
    finish(() => api.post(`invocation/${id}/response`, text, undefined, true));
  };
  onFatal = (error, code) => {
    isOver = true;
    const payload = errorPayload(error);
    api.post(`invocation/${id}/error`, JSON.stringify(payload), payload.errorType, false);
    api.received = () => process.exit(code);
  };
  onLoopEmpty = () => {
    if (handler.constructor?.name === 'AsyncFunction') fail(new NodeJsExit(unsettled));
    else succeed(null);
  };

  let isAnswered = false; // only the first answer counts, also while it waits for the event loop
  let waitsForEmptyLoop = true;
  const answer = (error, value, waits) => {
    if (isAnswered) return;
    if (error !== undefined && error !== null) fail(error);
    else if (waits) onLoopEmpty = () => succeed(value);
    else succeed(value);
    isAnswered = true;
  };
  const callback = (error, value) => answer(error, value, waitsForEmptyLoop);
  const reject = (error) => answer(error ?? 'handled', null, false);
  const callbackContext = {
    get callbackWaitsForEmptyEventLoop() {
      return waitsForEmptyLoop;
    },
    set callbackWaitsForEmptyEventLoop(value) {
      waitsForEmptyLoop = value;
    },
  };
  try {
    const methods = streams ? {} : {
      succeed: (value) => answer(null, value, false),
      fail: reject,
      done: (error, value) => answer(error, value, false),
    };
    const context = Object.assign(callbackContext, methods, environmentContext(), contextOf(headers));
    const event = JSON.parse(body.toString('utf8'));
    if (streams) {
      stream(handler, event, context, (...written) => api.stream(id, ...written), succeed, fail);
      return;
    }
    const result = handler(event, context, callback);
    if (typeof result?.then === 'function') result.then((value) => answer(null, value, false), reject).catch(reject);
  } catch (error) {
    callback(error);
  }
}
