package io.tenantry.brand;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Resolves conditional content for all viewers: of a {@code switch} the first part whose conditions hold. No extension is supported, and the
 * language is English, since the picture is the same for everyone. Features are no longer evaluated (SVG 2).
 */
final class SvgChoice {
    private static final Set<String> CONDITIONS = Set.of("requiredFeatures", "requiredExtensions", "systemLanguage");
    private static final Set<String> GROUPS = Set.of("switch", "a");
    private static final Set<String> OF_LINKS = Set.of("href", "target", "download", "rel", "type");
    private static final String LANGUAGE = "en";

    private SvgChoice() {}

    /** Reduces a switch to the part that is drawn, and removes elements whose conditions do not hold. */
    static void choose(SvgElement element) {
        element.children.removeIf(child -> !isHolding(child));
        element.children.forEach(child -> child.attributes.keySet().removeAll(CONDITIONS));
        if (element.name.equals("switch")) {
            element.children.stream()
                    .filter(child -> !SvgRules.isDefinition(child.name))
                    .skip(1)
                    .toList()
                    .forEach(element.children::remove);
        }
        element.children.forEach(SvgChoice::choose);
    }

    private static boolean isHolding(SvgElement element) {
        var languages = element.attributes.get("systemLanguage");
        return !element.attributes.containsKey("requiredExtensions")
                && (languages == null
                        || Stream.of(languages.toLowerCase(Locale.ROOT).split(",", -1))
                                .map(String::strip)
                                .anyMatch(one -> one.equals(LANGUAGE) || one.startsWith(LANGUAGE + "-")));
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
