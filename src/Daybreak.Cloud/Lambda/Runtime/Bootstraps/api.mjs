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
  }

  /** While a handler runs, an idle connection must not keep the event loop from becoming empty. */
  set keepsLoopAlive(value) {
    if (value) this.socket.ref();
    else this.socket.unref();
  }

  requestNext() {
    this.socket.write(this.next);
  }

  post(call, body, errorType, thenNext) {
    const type = errorType ? `Lambda-Runtime-Function-Error-Type: ${errorType.replace(/[^\x20-\x7e]/g, '?')}\r\n` : '';
    const bytes = Buffer.isBuffer(body) ? body : Buffer.from(body);
    this.keepsLoopAlive = true;
    this.socket.cork();
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
