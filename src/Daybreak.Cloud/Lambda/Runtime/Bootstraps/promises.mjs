// How the runtimes since Node.js 24 call a handler: what it returns, or its promise resolves to, is the answer. Nothing else is waited for,
// and what nobody catches is not reported: it ends the process.

import { contextOf, environmentContext } from './context.mjs';
import { errorPayload, logError, serialized } from './errors.mjs';
import { isStreaming, stream } from './streaming.mjs';

export async function invoke(api, handler, headers, body) {
  const id = headers['lambda-runtime-aws-request-id'];
  const environment = environmentContext();
  const xRayTraceId = headers['lambda-runtime-trace-id'];
  const context = { ...contextOf(headers), xRayTraceId, functionName: environment.functionName, ...environment }; // in AWS's order
  const event = JSON.parse(body.toString('utf8'));
  try {
    const streams = isStreaming(handler);
    const result = streams
      ? await new Promise((succeed, fail) => { stream(handler, event, context, (...written) => api.stream(id, ...written), succeed, fail); })
      : await handler(event, context);
    await turn();
    api.post(`invocation/${id}/response`, streams ? result : serialized(result), undefined, true);
  } catch (error) {
    await turn();
    logError('Invoke Error', error);
    const payload = errorPayload(error);
    api.post(`invocation/${id}/error`, JSON.stringify(payload), payload.errorType, true);
  }
}

// A rejection that nobody handles ends the process before the answer is sent.
const turn = () => new Promise((resolve) => { setImmediate(resolve); });
