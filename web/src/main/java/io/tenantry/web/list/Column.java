package io.tenantry.web.list;

/**
 * A column of a list.
 *
 * @param key its name in addresses, in the cookie of columns, and for sorting
 * @param label the message key of its header
 * @param sortable whether rows can be sorted by it
 * @param end whether it contains figures, which are right-aligned
 * @param fixed whether it is always shown
 */
public record Column(String key, String label, boolean sortable, boolean end, boolean fixed) {
    /** Creates a sortable text column. */
    public static Column of(String key, String label) {
        return new Column(key, label, true, false, false);
    }

    /** Returns the same column, containing figures. */
    public Column ofFigures() {
        return new Column(key, label, sortable, true, fixed);
    }

    /** Returns the same column, always shown. */
    public Column always() {
        return new Column(key, label, sortable, end, true);
    }

    /** Returns the same column, not sortable. */
    public Column unsorted() {
        return new Column(key, label, false, end, fixed);
    }
}
