import type { Charset, ReadAs } from '../../common/config';
import type { BodyFormat } from '../../common/contentTypes';
import type { BigNumber, NumberMarks } from '../numberMarks';
import type { MediaType } from './mediaType';

/** How the bodies of a webhook are read. */
export interface BodyRules {
  /** Levels of lists and objects. */
  maxDepth: number;
  readAs: ReadAs;
  /** What texts are in, whatever is declared; null: what is. */
  charset: Charset | null;
  /** Numbers beyond 2^53 as texts or rounded; or all that would lose digits as the texts that were sent. */
  numbers: 'text' | 'rounded' | 'source';
  /** Left out: nobody asks which texts are such numbers. */
  marks?: NumberMarks;
  /** Whether empty fields of a form are null. */
  emptyAsNull: boolean;
  /** Names of form fields that hold JSON. */
  jsonFields: readonly string[];
}

/** A file of a multipart body, in memory. */
export interface Upload {
  /** Name of the form field that carried it. */
  field: string;
  /** As the sender calls it, without folders and control characters; never empty. */
  filename: string;
  /** As the sender declares it. */
  contentType: string;
  content: Buffer;
}

/** What a format makes of a body. */
export interface ParsedBody {
  data: unknown;
  /** Left out: the format carries none. */
  uploads?: Upload[];
  /** The body without the bytes of its files; left out: it has none. */
  withoutFiles?: Buffer;
  /** SHA-256, in hex, of what tells one body from others; left out: that is all of it. */
  digest?(): string;
}

/** A body that was read, as what it was. */
export interface ReadBody {
  data: unknown;
  uploads: Upload[];
  withoutFiles?: Buffer;
  digest?(): string;
  /** Null: there was none. */
  format: BodyFormat | null;
}

/** Reads one format. Throws `BODY_MALFORMED` for what isn't in it, `TYPE_NOT_SUPPORTED` for a charset unknown here. */
export type Parser = (body: Buffer, mediaType: MediaType, rules: BodyRules) => ParsedBody;

/** A body as the workflow sees it. */
export interface StorableBody extends ReadBody {
  /** The numbers that stand in `data` as texts. */
  bigNumbers: readonly BigNumber[];
}
