package io.tenantry.documents;

import java.util.stream.Collectors;

/** The elements of a printed page, with their text escaped. */
final class HtmlElements {
    private HtmlElements() {}

    static String row(String kind, String... cells) {
        return element("tr", kind, String.join("", cells));
    }

    static String cell(String kind, String content) {
        return element("td", kind, content);
    }

    static String bold(String text) {
        return element("b", "", escaped(text));
    }

    static String small(String text) {
        return text.isEmpty() ? "" : element("small", "", escaped(text));
    }

    static String element(String name, String kind, String content) {
        var attribute = kind.isEmpty() ? "" : " class=\"" + kind + "\"";
        return "<" + name + attribute + ">" + content + "</" + name + ">";
    }

    /** Returns text escaped for XML, without characters that are invalid in XML. */
    static String escaped(String text) {
        var escaped = new StringBuilder();
        text.codePoints().forEach(character -> {
            switch (character) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.appendCodePoint(isReadable(character) ? character : ' ');
            }
        });
        return escaped.toString();
    }

    private static boolean isReadable(int character) {
        return character >= ' '
                && character != 0xFFFE
                && character != 0xFFFF
                && (character < 0xD800 || character > 0xDFFF);
    }

    /** Returns the alignment. Names in cells stay on the usual side, but a text of several lines is aligned according to its own direction. */
    static String side(String text) {
        return BidiText.isFromRight(text) ? " from-right" : "";
    }

    static String broken(String text) {
        return text.lines().map(HtmlElements::escaped).collect(Collectors.joining("<br/>"));
    }
}
