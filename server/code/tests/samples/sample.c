/* Sessions.
 * Feature: 027-login
 */
#include <stdio.h>
#include "login/store.h"

#define LIMIT 30
#define MAX(a, b) \
  ((a) > (b) ? (a) : (b))

/** Keeps sessions. FR-001 */
typedef struct store {
  char *name; /**< FR-002 */
  unsigned flags : 2, kept;
  union {
    int small;
    long large;
  } size;
  int (*compare)(const void *, const void *);
} store_t, *store_ptr;

typedef enum { MODE_A, MODE_B = 2 } mode;
typedef void (*handler)(int code);
struct forward;
enum { ANONYMOUS = 1 };

extern int shared;
static const char *names[] = { "FR-003: keeps", "b" };
int count = 0, *cursor;
struct { int x; } point;

int store_open(struct store *s, const char *path);
static int WINAPI store_put(store_t *s, handler on_error) MY_NONNULL(1);
API_EXPORT store_t *store_new(void);
SOME_REGISTRATION(store_open)

#ifdef WIDE
int store_size(store_t *s, long limit)
{
#else
int store_size(store_t *s)
{
#endif
  /* US1 */
  int local = 1;
  list_for_each_entry(s, local, next) {
    if (local) local++;
  }
  return local;
}

// FR-004: frees all
static inline void store_free(store_t *s) { free(s); }

void test_runs_later(void);

/* 027-login/FR-005 */
void test_opens(void)
{
  TEST_ASSERT_EQUAL(0, store_open(NULL, "a"));
}

static void test_opens_twice(void **state) { assert_int_equal(store_open(*state, "a"), 1); }

static int test_bit(int nr, const unsigned long *addr) { return addr[0] >> nr & 1; }
