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
    /**
     * Returns an expression that sorts amounts by their currency, then by the amount: those of different currencies cannot be compared. Without
     * an amount it is null.
     */
    public static String ofMoney(String currency, String amount) {
        return "case when " + amount + " is not null then (" + currency + ", " + amount + ") end";
    }

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
