package io.tenantry.kernel.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Conditions of a query, combined with AND, each with its parameters. The SQL texts are constants; values from outside are parameters. */
public final class SqlConditions {
    private final List<String> texts = new ArrayList<>();
    private final List<@Nullable Object> parameters = new ArrayList<>();

    /** Adds a condition. */
    public SqlConditions and(String text, Object... values) {
        texts.add(text);
        parameters.addAll(List.of(values));
        return this;
    }

    /** Adds a condition if there is a value for it; the value is passed for each of the text's placeholders. */
    public <T> SqlConditions and(Optional<T> value, String text) {
        if (value.isPresent()) {
            texts.add(text);
            text.chars().filter(sign -> sign == '?').forEach(sign -> parameters.add(value.get()));
        }
        return this;
    }

    /** Returns the where clause; empty if there is no condition. */
    public String sql() {
        return texts.isEmpty() ? "" : texts.stream().collect(Collectors.joining(") and (", " where (", ")"));
    }

    /** Returns the parameters of the conditions, followed by the given ones. */
    public @Nullable Object[] parameters(@Nullable Object... following) {
        var all = new ArrayList<@Nullable Object>(parameters);
        for (var one : following) {
            all.add(one);
        }
        return all.toArray();
    }
}
