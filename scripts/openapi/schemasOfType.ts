import * as ts from 'typescript';

/** A schema of OpenAPI 3.0: https://spec.openapis.org/oas/v3.0.3#schema-object. */
export type OpenApiSchema = Record<string, unknown>;

/**
 * The schemas of a type that a file exports, with what its comments say, and of the types with names that it is made of.
 * Objects take no other properties than they name, as the rules that configurations are checked by have it.
 * @param prefix ahead of every other type's name: all plugins' schemas share one list
 * @throws Error where the file doesn't export the type, or it has a part that no schema can say
 */
export function schemasOfType(file: string, type: string, name: string, prefix: string): Record<string, OpenApiSchema> {
  const program = ts.createProgram([file], { strict: true, noEmit: true, target: ts.ScriptTarget.ES2022, types: [] });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const module = source && checker.getSymbolAtLocation(source);
  const symbol = module && checker.getExportsOfModule(module).find((exported) => exported.name === type);
  if (!symbol) {
    throw new Error(`${file} exports no type ${type}`);
  }
  const writer = new SchemaWriter(checker, prefix);
  writer.schemas[name] = writer.object(checker.getDeclaredTypeOfSymbol(symbol));
  return writer.schemas;
}

/** `nullable` counts only beside a `type`: https://github.com/OAI/OpenAPI-Specification/blob/main/proposals/2019-10-31-Clarify-Nullable.md */
const NULL: OpenApiSchema = { type: 'object', nullable: true, enum: [null] };

class SchemaWriter {
  readonly schemas: Record<string, OpenApiSchema> = {};

  constructor(
    private readonly checker: ts.TypeChecker,
    private readonly prefix: string,
  ) {}

  object(type: ts.Type): OpenApiSchema {
    const properties = this.checker.getPropertiesOfType(type);
    const required = properties.filter(({ flags }) => !(flags & ts.SymbolFlags.Optional)).map(({ name }) => name);
    return {
      type: 'object',
      additionalProperties: false,
      ...(required.length > 0 && { required }),
      properties: Object.fromEntries(properties.map((property) => [property.name, this.property(property)])),
    };
  }

  private property(property: ts.Symbol): OpenApiSchema {
    const schema = this.schema(this.checker.getTypeOfSymbol(property));
    const description = ts.displayPartsToString(property.getDocumentationComment(this.checker)).replace(/\s+/g, ' ');
    if (description === '') {
      return schema;
    }
    // What stands beside a `$ref` is not read.
    return { ...('$ref' in schema ? { allOf: [schema] } : schema), description };
  }

  private schema(type: ts.Type): OpenApiSchema {
    if (type.flags & (ts.TypeFlags.Unknown | ts.TypeFlags.Any)) {
      return {};
    }
    if (type.isStringLiteral() || type.isNumberLiteral()) {
      return { type: typeof type.value, enum: [type.value] };
    }
    if (type.flags & ts.TypeFlags.BooleanLike) {
      return { type: 'boolean' };
    }
    if (type.flags & ts.TypeFlags.NumberLike) {
      return { type: 'number' };
    }
    if (type.flags & (ts.TypeFlags.StringLike | ts.TypeFlags.TemplateLiteral)) {
      return { type: 'string' };
    }
    if (type.isUnion()) {
      return this.union(type);
    }
    const [element] = this.checker.isArrayType(type) ? this.checker.getTypeArguments(type as ts.TypeReference) : [];
    if (element) {
      return { type: 'array', items: this.schema(element) };
    }
    const values = this.checker.getIndexInfosOfType(type)[0];
    if (values) {
      return { type: 'object', additionalProperties: this.schema(values.type) };
    }
    if (type.flags & ts.TypeFlags.Object || type.isIntersection()) {
      return this.named(type);
    }
    throw new Error(`no schema says ${this.checker.typeToString(type)}`);
  }

  /** By reference where it has a name of its own: it may hold itself. */
  private named(type: ts.Type): OpenApiSchema {
    const symbol = type.aliasSymbol ?? type.symbol;
    if (!symbol || symbol.name.startsWith('__') || ['Partial', 'Pick', 'Omit'].includes(symbol.name)) {
      return this.object(type);
    }
    const name = `${this.prefix}${symbol.name.replace(/^Webhook/, '')}`;
    if (!(name in this.schemas)) {
      this.schemas[name] = {};
      const description = ts.displayPartsToString(symbol.getDocumentationComment(this.checker)).replace(/\s+/g, ' ');
      this.schemas[name] = { ...this.object(type), ...(description !== '' && { description }) };
    }
    return { $ref: `#/components/schemas/${name}` };
  }

  private union({ types }: ts.UnionType): OpenApiSchema {
    const nullable = types.some(({ flags }) => flags & ts.TypeFlags.Null) && { nullable: true };
    const present = types.filter(({ flags }) => !(flags & (ts.TypeFlags.Null | ts.TypeFlags.Undefined)));
    if (present.every((type) => type.isStringLiteral() || type.isNumberLiteral())) {
      const { enum: values, ...schema } = literals(present);
      return { ...schema, enum: [...values, ...(nullable ? [null] : [])], ...nullable };
    }
    // The checker gives them in the order in which it met them, which other files change.
    const alternatives = new Map(
      this.alternatives(present)
        .map((schema) => [JSON.stringify(schema), schema] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    );
    const [only, ...others] = alternatives.values();
    if (only && others.length === 0 && (!nullable || 'type' in only)) {
      return { ...only, ...nullable };
    }
    return { anyOf: [...alternatives.values(), ...(nullable ? [NULL] : [])] };
  }

  /** Texts that may be given as they are count as one. */
  private alternatives(types: ts.Type[]): OpenApiSchema[] {
    const texts = types.filter((type): type is ts.StringLiteralType => type.isStringLiteral());
    const others = types.filter((type) => !type.isStringLiteral()).map((type) => this.schema(type));
    const isAnyText = others.some((schema) => schema.type === 'string');
    return texts.length > 0 && !isAnyText ? [...others, literals(texts)] : others;
  }
}

function literals(types: readonly ts.Type[]): { type: string; enum: unknown[] } {
  const values = types.map((type) => (type as ts.LiteralType).value).sort();
  return { type: typeof values[0], enum: values };
}
