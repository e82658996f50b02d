// Runs a Node.js handler against the Lambda Runtime API: one kept connection, no HTTP library, the next event asked for in
// the same packet that carries a result.

import fs from 'node:fs';
import path from 'node:path';
import util from 'node:util';
import { Writable } from 'node:stream';
import { createRequire } from 'node:module';
import { Api } from './api.mjs';
import { patchConsole } from './console.mjs';

const require = createRequire(import.meta.url);
const streaming = Symbol.for('aws.lambda.runtime.handler.streaming');
let requestId; // of the invocation in hand

// ---- errors

function runtimeError(name) {
  const type = class extends Error {};
  type.prototype.name = `Runtime.${name}`;
  return type;
}

const ImportModuleError = runtimeError('ImportModuleError');
const HandlerNotFound = runtimeError('HandlerNotFound');
const MalformedHandlerName = runtimeError('MalformedHandlerName');
const UserCodeSyntaxError = runtimeError('UserCodeSyntaxError');
const UnhandledPromiseRejection = runtimeError('UnhandledPromiseRejection');
const NodeJsExit = runtimeError('NodeJsExit');

const looksLikeError = (value) => util.types.isNativeError(value)
  || (value && ['name', 'message', 'stack'].every((key) => value[key] && typeof value[key] === 'string'));

function errorPayload(error) {
  try {
    return looksLikeError(error)
      ? { errorType: error.name, errorMessage: error.message, trace: error.stack.split('\n') }
      : { errorType: typeof error, errorMessage: error.toString(), trace: [] };
  } catch {
    return {
      errorType: 'handled',
      errorMessage: 'callback called with Error argument, but there was a problem while retrieving one or more of its message, name, and stack',
    };
  }
}

function logError(title, thrown) {
  const error = thrown instanceof Error ? thrown : new Error(thrown);
  const withDetails = (_key, value) => (value instanceof Error
    ? { errorType: value.name, errorMessage: value.message, code: value.code, ...value, stack: value.stack?.split('\n') }
    : value);
  let text;
  try {
    text = JSON.stringify(error, withDetails);
  } catch {
    text = JSON.stringify(errorPayload(error));
  }
  console.error(title, `\t${text}`);
}

// ---- the handler

async function loadFile(file) {
  if (fs.existsSync(file) && fs.statSync(file).isFile()) return require(file);
  const isModule = isModuleScope(`${file}.js`);
  if (!isModule && fs.existsSync(`${file}.js`)) return require(`${file}.js`);
  if (isModule && fs.existsSync(`${file}.js`)) return import(`${file}.js`);
  if (fs.existsSync(`${file}.mjs`)) return import(`${file}.mjs`);
  if (fs.existsSync(`${file}.cjs`)) return require(`${file}.cjs`);
  return undefined;
}

/** Whether the nearest package.json makes this file an ES module. */
function isModuleScope(file) {
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    if (folder.endsWith('/node_modules')) return false;
    const description = path.join(folder, 'package.json');
    if (fs.existsSync(description)) {
      try {
        return JSON.parse(fs.readFileSync(description, 'utf8')).type === 'module';
      } catch {
        return false;
      }
    }
    if (folder === '/') return false;
  }
}

async function loadHandler(root, name) {
  if (name.includes('..')) {
    throw new MalformedHandlerName(`'${name}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`);
  }
  const base = path.basename(name);
  const folder = name.substring(0, name.indexOf(base));
  const dot = base.indexOf('.');
  if (dot < 0) throw new MalformedHandlerName('Bad handler');
  const moduleName = base.slice(0, dot);
  let loaded;
  try {
    loaded = await loadFile(path.resolve(root, folder, moduleName))
      ?? require(require.resolve(moduleName, { paths: [root, folder] }));
  } catch (error) {
    if (error instanceof SyntaxError) throw new UserCodeSyntaxError(error);
    if (error?.code === 'MODULE_NOT_FOUND') throw new ImportModuleError(error);
    throw error;
  }
  const handler = base.slice(dot + 1).split('.').reduce((value, key) => value && value[key], loaded);
  if (!handler) throw new HandlerNotFound(`${name} is undefined or not exported`);
  if (typeof handler !== 'function') throw new HandlerNotFound(`${name} is not a function`);
  return handler;
}

/** Streamed responses are collected and sent in one piece. */
class ResponseStream extends Writable {
  parts = [];

  _write(chunk, encoding, done) {
    this.parts.push(Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk, encoding));
    done();
  }

  setContentType() {}
}

function provideStreaming() {
  globalThis.awslambda = {
    streamifyResponse: (handler) => {
      handler[streaming] = 'response';
      return handler;
    },
    HttpResponseStream: {
      from(stream, prelude) {
        stream.write(JSON.stringify(prelude));
        stream.write(Buffer.alloc(8));
        return stream;
      },
    },
  };
}

// ---- one invocation

const parseHeader = (text, name) => {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`Cannot parse ${name} as json: ${error.toString()}`);
  }
};

const serialized = (value) => {
  try {
    return JSON.stringify(value === undefined ? null : value) ?? 'null';
  } catch {
    throw new Error('Unable to stringify response body');
  }
};

let onLoopEmpty = () => {};
let onFatal; // (error, exit code): reports what nobody caught

function serve(api, handler) {
  api.received = (headers, body) => {
    if (headers['lambda-runtime-aws-request-id'] === undefined) return; // the reply to what was posted
    api.keepsLoopAlive = false;
    // A turn of its own, so that what the handler throws asynchronously is not thrown within the socket's event.
    setImmediate(() => invoke(api, handler, headers, body));
  };
  api.requestNext();
}

function invoke(api, handler, headers, body) {
  const id = headers['lambda-runtime-aws-request-id'];
  requestId = id;
  const trace = headers['lambda-runtime-trace-id'];
  if (trace) process.env._X_AMZN_TRACE_ID = trace;
  else delete process.env._X_AMZN_TRACE_ID;

  let isOver = false;
  const finish = (post) => {
    if (isOver) return;
    isOver = true;
    onLoopEmpty = () => {};
    post();
  };
  const fail = (error) => finish(() => {
    logError('Invoke Error', error);
    const payload = errorPayload(error);
    api.post(`invocation/${id}/error`, JSON.stringify(payload), payload.errorType, true);
  });
  const succeed = (value) => {
    let text;
    try {
      text = Buffer.isBuffer(value) && handler[streaming] ? value : serialized(value);
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
    if (handler.constructor?.name === 'AsyncFunction') {
      fail(new NodeJsExit('The Lambda runtime client detected an unexpected Node.js exit code. This is most commonly caused by a Promise that was never settled. For more information, see https://nodejs.org/docs/latest/api/process.html#exit-codes'));
    } else {
      succeed(null);
    }
  };

  let waitsForEmptyLoop = true;
  const settle = (error, value, waits) => {
    if (error !== undefined && error !== null) fail(error);
    else if (waits) onLoopEmpty = () => succeed(value);
    else succeed(value);
  };
  const deadline = headers['lambda-runtime-deadline-ms'];
  try {
    const context = {
      get callbackWaitsForEmptyEventLoop() {
        return waitsForEmptyLoop;
      },
      set callbackWaitsForEmptyEventLoop(value) {
        waitsForEmptyLoop = value;
      },
      succeed: (value) => settle(null, value, false),
      fail: (error) => settle(error ?? 'handled', null, false),
      done: (error, value) => settle(error, value, false),
      functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
      functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
      memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
      logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
      logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
      clientContext: parseHeader(headers['lambda-runtime-client-context'], 'ClientContext'),
      identity: parseHeader(headers['lambda-runtime-cognito-identity'], 'CognitoIdentity'),
      invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
      awsRequestId: id,
      getRemainingTimeInMillis: () => deadline - Date.now(),
    };
    const event = JSON.parse(body.toString('utf8'));
    if (handler[streaming]) {
      stream(handler, event, context, succeed, fail);
      return;
    }
    const result = handler(event, context, (error, value) => settle(error, value, waitsForEmptyLoop));
    if (typeof result?.then === 'function') result.then(succeed, (error) => settle(error ?? 'handled', null, false));
  } catch (error) {
    settle(error ?? 'handled', null, false);
  }
}

function stream(handler, event, context, succeed, fail) {
  const response = new ResponseStream();
  let isReturned = false;
  const tryEnd = () => {
    if (isReturned && response.writableFinished) succeed(Buffer.concat(response.parts));
  };
  response.on('finish', tryEnd);
  response.on('error', fail);
  Promise.resolve(handler(event, response, context)).then(() => {
    isReturned = true;
    if (!response.writableEnded) fail(new Error('Response stream is not finished.'));
    tryEnd();
  }, fail);
}

// ---- start

patchConsole(() => requestId);
provideStreaming();
const api = new Api(process.env.AWS_LAMBDA_RUNTIME_API);
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
  const error = new UnhandledPromiseRejection(reason);
  error.reason = reason;
  error.promise = promise;
  logError('Unhandled Promise Rejection', error);
  onFatal(error, 128);
});
process.on('beforeExit', () => onLoopEmpty());
serve(api, await loadHandler(process.env.LAMBDA_TASK_ROOT, process.env._HANDLER));
