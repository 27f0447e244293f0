package io.tenantry.kernel.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Conditions of a query that all hold, each with its parameters. The texts are ours; what came from outside is a parameter. */
public final class SqlConditions {
    private final List<String> texts = new ArrayList<>();
    private final List<@Nullable Object> parameters = new ArrayList<>();

    /** Adds one. */
    public SqlConditions and(String text, Object... values) {
        texts.add(text);
        parameters.addAll(List.of(values));
        return this;
    }

    /** Adds one if there is a value for it; the value is its parameter as often as the text asks for one. */
    public <T> SqlConditions and(Optional<T> value, String text) {
        if (value.isPresent()) {
            texts.add(text);
            text.chars().filter(sign -> sign == '?').forEach(sign -> parameters.add(value.get()));
        }
        return this;
    }

    /** The where clause; empty if there is no condition. */
    public String sql() {
        return texts.isEmpty() ? "" : texts.stream().collect(Collectors.joining(") and (", " where (", ")"));
    }

    /** Their parameters, and those that follow. */
    public @Nullable Object[] parameters(@Nullable Object... following) {
        var all = new ArrayList<@Nullable Object>(parameters);
        for (var one : following) {
            all.add(one);
        }
        return all.toArray();
    }
}
