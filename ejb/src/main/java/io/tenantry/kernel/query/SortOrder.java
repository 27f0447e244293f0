package io.tenantry.kernel.query;

import java.util.Map;

/**
 * The sort keys of a list.
 *
 * @param expressions SQL by the name used in URLs
 * @param defaultExpression the default order
 * @param last makes each order unambiguous
 */
public record SortOrder(Map<String, String> expressions, String defaultExpression, String last) {
    public SortOrder {
        expressions = Map.copyOf(expressions);
    }

    /** Returns the SQL order for the query; an unknown name selects the default. */
    public String of(ListQuery listQuery) {
        var expression = expressions.get(listQuery.sort());
        return expression == null
                ? defaultExpression + ", " + last
                : expression + (listQuery.descending() ? " desc nulls last, " : " nulls last, ") + last;
    }
}
