package io.tenantry.web.list;

import io.tenantry.web.layout.QueryParameters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The address of a page or a file before a list says anything in it.
 *
 * @param path of it
 * @param fixed parameters that belong to it, whatever the list shows
 * @param mark where on its page the list stands, if there is more on it; empty at the top
 */
public record ListUrl(String path, Map<String, String> fixed, String mark) {
    public ListUrl {
        fixed = Map.copyOf(fixed);
    }

    /** A parameter. */
    public record Parameter(String name, String value) {}

    /** A page that is the list, or its file. */
    public static ListUrl of(String path) {
        return new ListUrl(path, Map.of(), "");
    }

    /** Its own parameters, for a form that must send them along. */
    public List<Parameter> getParameters() {
        return fixed.entrySet().stream()
                .map(entry -> new Parameter(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** Where a form goes, which brings the parameters itself. */
    public String getAction() {
        return path + anchor();
    }

    /** The same with another end of the path, such as that of a file. */
    ListUrl ending(String ending) {
        return new ListUrl(path + ending, fixed, mark);
    }

    /** The whole address with more parameters; those that are empty are left out. */
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
