package io.tenantry.web.http;

import org.jspecify.annotations.Nullable;

/** The percent sequences and characters of a form or of an address. */
final class PercentText implements BodyText {
    private static final int DIGITS = 2;
    private static final int HEX = 16;
    private static final int BYTE = 0xff;

    private final @Nullable Utf8Check characters;
    private int digitsMissing;
    private int value;

    /**
     * Creates the state at the beginning.
     *
     * @param isUtf8 whether its characters are UTF-8; a client may declare another encoding of a form
     */
    PercentText(boolean isUtf8) {
        this.characters = isUtf8 ? new Utf8Check() : null;
    }

    @Override
    public boolean accepts(byte next) {
        if (digitsMissing > 0) {
            var digit = Character.digit((char) (next & BYTE), HEX);
            value = value * HEX + digit;
            digitsMissing--;
            return digit >= 0 && (digitsMissing > 0 || isCharacter(value));
        }
        if (next == '%') {
            digitsMissing = DIGITS;
            value = 0;
            return true;
        }
        return isCharacter(next & BYTE);
    }

    private boolean isCharacter(int octet) {
        return characters == null || characters.accepts(octet);
    }

    @Override
    public boolean isComplete() {
        return digitsMissing == 0 && (characters == null || characters.isComplete());
    }
}
