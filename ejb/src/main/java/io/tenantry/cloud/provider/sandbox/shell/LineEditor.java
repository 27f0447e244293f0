package io.tenantry.cloud.provider.sandbox.shell;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Reads lines with editing: insertion at the cursor, arrow keys, home and end, a history, and Ctrl with A, C, D, E, K, L, U and W. A line stays
 * on one row; of one that is wider than the window, the part around the cursor is shown.
 */
final class LineEditor {
    private static final int CTRL_A = 1;
    private static final int CTRL_C = 3;
    private static final int CTRL_D = 4;
    private static final int CTRL_E = 5;
    private static final int CTRL_H = 8;
    private static final int CTRL_K = 11;
    private static final int CTRL_L = 12;
    private static final int CTRL_U = 21;
    private static final int CTRL_W = 23;
    private static final int ESCAPE = 27;
    private static final int BACKSPACE = 127;
    private static final int ESCAPE_LENGTH_MAX = 16;
    private static final String BELL = "\u0007";

    private final InputBuffer inputBuffer;
    private final TerminalOutput terminalOutput;
    private final TypedLine line = new TypedLine();
    private int back;
    private String newest = "";
    private boolean afterReturn;
    private int unread = InputBuffer.NOTHING;

    LineEditor(InputBuffer inputBuffer, TerminalOutput terminalOutput) {
        this.inputBuffer = inputBuffer;
        this.terminalOutput = terminalOutput;
    }

    /**
     * Reads a line.
     *
     * @return the line, which may be empty; nothing at the end of input
     */
    Optional<String> read(String prompt, List<String> history) {
        line.become("");
        back = 0;
        draw(prompt);
        while (true) {
            var key = next();
            var isSecondOfPair = key == '\n' && afterReturn;
            afterReturn = key == '\r';
            if (isSecondOfPair) {
                continue;
            }
            if (key == '\r' || key == '\n') {
                draw(prompt);
                terminalOutput.show("\n");
                return Optional.of(line.text());
            }
            if (key == CTRL_C) {
                terminalOutput.show("^C\n");
                return Optional.of("");
            }
            if (key == InputBuffer.END || (key == CTRL_D && line.length() == 0)) {
                terminalOutput.show("\n");
                return Optional.empty();
            }
            take(key, history);
            if (inputBuffer.isEmpty()) {
                draw(prompt);
            }
        }
    }

    private void take(int key, List<String> history) {
        switch (key) {
            case CTRL_A -> line.moveTo(0);
            case CTRL_E -> line.moveTo(line.length());
            case CTRL_D -> line.delete(line.cursor(), line.right());
            case CTRL_K -> line.delete(line.cursor(), line.length());
            case CTRL_U -> line.delete(0, line.cursor());
            case CTRL_W -> line.delete(line.wordLeft(), line.cursor());
            case CTRL_H, BACKSPACE -> line.delete(line.left(), line.cursor());
            case CTRL_L -> terminalOutput.show(TerminalOutput.CLEAR);
            case ESCAPE -> takeEscape(history);
            default -> takeLetter(key);
        }
    }

    /** Reads the sequence of an arrow or similar key: an escape, a bracket or an O, optional digits, and a letter or a tilde. */
    private void takeEscape(List<String> history) {
        var kind = next();
        if (kind != '[' && kind != 'O') {
            unreadIfControl(kind);
            return;
        }
        var digits = new StringBuilder();
        for (var i = 0; i < ESCAPE_LENGTH_MAX; i++) {
            var one = next();
            if (one < ' ') {
                unreadIfControl(one);
                return;
            }
            if (one >= '@' && one <= '~') {
                act(one == '~' ? digits.toString() : String.valueOf((char) one), history);
                return;
            }
            digits.append((char) one);
        }
    }

    private void act(String key, List<String> history) {
        switch (key) {
            case "A" -> goBack(1, history);
            case "B" -> goBack(-1, history);
            case "C" -> line.moveTo(line.right());
            case "D" -> line.moveTo(line.left());
            case "H", "1", "7" -> line.moveTo(0);
            case "F", "4", "8" -> line.moveTo(line.length());
            case "3" -> line.delete(line.cursor(), line.right());
            default -> terminalOutput.show(BELL);
        }
    }

    private void goBack(int steps, List<String> history) {
        var there = back + steps;
        if (there < 0 || there > history.size()) {
            terminalOutput.show(BELL);
            return;
        }
        if (back == 0) {
            newest = line.text();
        }
        back = there;
        line.become(back == 0 ? newest : history.get(history.size() - back));
    }

    private void takeLetter(int first) {
        var letter = first < 0x80 ? String.valueOf((char) first) : fromUtf8(first);
        if (letter.isEmpty() || Character.isISOControl(letter.codePointAt(0))) {
            return;
        }
        if (line.length() >= Interpreter.LINE_MAX) {
            terminalOutput.show(BELL);
            return;
        }
        line.insert(letter);
    }

    /** Returns a multi-byte character, or nothing if the bytes are invalid. */
    private String fromUtf8(int first) {
        var more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : first >= 0xc0 ? 1 : 0;
        var bytes = new byte[more + 1];
        bytes[0] = (byte) first;
        for (var i = 1; i <= more; i++) {
            var next = next();
            if (next < 0x80 || next >= 0xc0) {
                unread = next;
                return "";
            }
            bytes[i] = (byte) next;
        }
        var letter = new String(bytes, StandardCharsets.UTF_8);
        return letter.indexOf('\ufffd') >= 0 ? "" : letter;
    }

    private int next() {
        var next = unread == InputBuffer.NOTHING ? inputBuffer.next() : unread;
        unread = InputBuffer.NOTHING;
        return next;
    }

    /** Control keys within an incomplete character: Ctrl-C, Enter and the end are never taken for its continuation. */
    private void unreadIfControl(int key) {
        if (key < ' ') {
            unread = key;
        }
    }

    private void draw(String prompt) {
        var columns = terminalOutput.columns();
        var shown = prompt.length() + 2 < columns ? prompt : "# ";
        var room = Math.max(1, columns - shown.length() - 1);
        var from = Math.max(0, line.cursor() - room);
        var to = Math.min(line.length(), from + room);
        var left = line.length() == line.cursor() ? 0 : to - line.cursor();
        terminalOutput.show(
                "\r" + shown + line.text().substring(from, to) + "\u001b[K" + (left > 0 ? "\u001b[" + left + "D" : ""));
    }
}
