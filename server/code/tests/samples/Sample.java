// Feature: 027-login
package com.shop;

import java.util.List;
import static org.junit.jupiter.api.Assertions.assertEquals;
import com.shop.store.*;

/** Keeps sessions (FR-001). */
@Entity
@Table(name = "store")
public final class Store<T extends Item> extends Base implements Keeper {
    public static final int LIMIT = 30, LEAST = 1; // FR-002
    private List<T> items;
    @Inject private int a, b;

    static { int local = 1; }

    public Store(List<T> items) {
        this.items = items;
    }

    /**
     * FR-003
     */
    @Override
    public <U> List<T> items(@Nonnull String name) throws IOException {
        int local = 1;
        Runnable run = new Runnable() {
            @Override public void run() { }
        };
        return items;
    }

    enum State implements Keeper { OPEN, CLOSED { int code() { return 1; } }; int code() { return 0; } }

    record Pair(String left, int right) {
        Pair { }
    }

    @interface Mark { String value() default "x"; }
}

interface Keeper {
    int DEPTH = 3;
    void keep();
    default void drop() { }
}

@DisplayName("Sessions (US1)")
class StoreTest {
    @Test
    @DisplayName("keeps a session [FR-004]")
    void keeps() {
        assertEquals(1, 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "b"})
    void each(String name) {
        System.out.println("FR-005: says " + name);
    }

    @Disabled("later")
    @Test
    void later() { }

    @org.testng.annotations.Test(enabled = false)
    public void off() { }

    @Test(expected = IllegalStateException.class)
    public void throwsIt() { }

    void helper() { }

    @Nested
    @Disabled
    class WhenClosed {
        // FR-006
        @RepeatedTest(3) void refuses() { verify(store).close(); }
    }
}

class OldTest extends TestCase {
    public void testOld() { fail(); }
    public void testing() { }
}
