import { contentCoding, inflate } from '../net/inflate';
import { receiveBody } from '../net/receiveBody';
import { enrich } from './enrich';
import type { Services } from './stage';
import type { Accepted, Read } from './types';

/**
 * Reads the body as bytes, bounded in size and time, and undoes its content coding. What the later stages verify is
 * the body before it was packed: a sender signs what it says, and compresses on the way out, often in a proxy. Only a
 * digest that HTTP defines (RFC 9530) is of the body as it travels.
 */
export async function read(delivery: Accepted, { bodyPace }: Services): Promise<Read> {
  const { stream, headers, endpoint, lease } = delivery;
  const limit = endpoint.maxBodyBytes;
  const hold = (bytes: number) => lease.hold(bytes);
  const coding = contentCoding(headers['content-encoding']);
  const received = await receiveBody(stream, {
    limit,
    pace: bodyPace,
    hold,
    interruptible: (end) => lease.onDisplaced(end),
  });
  if (!coding || received.length === 0) {
    return enrich(delivery, { rawBody: received });
  }
  return enrich(delivery, { rawBody: await inflate(received, coding, { limit, hold }), packedBody: received });
}
