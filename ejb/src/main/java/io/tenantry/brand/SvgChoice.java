package io.tenantry.brand;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is drawn of a drawing for everybody: of a {@code switch} the first part whose conditions hold. No extension is known, and of languages
 * English, since the picture is the same for everybody. Features are not asked about any more (SVG 2).
 */
final class SvgChoice {
    private static final Set<String> CONDITIONS = Set.of("requiredFeatures", "requiredExtensions", "systemLanguage");
    private static final Set<String> GROUPS = Set.of("switch", "a");
    private static final Set<String> OF_LINKS = Set.of("href", "target", "download", "rel", "type");
    private static final String LANGUAGE = "en";

    private SvgChoice() {}

    /** Leaves of a switch what is drawn of it, and leaves out what has conditions that do not hold. */
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

    /** Makes groups of what is nothing else when nobody can choose or follow a link, once style sheets have found it by its name. */
    static void rename(SvgElement element) {
        if (GROUPS.contains(element.name)) {
            element.name = "g";
            element.computed.keySet().removeAll(OF_LINKS);
        }
        element.children.forEach(SvgChoice::rename);
    }
}
