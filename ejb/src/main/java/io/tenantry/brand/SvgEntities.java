package io.tenantry.brand;

import io.tenantry.brand.ImageUpload.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The document type of a drawing, which the XML parser does not see, and its entities that stand for plain text. Each function passes over the
 * text once.
 */
final class SvgEntities {
    private static final int ENTITIES_MAX = 100;
    private static final int ENTITY_LENGTH_MAX = 2_000;
    private static final Pattern ENTITY =
            Pattern.compile("\\s*<!ENTITY\\s+([A-Za-z_][\\w.-]*)\\s+(\"[^\"<&%]*\"|'[^'<&%]*')\\s*>");

    private static final Pattern REFERENCE = Pattern.compile("&([A-Za-z_][\\w.-]{0,200});");

    private static final Set<String> PREDEFINED = Set.of("amp", "lt", "gt", "quot", "apos");

    private SvgEntities() {}

    /** Returns the text without its declaration and document type, and with their entities replaced. */
    static String withoutDocumentType(String text) {
        var at = 0;
        while (true) {
            at = afterSpace(text, at);
            if (text.startsWith("<!--", at)) {
                at = after(text, "-->", at);
            } else if (text.startsWith("<?xml-stylesheet", at)) {
                throw new UnsupportedSvg(Reason.STYLE_SHEET, "<?xml-stylesheet?>");
            } else if (text.startsWith("<?", at)) {
                at = after(text, "?>", at);
            } else if (text.startsWith("<!DOCTYPE", at)) {
                var entities = new HashMap<String, String>();
                at = documentType(text, at, entities);
                return replaced(text.substring(at), entities);
            } else {
                return text.substring(at);
            }
        }
    }

    private static int afterSpace(String text, int from) {
        var at = from;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static int after(String text, String end, int from) {
        var at = text.indexOf(end, from);
        if (at < 0) {
            throw new UnsupportedSvg(Reason.NOT_AN_IMAGE);
        }
        return at + end.length();
    }

    private static int documentType(String text, int from, Map<String, String> entities) {
        var bracket = text.indexOf('[', from);
        var end = after(text, ">", from);
        if (bracket < 0 || bracket > end) {
            return end;
        }
        var at = bracket + 1;
        while (true) {
            at = afterSpace(text, at);
            if (text.startsWith("]", at)) {
                return after(text, ">", at);
            }
            if (text.startsWith("<!--", at)) {
                at = after(text, "-->", at);
                continue;
            }
            var entity = ENTITY.matcher(text).region(at, text.length());
            if (!entity.lookingAt()
                    || entity.group(2).length() > ENTITY_LENGTH_MAX
                    || PREDEFINED.contains(entity.group(1))
                    || entities.size() == ENTITIES_MAX) {
                throw new UnsupportedSvg(Reason.ENTITIES);
            }
            var quoted = entity.group(2);
            entities.putIfAbsent(entity.group(1), quoted.substring(1, quoted.length() - 1));
            at = entity.end();
        }
    }

    /** Replaced once; the replacements contain neither a bracket nor an ampersand, and quotation marks are escaped. */
    private static String replaced(String text, Map<String, String> entities) {
        var out = new StringBuilder(text.length());
        var at = 0;
        for (var use : references(text)) {
            var value = entities.get(use.group(1));
            if (value != null) {
                out.append(text, at, use.start())
                        .append(value.replace("\"", "&quot;").replace("'", "&apos;"));
                at = use.end();
            }
            if (out.length() > SvgReader.CHARS_MAX) {
                throw new UnsupportedSvg(Reason.ENTITIES);
            }
        }
        return out.append(text, at, text.length()).toString();
    }

    /** Returns the references to entities; within comments and character data there are none. */
    private static List<MatchResult> references(String text) {
        var found = new ArrayList<MatchResult>();
        var reference = REFERENCE.matcher(text);
        var bracket = indexOf(text, "<!", 0);
        for (var at = indexOf(text, "&", 0); at < text.length(); ) {
            if (bracket < at) {
                var end = afterHidden(text, bracket);
                bracket = indexOf(text, "<!", end);
                at = end > at ? indexOf(text, "&", end) : at;
            } else {
                if (reference.region(at, text.length()).lookingAt()) {
                    found.add(reference.toMatchResult());
                }
                at = indexOf(text, "&", at + 1);
            }
        }
        return found;
    }

    private static int afterHidden(String text, int bracket) {
        if (text.startsWith("<!--", bracket)) {
            return indexOf(text, "-->", bracket);
        }
        return text.startsWith("<![CDATA[", bracket) ? indexOf(text, "]]>", bracket) : bracket + 1;
    }

    private static int indexOf(String text, String part, int from) {
        var at = text.indexOf(part, from);
        return at < 0 ? text.length() : at;
    }

    /** Whether a text refers to an entity that it does not declare; the parser reports one in an attribute as a fault of the file. */
    static boolean isReferring(String text) {
        return references(text).stream().anyMatch(use -> !PREDEFINED.contains(use.group(1)));
    }
}
