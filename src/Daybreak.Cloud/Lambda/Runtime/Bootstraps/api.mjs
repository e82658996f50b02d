import net from 'node:net';

/** The Runtime API on one kept connection. `received(headers, body)` is called with every reply. */
export class Api {
  constructor(address) {
    const [host, port] = address.split(':');
    this.address = address;
    this.chunks = [];
    this.size = 0;
    this.socket = net.connect({ host, port: Number(port), noDelay: true });
    this.socket.on('data', (chunk) => this.receive(chunk));
    this.socket.on('error', () => process.exit(0));
    this.socket.on('close', () => process.exit(0));
    this.next = `GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: ${address}\r\n\r\n`;
    this.waiting = null;
    this.isStreaming = false;
  }

  /** While a handler runs, an idle connection must not keep the event loop from becoming empty. */
  set keepsLoopAlive(value) {
    if (value) this.socket.ref();
    else this.socket.unref();
  }

  requestNext() {
    this.socket.write(this.next);
  }

  /** Sends a part of a response that streams. The response is ended by `post`. */
  stream(id, contentType, bytes, done) {
    this.socket.cork();
    if (!this.isStreaming) {
      this.isStreaming = true;
      this.socket.write(`POST /2018-06-01/runtime/invocation/${id}/response HTTP/1.1\r\nHost: ${this.address}\r\nContent-Type: ${contentType}\r\nLambda-Runtime-Function-Response-Mode: streaming\r\nTransfer-Encoding: chunked\r\nTrailer: Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body\r\n\r\n`);
    }
    if (bytes.length > 0) { // an empty chunk would be the end
      this.socket.write(`${bytes.length.toString(16)}\r\n`);
      this.socket.write(bytes);
      this.socket.write('\r\n');
    }
    this.socket.uncork();
    // Not the callback of a write, which would only come with the next turn of the loop.
    if (this.socket.writableNeedDrain) this.socket.once('drain', done);
    else done();
  }

  post(call, body, errorType, thenNext) {
    const type = errorType ? `Lambda-Runtime-Function-Error-Type: ${errorType.replace(/[^\x20-\x7e]/g, '?')}\r\n` : '';
    const bytes = Buffer.isBuffer(body) ? body : Buffer.from(body);
    this.keepsLoopAlive = true;
    this.socket.cork();
    if (this.isStreaming) {
      this.isStreaming = false;
      const trailers = call.endsWith('/error') ? `${type}Lambda-Runtime-Function-Error-Body: ${bytes.toString('base64')}\r\n` : '';
      this.socket.write(`0\r\n${trailers}\r\n`);
      if (thenNext) this.socket.write(this.next);
      this.socket.uncork();
      return;
    }
    this.socket.write(`POST /2018-06-01/runtime/${call} HTTP/1.1\r\nHost: ${this.address}\r\nContent-Type: application/json\r\nContent-Length: ${bytes.length}\r\n${type}\r\n`);
    this.socket.write(bytes);
    if (thenNext) this.socket.write(this.next);
    this.socket.uncork();
  }

  receive(chunk) {
    this.chunks.push(chunk);
    this.size += chunk.length;
    while (this.size > 0) {
      if (this.waiting === null) {
        const data = this.joined();
        const end = data.indexOf('\r\n\r\n');
        if (end < 0) return;
        const [, ...lines] = data.toString('utf8', 0, end).split('\r\n');
        const headers = {};
        for (const line of lines) {
          const colon = line.indexOf(': ');
          headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 2);
        }
        this.waiting = { headers, start: end + 4, length: Number(headers['content-length']) };
      }
      const { headers, start, length } = this.waiting;
      if (this.size < start + length) return;
      const data = this.joined();
      this.waiting = null;
      this.chunks = [data.subarray(start + length)];
      this.size = data.length - start - length;
      this.received(headers, data.subarray(start, start + length));
    }
  }

  joined() {
    if (this.chunks.length > 1) this.chunks = [Buffer.concat(this.chunks)];
    return this.chunks[0];
  }
}
