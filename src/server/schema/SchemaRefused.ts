import type { Problem } from '../../common/rules';
import { describeIssue } from '../../common/validateConfig';

/** Thrown where a part of a schema can't be used; `problem` is for the maker. */
export class SchemaRefused extends Error {
  constructor(readonly problem: Problem) {
    super(describeIssue({ path: '', ...problem }));
    this.name = 'SchemaRefused';
  }
}
