package io.tenantry.cloud.provider.sandbox.shell;

/** A line while it is being typed, with the cursor in it; both count UTF-16 units and never stand within a pair of them. */
final class TypedLine {
    private final StringBuilder text = new StringBuilder();
    private int cursor;

    String text() {
        return text.toString();
    }

    int cursor() {
        return cursor;
    }

    int length() {
        return text.length();
    }

    /** Another text, with the cursor behind it. */
    void become(String other) {
        text.setLength(0);
        text.append(other);
        cursor = other.length();
    }

    void insert(String some) {
        text.insert(cursor, some);
        cursor += some.length();
    }

    void moveTo(int place) {
        cursor = place;
    }

    /** Without what is between two places; the cursor stands where it was. */
    void delete(int from, int to) {
        text.delete(from, to);
        cursor = from;
    }

    /** One letter to the left of the cursor. */
    int left() {
        return cursor == 0 ? 0 : text.offsetByCodePoints(cursor, -1);
    }

    /** One letter to the right of the cursor. */
    int right() {
        return cursor == text.length() ? cursor : text.offsetByCodePoints(cursor, 1);
    }

    /** Where the word before the cursor begins. */
    int wordLeft() {
        var place = cursor;
        while (place > 0 && text.charAt(place - 1) == ' ') {
            place--;
        }
        while (place > 0 && text.charAt(place - 1) != ' ') {
            place--;
        }
        return place;
    }
}
