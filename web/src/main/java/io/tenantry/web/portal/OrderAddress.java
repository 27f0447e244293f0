package io.tenantry.web.portal;

import io.tenantry.web.layout.QueryParameters;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is chosen on the way to an order, as it stands in the address of the page: so reload, back, and a link that somebody sends show the
 * same. Answers to scripts are not among it: they may be passwords.
 *
 * @param path of the page
 * @param chosen by name; what is not chosen is missing
 */
public record OrderAddress(String path, Map<String, List<String>> chosen) {
    static final String ORGANIZATION = "organization";
    static final String STEP = "step";
    static final String PLAN = "plan";
    static final String REGION = "region";
    static final String IMAGE = "image";
    static final String SCRIPT = "script";
    static final String KEY = "key";
    static final String NAME = "name";

    /** How often it is to be copied. */
    static final String BACKUPS = "backups";

    /** A volume of so many GiB. */
    static final String VOLUME = "volume";

    /** So many further addresses. */
    static final String ADDRESSES = "addresses";

    /** Only those of plans in that group. */
    static final String GROUP = "group";

    /** Only plans with that many processors or more. */
    static final String CPUS = "cpus";

    /** Only plans with that many MiB or more. */
    static final String MEMORY = "memory";

    /** How plans are shown: as a table, or as cards. */
    static final String VIEW = "view";

    private static final List<String> NAMES = List.of(
            ORGANIZATION,
            STEP,
            PLAN,
            REGION,
            IMAGE,
            SCRIPT,
            KEY,
            BACKUPS,
            VOLUME,
            ADDRESSES,
            NAME,
            GROUP,
            CPUS,
            MEMORY,
            VIEW);

    private static final int LENGTH_MAX = 120;
    private static final int SEVERAL_MAX = 50;

    /** A part of an address, for forms that take it along. */
    public record Part(String name, String value) {}

    /** What a request brings along; what is too long to be meant is left out. */
    static OrderAddress of(String path, Map<String, String[]> parameters) {
        var chosen = new LinkedHashMap<String, List<String>>();
        for (var name : NAMES) {
            var values = Arrays.stream(parameters.getOrDefault(name, new String[0]))
                    .map(String::strip)
                    .filter(value -> !value.isEmpty() && value.length() <= LENGTH_MAX)
                    .distinct()
                    .limit(name.equals(KEY) ? SEVERAL_MAX : 1)
                    .toList();
            if (!values.isEmpty()) {
                chosen.put(name, values);
            }
        }
        return new OrderAddress(path, chosen);
    }

    /** What is chosen; empty if nothing is. */
    String one(String name) {
        return all(name).stream().findFirst().orElse("");
    }

    /** All that are chosen. */
    List<String> all(String name) {
        return chosen.getOrDefault(name, List.of());
    }

    Optional<Integer> number(String name) {
        return Optional.of(one(name)).filter(text -> text.matches("\\d{1,7}")).map(Integer::valueOf);
    }

    /** With another choice; blank for none. */
    OrderAddress with(String name, String value) {
        return with(name, value.isBlank() ? List.of() : List.of(value));
    }

    OrderAddress with(String name, List<String> values) {
        var other = new LinkedHashMap<String, List<String>>();
        for (var known : NAMES) {
            var value = known.equals(name) ? values : all(known);
            if (!value.isEmpty()) {
                other.put(known, List.copyOf(value));
            }
        }
        return new OrderAddress(path, other);
    }

    /** All but what is called so: what a form takes along besides its own fields. */
    List<Part> but(List<String> names) {
        return chosen.entrySet().stream()
                .filter(one -> !names.contains(one.getKey()))
                .flatMap(one -> one.getValue().stream().map(value -> new Part(one.getKey(), value)))
                .toList();
    }

    @Override
    public String toString() {
        var query = but(List.of()).stream()
                .map(part -> part.name() + "=" + QueryParameters.part(part.value()))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? path : path + "?" + query;
    }
}
