package io.tenantry.web.layout;

/**
 * The page of a list.
 *
 * @param number counted from 1
 * @param size rows per page
 * @param total rows in total
 */
public record Paging(int number, int size, int total) {
    /** Returns the page nearest to the requested one. */
    public static Paging of(int wanted, int size, int total) {
        var last = Math.max(1, (total + size - 1) / size);
        return new Paging(Math.min(Math.max(1, wanted), last), size, total);
    }

    /** Returns the number of rows before the page. */
    public int first() {
        return (number - 1) * size;
    }

    /** Returns the number of the first row shown. */
    public int getFrom() {
        return total == 0 ? 0 : first() + 1;
    }

    /** Returns the number of the last row shown. */
    public int getTo() {
        return Math.min(total, first() + size);
    }

    public boolean isBefore() {
        return number > 1;
    }

    public boolean isAfter() {
        return getTo() < total;
    }

    /** Whether there is more than one page. */
    public boolean isNeeded() {
        return total > size;
    }
}
