import util from 'node:util';
import { isJson } from './console.mjs';
import { hasCallbacks } from './generation.mjs';
import { explainMissingSdk } from './packages.mjs';

function runtimeError(name) {
  const type = class extends Error {
    constructor(message) {
      super(message);
      if (!hasCallbacks) this.name = `Runtime.${name}`; // shows in its log line
    }
  };
  type.prototype.name = `Runtime.${name}`;
  return type;
}

export const ImportModuleError = runtimeError('ImportModuleError');
export const HandlerNotFound = runtimeError('HandlerNotFound');
export const MalformedHandlerName = runtimeError('MalformedHandlerName');
export const UserCodeSyntaxError = runtimeError('UserCodeSyntaxError');
export const MalformedStreamingHandler = runtimeError('MalformedStreamingHandler');
export const InvalidStreamingOperation = runtimeError('InvalidStreamingOperation');
export const CallbackHandlerDeprecated = runtimeError('CallbackHandlerDeprecated');
export const UnhandledPromiseRejection = runtimeError('UnhandledPromiseRejection');
export const NodeJsExit = runtimeError('NodeJsExit');
export const JSONStringifyError = hasCallbacks ? Error : runtimeError('JSONStringifyError');

const looksLikeError = (value) => (hasCallbacks
  ? util.types.isNativeError(value) || (value && ['name', 'message', 'stack'].every((key) => value[key] && typeof value[key] === 'string'))
  : value instanceof Error);

const visible = (text) => text?.replaceAll('\x7f', '%7F');

/** What is reported of something thrown: errorType, errorMessage and trace, lines of the stack. */
export function errorPayload(error) {
  try {
    explainMissingSdk(error);
    return looksLikeError(error)
      ? { errorType: visible(error.name), errorMessage: visible(error.message), trace: visible(error.stack)?.split('\n') ?? [] }
      : { errorType: typeof error, errorMessage: hasCallbacks ? error.toString() : String(error), trace: [] };
  } catch {
    return {
      errorType: 'handled',
      errorMessage: 'callback called with Error argument, but there was a problem while retrieving one or more of its message, name, and stack',
      ...(hasCallbacks ? {} : { trace: [] }),
    };
  }
}

export function logError(title, thrown) {
  explainMissingSdk(thrown);
  const error = thrown instanceof Error ? thrown : new Error(hasCallbacks ? thrown : String(thrown));
  if (isJson) {
    console.error(title, error);
    return;
  }
  const withDetails = (_key, value) => {
    if (!(value instanceof Error)) return value;
    const details = { errorType: value.name, errorMessage: value.message, code: value.code, ...value };
    if (typeof value.stack === 'string') details.stack = value.stack.split('\n');
    return details;
  };
  let text;
  try {
    text = JSON.stringify(error, withDetails);
  } catch {
    text = JSON.stringify(errorPayload(error));
  }
  console.error(title, `\t${text}`);
}

/** The body of a response; what cannot be one is thrown as AWS's runtime throws it. */
export function serialized(value) {
  let text;
  try {
    text = JSON.stringify(value === undefined ? null : value);
  } catch {
    throw new JSONStringifyError('Unable to stringify response body');
  }
  if (text === undefined) throw new TypeError('Wrong arguments'); // of a function or a symbol there is no JSON
  return text;
}
