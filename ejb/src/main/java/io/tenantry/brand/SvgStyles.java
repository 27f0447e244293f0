package io.tenantry.brand;

import io.tenantry.brand.ImageUpload.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The style sheets of a drawing, as drawing programs write them: rules for elements, classes and ids without combinators, and style attributes.
 * They are converted to attributes, in the order of precedence of CSS (attribute, rule by specificity, style attribute).
 */
final class SvgStyles {
    private static final int RULES_MAX = 1_000;
    private static final int MATCHES_MAX = 500_000;
    private static final int DECLARATIONS_MAX = 100;
    private static final int DECLARATION_LENGTH_MAX = 2_000;

    /** The maximum number of properties of one element, by all rules together. */
    private static final int PROPERTIES_MAX = 200;

    /** Attributes of a style sheet that limit when it applies, and their values that do not. */
    private static final Map<String, Set<String>> STYLE_ATTRIBUTES =
            Map.of("type", Set.of("", "text/css"), "media", Set.of("", "all"), "title", Set.of(""));

    private static final Pattern AT_RULE = Pattern.compile("@[\\w-]*");
    private static final Pattern RULE = Pattern.compile("([^{}]*+)\\{([^{}]*+)\\}\\s*+");
    private static final Pattern SELECTOR = Pattern.compile(
            "(\\*|[A-Za-z][A-Za-z0-9-]*)?((?:[.#][A-Za-z_\\u0080-\\uffff-][\\w\\u0080-\\uffff-]*){0,8})");
    private static final Pattern PART = Pattern.compile("([.#])([^.#]+)");
    private static final List<String> MARKERS = List.of("marker-start", "marker-mid", "marker-end");
    private static final Set<String> SIZES = Set.of("width", "height");
    private static final int WEIGHT_OF_ID = 10_000;
    private static final int WEIGHT_OF_CLASS = 100;

    private record Rule(
            String element, Set<String> classes, Set<String> ids, int weight, Map<String, String> declared) {
        boolean holds(SvgElement of, Set<String> classesOf) {
            return (element.isEmpty() || element.equals("*") || element.equals(of.name))
                    && classesOf.containsAll(classes)
                    && ids.stream().allMatch(of.attribute("id")::equals);
        }
    }

    private final List<Rule> rules = new ArrayList<>();

    /** Collects the style sheets of a whole drawing: they apply everywhere, even if they are inside an element that is not drawn. */
    SvgStyles(SvgElement root) {
        root.all().filter(element -> element.name.equals("style")).forEach(this::read);
        rules.sort(Comparator.comparingInt(Rule::weight));
    }

    /** Writes the computed attributes of all elements. */
    void compute(SvgElement root) {
        var elements = root.all().toList();
        if ((long) rules.size() * elements.size() > MATCHES_MAX) {
            throw new UnsupportedSvg(Reason.TOO_COMPLEX);
        }
        for (var element : elements) {
            computeOne(element);
        }
    }

    private void computeOne(SvgElement element) {
        element.attributes.forEach((name, value) -> {
            if (!name.equals("style") && !name.equals("class") && !isUnset(name, value)) {
                element.computed.put(name, value);
            }
        });
        var classes = Set.copyOf(List.of(element.attribute("class").split("\\s+", -1)));
        for (var rule : rules) {
            if (rule.holds(element, classes)) {
                element.computed.putAll(rule.declared());
            }
            if (element.computed.size() > PROPERTIES_MAX) {
                throw new UnsupportedSvg(Reason.TOO_COMPLEX);
            }
        }
        var style = declarations(element.attribute("style"), element.parent == null ? SIZES : Set.of());
        element.computed.putAll(style);
        // The size of a drawing is the same whether set by an attribute or a style.
        SIZES.stream().filter(style::containsKey).forEach(side -> element.attributes.put(side, style.get(side)));
    }

    private void read(SvgElement style) {
        requireForEveryone(style);
        var text = withoutComments(style.text.toString())
                .replace("<!--", "")
                .replace("-->", "")
                .strip();
        var atRule = AT_RULE.matcher(text);
        if (atRule.find()) {
            throw new UnsupportedSvg(Reason.STYLE_SHEET, atRule.group());
        }
        if (text.contains("\\")) {
            throw new UnsupportedSvg(Reason.STYLE_SHEET, "\\");
        }
        var at = 0;
        var rule = RULE.matcher(text);
        while (at < text.length()) {
            rule.region(at, text.length());
            if (!rule.lookingAt()) {
                throw new UnsupportedSvg(Reason.STYLE_SHEET, text.substring(at).strip());
            }
            var declared = declarations(rule.group(2), Set.of());
            var selectors = rule.group(1).split(",", RULES_MAX + 2);
            if (rules.size() + selectors.length > RULES_MAX) {
                throw new UnsupportedSvg(Reason.TOO_COMPLEX);
            }
            for (var selector : selectors) {
                rules.add(rule(SvgRules.stripped(selector), declared));
            }
            at = rule.end();
        }
    }

    /** Alternative style sheets have a title; others apply to some media. */
    private static void requireForEveryone(SvgElement style) {
        style.attributes.forEach((name, value) -> {
            var harmless = STYLE_ATTRIBUTES.get(name);
            if (harmless != null && !harmless.contains(value)) {
                throw new UnsupportedSvg(Reason.STYLE_SHEET, name + "=" + value);
            }
        });
    }

    private static Rule rule(String selector, Map<String, String> declared) {
        var matched = SELECTOR.matcher(selector);
        if (selector.isEmpty() || !matched.matches()) {
            throw new UnsupportedSvg(Reason.STYLE_SHEET, selector);
        }
        var element = matched.group(1) == null ? "" : matched.group(1);
        var classes = new ArrayList<String>();
        var ids = new ArrayList<String>();
        for (var part = PART.matcher(matched.group(2)); part.find(); ) {
            (part.group(1).equals(".") ? classes : ids).add(part.group(2));
        }
        var weight = ids.size() * WEIGHT_OF_ID
                + classes.size() * WEIGHT_OF_CLASS
                + (element.isEmpty() || element.equals("*") ? 0 : 1);
        return new Rule(element, Set.copyOf(classes), Set.copyOf(ids), weight, declared);
    }

    /**
     * Returns the declarations of a style attribute or of a rule; a property without a value, as some programs write it, is skipped.
     *
     * @param more names it may declare that are not properties elsewhere
     */
    private static Map<String, String> declarations(String style, Set<String> more) {
        var declared = new LinkedHashMap<String, String>();
        var declarations = withoutComments(style).split(";", DECLARATIONS_MAX + 2);
        if (declarations.length > DECLARATIONS_MAX + 1) {
            throw new UnsupportedSvg(Reason.TOO_COMPLEX);
        }
        for (var declaration : declarations) {
            if (declaration.isBlank()) {
                continue;
            }
            var colon = declaration.indexOf(':');
            var name = SvgRules.stripped(declaration.substring(0, Math.max(0, colon)))
                    .toLowerCase(Locale.ROOT);
            var value = SvgRules.stripped(declaration.substring(colon + 1));
            if (colon <= 0 || value.contains("!") || value.contains("\\")) {
                throw new UnsupportedSvg(Reason.STYLE_SHEET, declaration.strip());
            }
            if (value.isEmpty()) {
                continue;
            }
            if (!SvgRules.isProperty(name) && !more.contains(name)) {
                throw new UnsupportedSvg(Reason.STYLE_SHEET, name);
            }
            if (declaration.length() > DECLARATION_LENGTH_MAX) {
                throw new UnsupportedSvg(Reason.TOO_COMPLEX, name);
            }
            for (var property : name.equals("marker") ? MARKERS : List.of(name)) {
                declared.put(property, value);
            }
        }
        return declared;
    }

    /** Whether a property is unset: so is one without a value, which some programs write. */
    private static boolean isUnset(String name, String value) {
        return SvgRules.isProperty(name) && SvgRules.stripped(value).isEmpty();
    }

    /** Removes comments in one pass, however many there are; an unterminated one stays, and makes the rule invalid. */
    private static String withoutComments(String text) {
        var out = new StringBuilder(text.length());
        var at = 0;
        for (var start = text.indexOf("/*"); start >= 0; start = text.indexOf("/*", at)) {
            var end = text.indexOf("*/", start + 2);
            if (end < 0) {
                break;
            }
            out.append(text, at, start).append(' ');
            at = end + 2;
        }
        return out.append(text, at, text.length()).toString();
    }
}
