import type { FuzzRequest } from './requests';
import { lengthOf, type Stall, type Stalls } from './Stalls';
import { drive, type Driver } from './worst/drive';

/** A request while it is under way and some time after. */
interface Flight {
  number: number;
  request: FuzzRequest;
  from: number;
  /** Infinity: it is under way. */
  to: number;
}

/** Milliseconds for which a request is remembered after its end: a run in the background may be what took long. */
const REMEMBERED = 2_000;
/** Stalls that are looked into. */
const KEPT = 5;
/** Requests between two looks at what was written down. */
const INTERVAL = 64;

/** Finds the requests that held NocoBase's thread longest, among those that were under way at the time. */
export class Blame {
  private flights: Flight[] = [];
  private readonly longest: { stall: Stall; suspects: Flight[] }[] = [];
  private count = 0;

  constructor(private readonly stalls: Stalls) {
    stalls.take();
  }

  /** Notes that a request is sent now; gives what is to be called when it has come to its end. */
  underWay(number: number, request: FuzzRequest): () => void {
    const flight: Flight = { number, request, from: Date.now(), to: Infinity };
    this.flights.push(flight);
    this.count += 1;
    if (this.count % INTERVAL === 0) {
      this.look();
    }
    return () => {
      flight.to = Date.now();
    };
  }

  /** Sends the suspects of the longest stalls again, one at a time, and prints what each of them does by itself. */
  async report(driver: Driver): Promise<void> {
    this.look();
    const [longest] = this.longest;
    console.log(`longest stall of the event loop: ${describeStall(longest?.stall ?? null)}`);
    for (const { stall, suspects } of this.longest) {
      const driven = [];
      for (const { number, request } of suspects) {
        driven.push(await drive(driver, String(number), request));
      }
      const [worst] = driven.sort((one, other) => length(other.stall) - length(one.stall));
      console.log(
        worst?.stall
          ? `  ${describeStall(stall)}: request ${worst.name}, by itself ${describeStall(worst.stall)}`
          : `  ${describeStall(stall)}: none of the ${suspects.length} requests of that time by itself`,
      );
      if (worst?.stall) {
        console.log(`    ${JSON.stringify(Buffer.concat(worst.request.pieces).subarray(0, 300).toString('latin1'))}`);
      }
    }
  }

  private look(): void {
    for (const stall of this.stalls.take()) {
      const begun = stall.at - stall.ms;
      const suspects = this.flights.filter(({ from, to }) => from <= stall.at && to + REMEMBERED >= begun);
      this.longest.push({ stall, suspects: suspects.slice(-KEPT * 8) });
    }
    this.longest.sort((one, other) => lengthOf(other.stall) - lengthOf(one.stall)).splice(KEPT);
    const now = Date.now();
    this.flights = this.flights.filter(({ to }) => to + REMEMBERED > now);
  }
}

function length(stall: Stall | null): number {
  return stall ? lengthOf(stall) : 0;
}

/** A stall as it is printed. */
export function describeStall(stall: Stall | null): string {
  if (!stall) {
    return 'less than 20 ms';
  }
  const computed = stall.cpu === null ? '' : `, ${stall.cpu.toFixed(0)} ms of it computing`;
  return `${stall.ms.toFixed(0)} ms${computed}`;
}
