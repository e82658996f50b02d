// Gives the endpoint in AWS_ENDPOINT_URL to the AWS SDK for JavaScript 2, which does not read that variable and would call the real AWS.
// A client that names its own endpoint keeps it.

import Module from 'node:module';

const load = Module._load;

/** Asks for keys only: Node.js warns of a property that a module does not have yet, where modules load each other. */
const isSdk = (loaded) => {
  const keys = typeof loaded === 'object' && loaded !== null ? Reflect.ownKeys(loaded) : [];
  return ['VERSION', 'Service', 'config'].every((key) => keys.includes(key)) && /^2\./.test(loaded.VERSION);
};

// Its core module, whatever part of the SDK a function asks for.
Module._load = function (request, ...rest) {
  const loaded = load.call(this, request, ...rest);
  if (/(^|\/)(core|aws-sdk)$/.test(request) && isSdk(loaded) && !loaded.config.endpoint) {
    loaded.config.update({ endpoint: process.env.AWS_ENDPOINT_URL });
  }
  return loaded;
};
