package io.tenantry.documents.mail;

import java.util.regex.Pattern;

/**
 * Words of people in letters. Mail programs make a link of whatever looks like an address, so that a name such as {@code evil.example/pay} would be
 * one, in a brand's letter. Real names have dots too ("Booking.com B.V."), so nothing is refused: an invisible joiner (U+2060) stands behind each
 * character that holds an address together. It looks the same and does not break the line.
 */
final class Unlinked {
    private static final Pattern WITHIN_AN_ADDRESS =
            Pattern.compile("(?<=[\\p{L}\\p{N}_:/-])([.:/@\\u3002\\uFF0E\\uFF61])(?=\\S)");

    private Unlinked() {}

    /** The text, of which no mail program makes a link. */
    static String text(String words) {
        return WITHIN_AN_ADDRESS.matcher(words).replaceAll("$1\u2060");
    }
}
