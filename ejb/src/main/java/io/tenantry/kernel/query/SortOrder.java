package io.tenantry.kernel.query;

import java.util.Map;

/**
 * What a list can be sorted by.
 *
 * @param expressions SQL by the name that addresses carry
 * @param usual the order when nothing else is asked for
 * @param last makes each order definite
 */
public record SortOrder(Map<String, String> expressions, String usual, String last) {
    public SortOrder {
        expressions = Map.copyOf(expressions);
    }

    /** The order by which that wish is fulfilled; a name that is not known asks for nothing. */
    public String of(ListQuery listQuery) {
        var expression = expressions.get(listQuery.sort());
        return expression == null
                ? usual + ", " + last
                : expression + (listQuery.descending() ? " desc nulls last, " : " nulls last, ") + last;
    }
}
