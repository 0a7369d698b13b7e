package shelf;

import java.util.List;

/** Keeps items. */
public class Sample {
    private static final int LIMIT = 30;
    private List<Integer> items;

    enum Level { LOW, HIGH }

    /** Adds one. */
    public int add(int item, Level level) throws Full {
        int locA = item + LIMIT;
        // twice
        for (int locB : items) {
            if (locB > locA) {
                return locB;
            }
        }
        try {
            items.add(split(locA));
        } catch (Full locC) {
            throw new Full(locC);
        }
        return items.stream().map(locD -> locD + 1).count();
    }

    static int split(int whole) {
        if (whole > 4) {
            return whole - 4;
        }
        return whole;
    }
}
