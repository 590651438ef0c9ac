import { formatOf } from '../../../common/contentTypes';
import { isUtf8 } from 'node:buffer';
import { readHeaders } from './headers';
import { parameterBytes, readParameters, type NamedBytes, type Parameters } from './parameters';
import { malformedPart, type RawPart } from './rawPart';
import { transferDecoded } from './transferEncoding';

/** A part with what its headers say. */
export interface Part extends RawPart {
  /** Name of the field; empty: it has none. */
  name: Buffer;
  /** The same as its header has it; undefined: it has none. */
  namedAs: NamedBytes | undefined;
  /** Undefined: the part names no file. */
  filename: NamedBytes | undefined;
  isFile: boolean;
  /** In lower case, without parameters; empty: none is given. */
  contentType: string;
  charset: string | undefined;
  content: Buffer;
  /** Where the content stands in the body, as it was sent. */
  contentStart: number;
}

/** Bytes of a field's name. */
const MAX_NAME = 1000;

/** Types of which a part is a file though it names none. */
const FILE_TYPES = /^(?:application\/octet-stream$|image\/|audio\/|video\/|font\/|model\/|message\/|multipart\/)/;

/** Reads a part whatever its disposition is called. Throws `BODY_MALFORMED` for headers that can't be read. */
export function readPart(body: Buffer, raw: RawPart): Part {
  const { values, contentStart } = readHeaders(body, raw);
  const disposition = parametersOf('Content-Disposition', values, raw);
  const type = parametersOf('Content-Type', values, raw);
  const name = parameterBytes(disposition, 'name');
  // Mail programs name a file in either.
  const filename = parameterBytes(disposition, 'filename') ?? (name ? undefined : parameterBytes(type, 'name'));
  if (name && name.bytes.length > MAX_NAME) {
    throw malformedPart(raw, 'name');
  }
  const content = transferDecoded(body.subarray(contentStart, raw.end), values.get('content-transfer-encoding'));
  const part = {
    ...raw,
    name: name?.bytes ?? Buffer.alloc(0),
    namedAs: name,
    filename,
    contentType: /^[^/\s]+\/[^/\s]+$/.test(type.value) ? type.value : '',
    charset: type.named.get('charset')?.trim() || undefined,
    content,
    contentStart,
  };
  return { ...part, isFile: filename !== undefined || isFile(part, disposition) };
}

function parametersOf(header: string, values: ReadonlyMap<string, string>, part: RawPart): Parameters {
  const value = values.get(header.toLowerCase()) ?? '';
  const parameters = readParameters(value);
  if (!parameters) {
    throw malformedPart(part, 'header', `${header}: ${value}`);
  }
  return parameters;
}

function isFile({ contentType, charset, content }: Omit<Part, 'isFile'>, { value }: Parameters): boolean {
  if (value === 'attachment' || value === 'file' || FILE_TYPES.test(contentType)) {
    return true;
  }
  return contentType !== '' && formatOf(contentType) === 'binary' && charset === undefined && !isUtf8(content);
}
