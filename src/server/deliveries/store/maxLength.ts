import { DataTypes, type AbstractDataTypeConstructor, type DataType } from 'sequelize';

/** MySQL's and MariaDB's TEXT holds 65,535 bytes, and a UTF-16 code unit takes three of them at most. */
const MAX_TEXT = 20_000;

/** What a column of Sequelize's default length takes. */
const DEFAULT_STRING = 255;

/**
 * How many UTF-16 code units a column of this type takes; Infinity: as many as a row.
 * @param isMysql whether a TEXT without a length of its own is bounded, as on MySQL and MariaDB
 */
export function maxLengthOf(type: DataType | AbstractDataTypeConstructor | undefined, isMysql: boolean): number {
  const options = (type as { options?: { length?: number | string } } | undefined)?.options;
  if (type instanceof DataTypes.STRING) {
    return Number(options?.length ?? DEFAULT_STRING);
  }
  return isMysql && type instanceof DataTypes.TEXT && !options?.length ? MAX_TEXT : Infinity;
}
