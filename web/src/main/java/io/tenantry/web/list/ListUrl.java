package io.tenantry.web.list;

import io.tenantry.web.layout.QueryParameters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The address of a page or an export without the list's state.
 *
 * @param path its path
 * @param fixed parameters that belong to it in every state of the list
 * @param mark the fragment of the list's position on its page, if the page has other content; empty at the top
 */
public record ListUrl(String path, Map<String, String> fixed, String mark) {
    public ListUrl {
        fixed = Map.copyOf(fixed);
    }

    /** A parameter. */
    public record Parameter(String name, String value) {}

    /** Returns the address of a page that consists of the list, or of its export. */
    public static ListUrl of(String path) {
        return new ListUrl(path, Map.of(), "");
    }

    /** Returns the fixed parameters, for a form that must submit them. */
    public List<Parameter> getParameters() {
        return fixed.entrySet().stream()
                .map(entry -> new Parameter(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** Returns the action of a form, which submits the parameters itself. */
    public String getAction() {
        return path + anchor();
    }

    /** Returns the same address with another extension, such as that of an export. */
    ListUrl ending(String ending) {
        return new ListUrl(path + ending, fixed, mark);
    }

    /** Returns the whole address with more parameters; empty ones are omitted. */
    String with(Map<String, String> more) {
        var all = new LinkedHashMap<>(fixed);
        all.putAll(more);
        var parts = new ArrayList<String>();
        all.forEach((name, value) -> {
            if (!value.isEmpty()) {
                parts.add(name + "=" + QueryParameters.part(value));
            }
        });
        return path + parts.stream().collect(Collectors.joining("&", parts.isEmpty() ? "" : "?", "")) + anchor();
    }

    private String anchor() {
        return mark.isEmpty() ? "" : "#" + mark;
    }
}
