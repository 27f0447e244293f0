package io.tenantry.documents.mail;

import java.util.regex.Pattern;

/**
 * Prevents links in text typed by people. Email clients turn anything that looks like an address into a link, so a name such as
 * {@code evil.example/pay} would become one, in a brand's email. Real names contain dots too ("Booking.com B.V."), so nothing is rejected: an
 * invisible joiner (U+2060) is inserted after each character that connects the parts of an address. The text looks the same and does not break
 * at these places.
 */
final class LinkPrevention {
    private static final Pattern WITHIN_AN_ADDRESS =
            Pattern.compile("(?<=[\\p{L}\\p{N}_:/-])([.:/@\\u3002\\uFF0E\\uFF61])(?=\\S)");

    private LinkPrevention() {}

    /** Returns the text in a form that email clients do not turn into a link. */
    static String text(String words) {
        return WITHIN_AN_ADDRESS.matcher(words).replaceAll("$1\u2060");
    }
}
