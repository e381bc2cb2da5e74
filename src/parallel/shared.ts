/** Numbers that all workers see and may change. */
export function sharedFloats(length: number): Float64Array {
  return new Float64Array(new SharedArrayBuffer(length * 8));
}

/** Whole numbers that all workers see and may change. */
export function sharedIntegers(length: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(length * 4));
}

/** A shared copy. */
export function shareFloats(values: Float64Array): Float64Array {
  const copy = sharedFloats(values.length);
  copy.set(values);
  return copy;
}

/** A shared copy. */
export function shareIntegers(values: Int32Array): Int32Array {
  const copy = sharedIntegers(values.length);
  copy.set(values);
  return copy;
}
