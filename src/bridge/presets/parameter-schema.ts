import { z } from 'zod';
import {
  isLegal,
  legalValues,
  mapTable,
  type Parameter,
  type ParameterTable,
  type ValueOf,
} from '../../music/parameter.js';

/** A schema for each parameter of a table, each of which may be left out. */
export type SchemasOf<Table extends ParameterTable> = {
  readonly [Name in keyof Table]: z.ZodExactOptional<z.ZodType<ValueOf<Table[Name]>>>;
};

/** A parameter's values; the message of a refusal is the legal ones, as in `control/schema`. */
export const schemaOf = <P extends Parameter>(parameter: P): z.ZodType<ValueOf<P>> =>
  z.custom<ValueOf<P>>((value) => isLegal(parameter, value), legalValues(parameter));

export const schemasOf = <Table extends ParameterTable>(table: Table): SchemasOf<Table> =>
  mapTable(table, (parameter) => z.exactOptional(schemaOf(parameter))) as SchemasOf<Table>;
