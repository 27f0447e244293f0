package io.tenantry.brand;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An element of a drawing: its attributes as the file has them, and as its style sheets leave them. */
final class SvgElement {
    String name;
    final @Nullable SvgElement parent;
    final Map<String, String> attributes = new LinkedHashMap<>();
    final Map<String, String> computed = new LinkedHashMap<>();
    final List<SvgElement> children = new ArrayList<>();
    final StringBuilder text = new StringBuilder();

    SvgElement(String name, @Nullable SvgElement parent) {
        this.name = name;
        this.parent = parent;
    }

    /** An attribute of the file, or an empty text. */
    String attribute(String key) {
        return attributes.getOrDefault(key, "");
    }

    /** Itself and all in it, in the order of the file. */
    Stream<SvgElement> all() {
        return Stream.concat(Stream.of(this), children.stream().flatMap(SvgElement::all));
    }

    /** The outermost element around it. */
    SvgElement root() {
        var element = this;
        while (element.parent != null) {
            element = element.parent;
        }
        return element;
    }

    /** What a property is here that is inherited from around it. */
    String inherited(String property, String initial) {
        for (var element = this; element != null; element = element.parent) {
            var value = SvgRules.plain(property, element.computed.getOrDefault(property, "inherit"));
            if (!value.equals("inherit")) {
                return value;
            }
        }
        return initial;
    }
}
