import fs from 'node:fs';
import module from 'node:module';
import path from 'node:path';
import { major } from './generation.mjs';

const sdk = major >= 18 ? /^Cannot find (?:module|package) '(@(?:aws-sdk|smithy)\/[^'/]+)/ : /^Cannot find (?:module|package) '(aws-sdk)['/]/;

/** Lets `import` find what NODE_PATH has, as `require` does: AWS's Node.js does since nodejs18.x. Costs some milliseconds, so only where there is something. */
export function provideNodePath() {
  const folders = (process.env.NODE_PATH ?? '').split(':').filter((folder) => path.basename(folder) === 'node_modules' && fs.existsSync(folder));
  if (major >= 18 && folders.length > 0) module.register?.('./imports.mjs', import.meta.url, { data: folders });
}

/** Says of an error by which the AWS SDK was not found how it comes onto this machine; AWS's has it. */
export function explainMissingSdk(error) {
  const name = ['MODULE_NOT_FOUND', 'ERR_MODULE_NOT_FOUND'].includes(error?.code) && sdk.exec(error.message)?.[1];
  const remedy = `AWS's runtime has this package, this machine has not. Add it: ./daybreak runtimes add ${major >= 18 ? name : 'aws-sdk@2'}`;
  if (name && !error.message.includes(remedy)) error.message += `\n${remedy}`;
}
