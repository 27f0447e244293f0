package io.tenantry.billing.bank.statement;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Maps roles to columns of a table; columns are counted from 0, and unmapped columns are not used. */
public record ColumnMapping(Map<ColumnRole, List<Integer>> columns) {
    /** An empty mapping. */
    public static final ColumnMapping NONE = new ColumnMapping(Map.of());

    public ColumnMapping {
        var copy = new EnumMap<ColumnRole, List<Integer>>(ColumnRole.class);
        columns.forEach((role, places) -> {
            if (!places.isEmpty()) {
                copy.put(role, List.copyOf(places));
            }
        });
        columns = Map.copyOf(copy);
    }

    /** Returns all columns of a role, in the order in which they are joined. */
    public List<Integer> all(ColumnRole role) {
        return columns.getOrDefault(role, List.of());
    }

    /** Returns the column of a role, the first if there are several. */
    public OptionalInt first(ColumnRole role) {
        var all = all(role);
        return all.isEmpty() ? OptionalInt.empty() : OptionalInt.of(all.get(0));
    }

    public boolean has(ColumnRole role) {
        return columns.containsKey(role);
    }

    /** Whether it has the mandatory columns: a date, and an amount or a credit or debit column. */
    public boolean isComplete() {
        return has(ColumnRole.DATE) && (has(ColumnRole.AMOUNT) || has(ColumnRole.CREDIT) || has(ColumnRole.DEBIT));
    }
}
