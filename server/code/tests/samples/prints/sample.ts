import { Store, type Mode } from "./store";

export const LIMIT = 30;

export interface Item {
  name: string;
  size?: number;
}

export enum Level {
  Low,
  High = 4,
}

/** Keeps items. */
export class Shelf {
  private items: Item[] = [];

  add(item: Item, level: Level): number {
    const locA = item.size ?? LIMIT;
    const { name, size: locB } = item;
    // twice
    for (const locC of this.items) {
      if (locC.name === name) {
        return locA;
      }
    }
    const locD = wrap((locE: number) => locE + 1);
    this.items.push({ name, size: locD(locA) });
    return this.items.filter((locF) => locF.size! > 2).length;
  }
}

export async function load(store: Store): Promise<Item[]> {
  const locG = await store.read("items");
  return locG.map((locH) => ({ name: locH }));
}

describe("a shelf", () => {
  it("keeps items", () => {
    const locI = new Shelf();
    expect(locI.add({ name: "x" }, Level.Low)).toBe(LIMIT);
  });
});
