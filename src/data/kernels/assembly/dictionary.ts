/**
 * The different values of one field of a text: each gets a code, 0, 1, 2 ... in the order in which they are met.
 * A shop writes the same few thousand names, dates and prices again and again: what is done to a code is done once.
 */

const MULTIPLIER: u64 = (u64(0x9e3779b9) << 32) | 0x7f4a7c15;
/** Bytes are hashed and compared eight at a time; behind all of them as many can be read. */
const STEP: u32 = 8;
const FIRST_VALUES: u32 = 64;
const FIRST_BYTES: u32 = 1 << 10;
const PAGE_BITS = 16;
/** Each array begins with a line of the processor's cache. */
const LINE: u64 = 64;

/** First byte that is not taken. */
let top: u64 = u64(__heap_base) + LINE;

/** So many bytes, all zero, for good. Traps where there are no more. */
export function allocate(bytes: u64): usize {
  const start = (top + LINE - 1) & ~(LINE - 1);
  top = start + bytes;
  const pages = i64((top + (1 << PAGE_BITS) - 1) >> PAGE_BITS) - i64(memory.size());
  if (pages > 0 && (pages > 1 << PAGE_BITS || memory.grow(i32(pages)) < 0)) unreachable();
  return usize(start);
}

/** What is known of a value. */
@unmanaged
class Entry {
  /** Where it stands among the bytes of its dictionary. */
  start: u32 = 0;
  length: u32 = 0;
  hash: u32 = 0;
  /** In how many records it stands. */
  count: u32 = 0;
}

const ENTRY_BITS = 4;

/** All zero before the first value. */
@unmanaged
export class Dictionary {
  /** The values one behind the other: close together, they stay in the processor's cache. */
  bytes: usize = 0;
  used: u32 = 0;
  bytesRoom: u32 = 0;
  entries: usize = 0;
  size: u32 = 0;
  room: u32 = 0;
  /** Code + 1 of the value at home in a slot, or of another that found its slot taken; 0 is a free slot. Twice the room. */
  slots: usize = 0;
  /** Code + 1 of the value met last. */
  last: u32 = 0;

  /** So many empty ones, side by side. */
  static allocate(count: u32): usize {
    return allocate(u64(count) * offsetof<Dictionary>());
  }

  /** One of those. */
  static at(dictionaries: usize, index: u32): Dictionary {
    return changetype<Dictionary>(dictionaries + usize(index) * offsetof<Dictionary>());
  }

  /** Where the bytes end that start here if they begin like the value met last, and end before the limit; 0 otherwise. */
  endOfSame(start: usize, limit: usize): usize {
    if (this.last === 0) return 0;
    const entry = this.entryOf(this.last - 1);
    const end = start + entry.length;
    return end < limit && isSame(start, this.bytes + entry.start, entry.length) ? end : 0;
  }

  /** Counts the value met last once more. */
  again(): u32 {
    const code = this.last - 1;
    this.entryOf(code).count++;
    return code;
  }

  /** The code of a value, counted. */
  codeOf(start: usize, length: u32): u32 {
    if (this.size === this.room) this.makeRoom();
    const hash = hashOf(start, length);
    const mask = this.room * 2 - 1;
    let slot = hash & mask;
    for (;;) {
      const taken = load<u32>(this.slots + (usize(slot) << 2));
      if (taken === 0) break;
      const entry = this.entryOf(taken - 1);
      if (entry.hash === hash && entry.length === length && isSame(start, this.bytes + entry.start, length)) {
        this.last = taken;
        entry.count++;
        return taken - 1;
      }
      slot = (slot + 1) & mask;
    }
    return this.add(start, length, hash, slot);
  }

  private add(start: usize, length: u32, hash: u32, slot: u32): u32 {
    const used = u64(this.used) + length;
    if (used + STEP > this.bytesRoom) this.makeRoomForBytes(used + STEP);
    memory.copy(this.bytes + this.used, start, length);
    const code = this.size++;
    const entry = this.entryOf(code);
    entry.start = this.used;
    entry.length = length;
    entry.hash = hash;
    entry.count = 1;
    this.used = u32(used);
    this.last = this.size;
    store<u32>(this.slots + (usize(slot) << 2), this.size);
    return code;
  }

  private entryOf(code: u32): Entry {
    return changetype<Entry>(this.entries + (usize(code) << ENTRY_BITS));
  }

  private makeRoom(): void {
    const room = this.room === 0 ? FIRST_VALUES : this.room * 2;
    const entries = allocate(u64(room) << ENTRY_BITS);
    memory.copy(entries, this.entries, usize(this.size) << ENTRY_BITS);
    this.entries = entries;
    this.room = room;
    this.slots = allocate(u64(room) << 3);
    const mask = room * 2 - 1;
    for (let code: u32 = 0; code < this.size; code++) {
      let slot = this.entryOf(code).hash & mask;
      while (load<u32>(this.slots + (usize(slot) << 2)) !== 0) slot = (slot + 1) & mask;
      store<u32>(this.slots + (usize(slot) << 2), code + 1);
    }
  }

  private makeRoomForBytes(needed: u64): void {
    let room: u64 = this.bytesRoom === 0 ? FIRST_BYTES : u64(this.bytesRoom) * 2;
    while (room < needed) room *= 2;
    const bytes = allocate(room);
    memory.copy(bytes, this.bytes, this.used);
    this.bytes = bytes;
    this.bytesRoom = u32(room);
  }
}

/** The bits of the first bytes of eight, up to seven of them. */
function bitsOf(bytes: u32): u64 {
  return (u64(1) << (bytes << 3)) - 1;
}

function isSame(one: usize, other: usize, length: u32): bool {
  while (length >= STEP) {
    if (load<u64>(one) !== load<u64>(other)) return false;
    one += STEP;
    other += STEP;
    length -= STEP;
  }
  return ((load<u64>(one) ^ load<u64>(other)) & bitsOf(length)) === 0;
}

function hashOf(at: usize, length: u32): u32 {
  let hash: u64 = length;
  while (length >= STEP) {
    hash = mix(hash, load<u64>(at));
    at += STEP;
    length -= STEP;
  }
  return u32(mix(hash, load<u64>(at) & bitsOf(length)));
}

function mix(hash: u64, value: u64): u64 {
  const mixed = (hash ^ value) * MULTIPLIER;
  return mixed ^ (mixed >> 32);
}
