// Hooks of Node.js's module loader, in a thread of their own: what `import` does not find beside the importing file is looked for in NODE_PATH.

import path from 'node:path';
import { pathToFileURL } from 'node:url';

let parents = []; // a file beside each folder, from where the loader finds what is in it

export function initialize(folders) {
  parents = folders.map((folder) => pathToFileURL(path.join(path.dirname(folder), 'any')).href);
}

export async function resolve(specifier, context, next) {
  try {
    return await next(specifier, context);
  } catch (error) {
    if (error?.code !== 'ERR_MODULE_NOT_FOUND' || /^[./#]|^[a-z]+:/i.test(specifier)) throw error;
    for (const parentURL of parents) {
      try {
        return await next(specifier, { ...context, parentURL });
      } catch {
        // the next folder, or the first error
      }
    }
    throw error;
  }
}
