package io.tenantry.web.portal;

import io.tenantry.web.layout.QueryParameters;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The choices of an order, as the address of the page contains them: so reload, back, and a shared link show the same. Answers to scripts are
 * not included: they may be passwords.
 *
 * @param path the path of the page
 * @param chosen the choices by name; without those not made
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

    /** The backup frequency. */
    static final String BACKUPS = "backups";

    /** The size of a volume in GiB. */
    static final String VOLUME = "volume";

    /** The number of additional addresses. */
    static final String ADDRESSES = "addresses";

    /** The filter for plans of a group. */
    static final String GROUP = "group";

    /** The filter for plans with at least that many processors. */
    static final String CPUS = "cpus";

    /** The filter for plans with at least that many MiB of memory. */
    static final String MEMORY = "memory";

    /** The view of plans: as a table, or as cards. */
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

    /** A part of an address, for forms that must submit it. */
    public record Part(String name, String value) {}

    /** Returns the address of a request; values that are too long are ignored. */
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

    /** Returns a chosen value; empty if there is none. */
    String one(String name) {
        return all(name).stream().findFirst().orElse("");
    }

    /** Returns all chosen values of a name. */
    List<String> all(String name) {
        return chosen.getOrDefault(name, List.of());
    }

    Optional<Integer> number(String name) {
        return Optional.of(one(name)).filter(text -> text.matches("\\d{1,7}")).map(Integer::valueOf);
    }

    /** Returns the address with another choice; blank removes it. */
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

    /** Returns all parts except the named ones: those that a form submits in addition to its own fields. */
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
