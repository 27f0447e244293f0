package io.tenantry.web.layout;

/**
 * Which part of a list a page shows.
 *
 * @param number counted from 1
 * @param size rows a page
 * @param total rows in all
 */
public record Paging(int number, int size, int total) {
    /** The part nearest to what was asked for. */
    public static Paging of(int wanted, int size, int total) {
        var last = Math.max(1, (total + size - 1) / size);
        return new Paging(Math.min(Math.max(1, wanted), last), size, total);
    }

    /** How many rows come before. */
    public int first() {
        return (number - 1) * size;
    }

    /** The number of the first row shown. */
    public int getFrom() {
        return total == 0 ? 0 : first() + 1;
    }

    /** The number of the last row shown. */
    public int getTo() {
        return Math.min(total, first() + size);
    }

    public boolean isBefore() {
        return number > 1;
    }

    public boolean isAfter() {
        return getTo() < total;
    }

    /** Whether there is more than one part. */
    public boolean isNeeded() {
        return total > size;
    }
}
