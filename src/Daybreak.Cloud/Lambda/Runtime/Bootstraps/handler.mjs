import fs from 'node:fs';
import path from 'node:path';
import { hasCallbacks, major } from './generation.mjs';
import { explainMissingSdk } from './packages.mjs';
import { isStreaming } from './streaming.mjs';
import { CallbackHandlerDeprecated, HandlerNotFound, ImportModuleError, MalformedHandlerName, UserCodeSyntaxError } from './errors.mjs';

/** The function that `name` (`folder/file.export`) means below `root`. */
export async function loadHandler(require, root, name) {
  if (name.includes('..')) {
    throw new MalformedHandlerName(`'${name}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`);
  }
  const base = path.basename(name);
  const folder = name.substring(0, name.indexOf(base));
  const dot = base.indexOf('.');
  if (dot < 0) throw new MalformedHandlerName('Bad handler');
  const loaded = await loadModule(require, root, folder, base.slice(0, dot));
  const keys = base.slice(dot + 1).split('.');
  const handler = hasCallbacks
    ? keys.reduce((value, key) => value && value[key], loaded)
    : member(loaded, keys) || member(loaded?.default, keys);
  if (!handler) throw new HandlerNotFound(`${name} is undefined or not exported`);
  if (typeof handler !== 'function') throw new HandlerNotFound(`${name} is not a function`);
  checkParameters(handler);
  return handler;
}

const member = (value, keys) => keys.reduce((inner, key) => (inner && typeof inner === 'object' ? inner[key] : undefined), value);

async function loadModule(require, root, folder, name) {
  const file = path.resolve(root, folder, name);
  try {
    return await (hasCallbacks ? loadFile(require, file) : importFile(file))
      ?? require(require.resolve(name, { paths: [root, hasCallbacks ? folder : path.join(root, folder)] }));
  } catch (error) {
    explainMissingSdk(error);
    if (error instanceof SyntaxError) {
      const syntaxError = new UserCodeSyntaxError(error);
      if (!hasCallbacks) syntaxError.stack = error.stack;
      throw syntaxError;
    }
    if (error?.code === 'MODULE_NOT_FOUND') throw new ImportModuleError(error);
    throw error;
  }
}

async function loadFile(require, file) {
  if (fs.existsSync(file) && fs.statSync(file).isFile()) return require(file);
  const isModule = isModuleScope(`${file}.js`);
  if (!isModule && fs.existsSync(`${file}.js`)) return require(`${file}.js`);
  if (isModule && fs.existsSync(`${file}.js`)) return import(`${file}.js`);
  if (fs.existsSync(`${file}.mjs`)) return import(`${file}.mjs`);
  if (fs.existsSync(`${file}.cjs`)) return require(`${file}.cjs`);
  return undefined;
}

async function importFile(file) {
  if (fs.existsSync(file) && fs.statSync(file).isFile()) return import(file);
  const extension = ['.js', '.mjs', '.cjs'].find((candidate) => fs.existsSync(file + candidate));
  return extension && import(file + extension);
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

/** A parameter after event and context is a callback, whatever its name. */
function checkParameters(handler) {
  const takesCallback = !isStreaming(handler) && handler.length >= 3;
  if (takesCallback && !hasCallbacks) {
    throw new CallbackHandlerDeprecated('ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to modify this function to use a supported handler signature to use Node.js 24 or later. For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.');
  }
  if (takesCallback && major >= 18 && handler.length === 3 && handler.constructor?.name !== 'AsyncFunction'
    && process.env.AWS_LAMBDA_NODEJS_DISABLE_CALLBACK_WARNING === undefined) {
    console.warn('AWS Lambda plans to remove support for callback-based function handlers starting with Node.js 24. You will need to update this function to use an async handler to use Node.js 24 or later. For more information and to provide feedback on this change, see https://github.com/aws/aws-lambda-nodejs-runtime-interface-client/issues/137. To disable this warning, set the AWS_LAMBDA_NODEJS_DISABLE_CALLBACK_WARNING environment variable.');
  }
}
