package io.tenantry.web.list;

/**
 * A column of a list.
 *
 * @param key its name in addresses, in the cookie of columns, and of what rows are sorted by
 * @param label the key of its heading
 * @param sortable whether rows can be sorted by it
 * @param end whether it holds figures, which stand at the right
 * @param fixed whether it is always shown
 */
public record Column(String key, String label, boolean sortable, boolean end, boolean fixed) {
    /** A column of texts that can be sorted by. */
    public static Column of(String key, String label) {
        return new Column(key, label, true, false, false);
    }

    /** The same, holding figures. */
    public Column ofFigures() {
        return new Column(key, label, sortable, true, fixed);
    }

    /** The same, always shown. */
    public Column always() {
        return new Column(key, label, sortable, end, true);
    }

    /** The same, not to be sorted by. */
    public Column unsorted() {
        return new Column(key, label, false, end, fixed);
    }
}
