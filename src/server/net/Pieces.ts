/** Pieces in any body, and one more for so many bytes: each is an event of its own, which takes some microseconds. */
const ALLOWED = { base: 10_000, bytes: 64 };

/** Bytes of a piece that is kept as it is; smaller ones are put together. */
const LARGE = 16_384;

/**
 * A body as it comes in. Small pieces are copied together: a piece of one byte takes a hundred in memory, and holds on to
 * the 64 KB that it was read with.
 */
export class Pieces {
  private readonly kept: Buffer[] = [];
  /** Room for small pieces, and how much of it is used. */
  private slab: Buffer | null = null;
  private used = 0;
  private count = 0;
  /** Bytes so far. */
  size = 0;

  add(piece: Buffer): void {
    this.count += 1;
    this.size += piece.length;
    if (this.count === 1 || piece.length >= LARGE) {
      this.closeSlab();
      this.kept.push(piece);
      return;
    }
    if (!this.slab || this.used + piece.length > this.slab.length) {
      this.closeSlab();
      this.slab = Buffer.allocUnsafeSlow(LARGE);
    }
    this.used += piece.copy(this.slab, this.used);
  }

  /** Whether there are more than anybody's sender makes of so many bytes. */
  get areTooMany(): boolean {
    return this.count > ALLOWED.base + this.size / ALLOWED.bytes;
  }

  /** All of them as one; of a single piece that one. */
  joined(): Buffer {
    this.closeSlab();
    const [only] = this.kept;
    return only && this.kept.length === 1 ? only : Buffer.concat(this.kept, this.size);
  }

  private closeSlab(): void {
    if (this.slab && this.used > 0) {
      this.kept.push(this.slab.subarray(0, this.used));
    }
    this.slab = null;
    this.used = 0;
  }
}
