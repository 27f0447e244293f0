package io.tenantry.brand;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An element of a drawing: its attributes as in the file, and as computed by its style sheets. */
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

    /** Returns an attribute of the file, or an empty text. */
    String attribute(String key) {
        return attributes.getOrDefault(key, "");
    }

    /** Returns the element and all its descendants, in document order. */
    Stream<SvgElement> all() {
        return Stream.concat(Stream.of(this), children.stream().flatMap(SvgElement::all));
    }

    /** Returns the outermost element. */
    SvgElement root() {
        var element = this;
        while (element.parent != null) {
            element = element.parent;
        }
        return element;
    }

    /** Returns the value of an inherited property. */
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
