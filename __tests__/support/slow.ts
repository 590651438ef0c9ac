import { createServer as createHttpServer, type ServerResponse } from 'node:http';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A server that keeps its callers waiting, until it is told to answer. */
export abstract class Slow {
  calls = 0;
  /** Whether those who come from now on are answered at once. */
  answers = false;
  private waiting: (() => void)[] = [];
  private readonly sockets = new Set<Socket>();

  protected constructor(private readonly server: Server) {
    server.on('connection', (socket: Socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket)).on('error', () => socket.destroy());
    });
  }

  /** The port that it listens at. */
  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return (this.server.address() as AddressInfo).port;
  }

  /** Answers those who wait. */
  answer(): void {
    this.waiting.splice(0).forEach((reply) => reply());
  }

  close(): void {
    this.sockets.forEach((socket) => socket.destroy());
    this.server.close();
  }

  protected called(reply: () => void): void {
    this.calls++;
    if (this.answers) {
      reply();
    } else {
      this.waiting.push(reply);
    }
  }
}

/** Whatever is asked, the answer is this JSON. */
export class SlowHttp extends Slow {
  constructor(body: object = {}) {
    super(
      createHttpServer((_request, response: ServerResponse) =>
        this.called(() => response.setHeader('content-type', 'application/json').end(JSON.stringify(body))),
      ),
    );
  }
}

/** Takes mails, and says so once it is told to: a call is a mail that was handed over. */
export class SlowSmtp extends Slow {
  constructor() {
    super(createServer((socket) => this.converse(socket)));
  }

  /** RFC 5321, as far as a client needs it to hand a mail over. */
  private converse(socket: Socket): void {
    const say = (line: string) => socket.write(`${line}\r\n`);
    let received = '';
    let inMail = false;
    say('220 slow ESMTP');
    socket.on('data', (chunk) => {
      received += chunk.toString();
      for (let end = received.indexOf('\r\n'); end >= 0; end = received.indexOf('\r\n')) {
        const line = received.slice(0, end);
        received = received.slice(end + 2);
        if (inMail) {
          inMail = line !== '.';
          if (!inMail) {
            this.called(() => say('250 taken'));
          }
        } else if (line.toUpperCase() === 'DATA') {
          inMail = true;
          say('354 go on');
        } else if (line.toUpperCase() === 'QUIT') {
          socket.end('221 bye\r\n');
        } else {
          say('250 slow');
        }
      }
    });
  }
}
