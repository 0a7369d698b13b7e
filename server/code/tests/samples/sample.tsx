/**
 * Sessions.
 * @spec specs/027-login/spec.md
 */
import React, { type FC, useState as state } from 'react';
import './style.css';
import * as api from "../api";
export { Store as Kept } from './store';

export const LIMIT = 30;

/** FR-001: keeps sessions. */
export class Store<T> extends Base {
  private items: T[] = []; // FR-002
  constructor(readonly x: number) { super(); }
  @Memo()
  get size(): number { return 1; }
  load = async () => { await this.fetch(); };
}

export default function App(props: Props) {
  // US1
  const onClick = () => {};
  return <div>{/* FR-003 */}<p onClick={onClick} /></div>;
}

export const useStore = (x: number): Store<number> => {
  return new Store(x);
};

export const api = {
  get(id: string) { return id; },
  put: async (id: string) => id,
};

export interface Item { id: string; save(): void }
export type Id = string;
export enum State { Open, Closed = 'closed' }
abstract class Shape { abstract area(): number }
export function overload(a: string): void;
export function overload(a: unknown): void {}

describe('Store (US2)', () => {
  beforeEach(() => {});

  // FR-004
  it('keeps [FR-005]', () => {
    expect(new Store(1).size).toBe(1);
  });
  it.each([[1], [2]])('SC-001 holds for %i', (n) => {
    console.log(n);
  });
  it.skip(`later ${1}`, async () => { assert.ok(1); });
  it.todo('US3 scenario');
  describe.skip('off', () => {
    test('is off', () => {});
  });
});

test.describe('page', () => {
  test.step('no test', () => {});
  test('opens', async ({ page }) => { await expect(page).toHaveTitle('x'); });
});
