import { Writable } from 'node:stream';
import { hasCallbacks } from './generation.mjs';
import { InvalidStreamingOperation, MalformedStreamingHandler } from './errors.mjs';

const mark = Symbol.for('aws.lambda.runtime.handler.streaming');

export function isStreaming(handler) {
  if (!handler[mark]) return false;
  if (handler[mark] !== 'response') throw new MalformedStreamingHandler('Only response streaming is supported.');
  return true;
}

/** The global `awslambda`, by which a handler says that it streams. */
export function provideStreaming() {
  if (['1', 'true'].includes(process.env.AWS_LAMBDA_NODEJS_NO_GLOBAL_AWSLAMBDA)) return;
  globalThis.awslambda = {
    ...globalThis.awslambda,
    streamifyResponse: (handler) => {
      handler[mark] = 'response';
      return handler;
    },
    HttpResponseStream: {
      from(stream, prelude) {
        stream.setContentType('application/vnd.awslambda.http-integration-response');
        stream._onBeforeFirstWrite = (write) => {
          write(JSON.stringify(prelude));
          write(new Uint8Array(8));
        };
        return stream;
      },
    },
  };
}

/** What is written is sent at once. */
class ResponseStream extends Writable {
  contentType = 'application/octet-stream';
  isWritten = false;

  constructor(send) {
    super();
    this.send = send;
  }

  write(chunk, encoding, done) {
    if (!this.isWritten) {
      this.isWritten = true;
      this._onBeforeFirstWrite?.((first) => super.write(first));
    }
    const isText = typeof chunk === 'string' || chunk instanceof Uint8Array;
    return super.write(isText ? chunk : JSON.stringify(chunk), encoding, done);
  }

  _write(chunk, encoding, done) {
    this.send(this.contentType, Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk, encoding), done);
  }

  setContentType(type) {
    if (this.isWritten) throw new InvalidStreamingOperation('Cannot set content-type, too late.');
    this.contentType = String(type).replace(/[^\x20-\x7e]/g, '?');
  }
}

/** Calls a handler that streams; `send` gets what it writes, and `succeed` is called once it has returned and ended its stream. */
export function stream(handler, event, context, send, succeed, fail) {
  const failWith = (message) => fail(hasCallbacks ? message : new Error(message));
  const response = new ResponseStream(send);
  let isReturned = false;
  const tryEnd = () => {
    if (isReturned && response.writableFinished) succeed(Buffer.alloc(0));
  };
  response.on('finish', tryEnd);
  response.on('error', fail);
  const result = handler(event, response, context);
  if (typeof result?.then !== 'function') {
    failWith('Streaming does not support non-async handlers.');
    return;
  }
  result.then((value) => {
    if (value !== undefined) console.warn('Streaming handlers ignore return values.');
    isReturned = true;
    if (!response.writableEnded) failWith('Response stream is not finished.');
    tryEnd();
  }, fail);
}
