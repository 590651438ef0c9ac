/**
 * Sets a property whose name somebody else chose. NocoBase freezes `Object.prototype`, and then an assignment to a name
 * that stands there, such as `constructor`, throws: ECMA-262 section 10.1.9.2 lets a read-only property that is inherited
 * forbid it. `__proto__` becomes a property like any other.
 */
export function setOwn<T>(object: Record<string, T>, name: string, value: T): void {
  if (name in Object.prototype) {
    Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true });
  } else {
    object[name] = value;
  }
}
