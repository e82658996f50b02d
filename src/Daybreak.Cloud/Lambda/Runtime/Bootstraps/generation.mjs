/** Major version of the function's runtime, which the program that runs it may not have: its rules are what counts. */
export const major = Number(process.env.AWS_EXECUTION_ENV.replace(/^.*nodejs/, '').split('.')[0]);

/** Node.js 24 came with another runtime: no callbacks, and what nobody catches ends the process as Node.js does by itself. */
export const hasCallbacks = major < 24;
