#include <stdio.h>

#define LIMIT 30

struct store {
    int *items;
    int size;
};

enum mode { FAST, SLOW };

/* Adds one. */
int add(struct store *store, int item, enum mode mode)
{
    int locA = item + LIMIT;
    int *locB = store->items;
    // twice
    for (int locC = 0; locC < store->size; locC++) {
        if (locB[locC] > locA) {
            return locB[locC];
        }
    }
    return split(locA);
}

static int split(int whole)
{
    if (whole > 4) {
        return whole - 4;
    }
    return whole;
}
