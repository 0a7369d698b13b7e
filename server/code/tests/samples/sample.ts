import { expect } from 'chai';
import type { App } from './app';
import fs = require('fs');
const page = () => import('./page');

declare module 'store' {
  function open(name: string): void;
}

export namespace Inner {
  export const DEPTH = 1;
  export function run<T>(x: T): T { return x; }
}

export declare function ambient(): void;

// Spec 027, FR-001
export const useStore = create<State>()((set) => ({
  items: [],
  add: (item) => set({ item }), // FR-002
}));

export default {
  name: 'plugin',
  install(app: App) {},
};

const cast = <Item>value;

/* FR-003 */

function unrelated() {}

context('with a session', function () {
  specify('US1-AC2: is kept', function () {
    value.should.equal(1);
  });
  xit('is lost', () => {});
});

specify(dir, ['--here']);
regex.test('FR-004 is no test');
log('FR-005 reads like a title');
log('see FR-006, which does not');

Deno.test('opens', () => { assertEquals(1, 1); });
