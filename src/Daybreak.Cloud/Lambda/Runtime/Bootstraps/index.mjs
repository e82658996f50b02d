// Runs a Node.js handler against the Lambda Runtime API: one kept connection, no HTTP library, the next event asked for in
// the same packet that carries a result.

import { createRequire } from 'node:module';
import './older-sdk.mjs';
import { Api } from './api.mjs';
import * as callbacks from './callbacks.mjs';
import { patchConsole } from './console.mjs';
import { errorPayload, logError } from './errors.mjs';
import { hasCallbacks } from './generation.mjs';
import { loadHandler } from './handler.mjs';
import { provideNodePath } from './packages.mjs';
import * as promises from './promises.mjs';
import { provideStreaming } from './streaming.mjs';

const { invoke } = hasCallbacks ? callbacks : promises;
let requestId = hasCallbacks ? undefined : '-'; // of the invocation in hand

async function init(api) {
  const load = () => loadHandler(createRequire(import.meta.url), process.env.LAMBDA_TASK_ROOT, process.env._HANDLER);
  if (hasCallbacks) return load();
  try {
    return await load();
  } catch (error) {
    logError('Init Error', error);
    const payload = errorPayload(error);
    await new Promise((resolve) => {
      api.received = resolve;
      api.post('init/error', JSON.stringify(payload), payload.errorType, false);
    });
    throw error;
  }
}

function serve(api, handler) {
  api.received = (headers, body) => {
    if (headers['lambda-runtime-aws-request-id'] === undefined) return; // the reply to what was posted
    api.keepsLoopAlive = false;
    requestId = headers['lambda-runtime-aws-request-id'];
    const trace = headers['lambda-runtime-trace-id'];
    if (trace) process.env._X_AMZN_TRACE_ID = trace;
    else delete process.env._X_AMZN_TRACE_ID;
    // A turn of its own, so that what the handler throws asynchronously is not thrown within the socket's event.
    setImmediate(() => invoke(api, handler, headers, body));
  };
  api.requestNext();
}

patchConsole(() => requestId);
provideStreaming();
provideNodePath();
const api = new Api(process.env.AWS_LAMBDA_RUNTIME_API);
if (hasCallbacks) {
  callbacks.watchProcess(api);
  serve(api, await init(api));
} else {
  init(api).then((handler) => serve(api, handler));
}
