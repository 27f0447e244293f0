package io.tenantry.brand;

import io.tenantry.brand.ImageUpload.Reason;
import java.util.List;
import java.util.Set;

/**
 * Resolves conditional content. A condition on the viewer's language or features is refused, since a picture is the same for everyone. The only
 * exception is the one of Illustrator, whose effect is the same in every browser: of a {@code switch} the part that only the named program
 * draws, which is removed. Of the others the first is drawn.
 */
final class SvgChoice {
    private static final List<String> CONDITIONS = List.of("systemLanguage", "requiredFeatures", "requiredExtensions");
    private static final String EXTENSIONS = "requiredExtensions";

    /** Extensions that some browsers support. */
    private static final Set<String> OF_BROWSERS =
            Set.of("http://www.w3.org/1999/xhtml", "http://www.w3.org/1998/Math/MathML");

    private static final Set<String> GROUPS = Set.of("switch", "a");
    private static final Set<String> OF_LINKS = Set.of("href", "target", "download", "rel", "type");

    private SvgChoice() {}

    /** Whether an element has a condition. */
    static boolean isConditional(SvgElement element) {
        return CONDITIONS.stream().anyMatch(element.attributes::containsKey);
    }

    /**
     * Requires an element to be drawn by all viewers or by none.
     *
     * @throws UnsupportedSvg if that depends on the viewer
     */
    static void requireUnconditional(SvgElement element) {
        for (var name : CONDITIONS) {
            var value = element.attributes.get(name);
            if (value != null && !(name.equals(EXTENSIONS) && isOfProgram(element, value))) {
                throw new UnsupportedSvg(Reason.CONDITION, name + "=" + value);
            }
        }
    }

    private static boolean isOfProgram(SvgElement element, String extensions) {
        return element.name.equals("foreignObject")
                && element.parent != null
                && element.parent.name.equals("switch")
                && !extensions.isBlank()
                && List.of(extensions.strip().split("\\s+", -1)).stream().noneMatch(OF_BROWSERS::contains);
    }

    /** Reduces a switch to the part that is drawn. */
    static void choose(SvgElement element) {
        element.children.removeIf(child -> child.attributes.containsKey(EXTENSIONS));
        if (element.name.equals("switch")) {
            element.children.stream()
                    .filter(child -> !SvgRules.isDefinition(child.name))
                    .skip(1)
                    .toList()
                    .forEach(element.children::remove);
        }
        element.children.forEach(SvgChoice::choose);
    }

    /** Converts switches and links to groups, because nothing is left to choose or follow, after style sheets have matched them by name. */
    static void rename(SvgElement element) {
        if (GROUPS.contains(element.name)) {
            element.name = "g";
            element.computed.keySet().removeAll(OF_LINKS);
        }
        element.children.forEach(SvgChoice::rename);
    }
}
