package io.tenantry.text;

import jakarta.ejb.ApplicationException;
import java.util.Locale;

/**
 * Thrown if a text contains a character that no text of its kind may contain, or is too long. The message names the character by its code
 * point, never the text itself, which may be secret.
 */
@ApplicationException(rollback = true)
public final class UnacceptableText extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** The reasons for refusing a text. */
    public enum Reason {
        /** NUL, another control character, an unpaired surrogate, or a noncharacter. */
        CONTROL_CHARACTER,
        /** A character that changes the direction of what follows, by which a name could be disguised as another. */
        DIRECTION_CHARACTER,
        /** Too many code points or bytes. */
        TOO_LONG
    }

    private final Reason reason;
    private final int codePoint;
    private final int position;

    private UnacceptableText(Reason reason, int codePoint, int position, String message) {
        super(message);
        this.reason = reason;
        this.codePoint = codePoint;
        this.position = position;
    }

    static UnacceptableText character(Reason reason, int codePoint, int position) {
        return new UnacceptableText(
                reason, codePoint, position, "the character " + name(codePoint) + " at position " + position);
    }

    static UnacceptableText tooLong(int most) {
        return new UnacceptableText(Reason.TOO_LONG, 0, most, "more than " + most + " characters");
    }

    public Reason reason() {
        return reason;
    }

    /** Returns the refused character in the common notation, such as {@code U+0000}. */
    public String character() {
        return name(codePoint);
    }

    /** Returns the position of the refused character, counted in code points from 1; for a text that is too long, the maximum length. */
    public int position() {
        return position;
    }

    private static String name(int codePoint) {
        return String.format(Locale.ROOT, "U+%04X", codePoint);
    }
}
