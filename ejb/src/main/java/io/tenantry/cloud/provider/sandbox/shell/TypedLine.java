package io.tenantry.cloud.provider.sandbox.shell;

/** A line being edited, with its cursor; positions count UTF-16 units and never split a surrogate pair. */
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

    /** Replaces the text, with the cursor at its end. */
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

    /** Deletes the text between two positions, and moves the cursor there. */
    void delete(int from, int to) {
        text.delete(from, to);
        cursor = from;
    }

    /** Returns the position one character to the left of the cursor. */
    int left() {
        return cursor == 0 ? 0 : text.offsetByCodePoints(cursor, -1);
    }

    /** Returns the position one character to the right of the cursor. */
    int right() {
        return cursor == text.length() ? cursor : text.offsetByCodePoints(cursor, 1);
    }

    /** Returns the start of the word before the cursor. */
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
