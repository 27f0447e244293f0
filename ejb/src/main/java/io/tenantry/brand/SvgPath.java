package io.tenantry.brand;

import java.util.Locale;
import java.util.regex.Pattern;

/** Outlines and lists of points, read only to know that they are well-formed: programs draw the beginning of a broken one, each as far as it likes. Pure. */
final class SvgPath {
    private static final int LENGTH_MAX = 200_000;
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(?:[0-9]{1,7}\\.?[0-9]{0,20}|\\.[0-9]{1,20})(?:[eE](?:\\+?[0-4]|-[0-9]{1,2}))?");
    private static final String COMMANDS = "mlhvcsqtaz";
    private static final int[] NUMBERS = {2, 2, 1, 1, 6, 4, 4, 2, 7, 0};
    private static final int FLAG = 3;
    private static final int LAST_FLAG = 4;

    private final String text;
    private int at;

    private SvgPath(String text) {
        this.text = text;
    }

    /** Whether it is an outline, maybe an empty one. */
    static boolean isPath(String text) {
        return text.length() <= LENGTH_MAX && new SvgPath(text).isPath();
    }

    /** Whether it is a list of points. */
    static boolean isPoints(String text) {
        return text.length() <= LENGTH_MAX && new SvgPath(text).isPoints();
    }

    private boolean isPath() {
        skip(false);
        for (var isFirst = true; at < text.length(); isFirst = false) {
            var command = COMMANDS.indexOf(Character.toString(text.charAt(at)).toLowerCase(Locale.ROOT));
            if (command < 0 || (isFirst && command != 0)) {
                return false;
            }
            at++;
            skip(false);
            if (NUMBERS[command] > 0 && !isArguments(command)) {
                return false;
            }
        }
        return true;
    }

    private boolean isArguments(int command) {
        var isArc = COMMANDS.charAt(command) == 'a';
        do {
            for (var place = 0; place < NUMBERS[command]; place++) {
                var isFlag = isArc && (place == FLAG || place == LAST_FLAG);
                if (!(isFlag ? isFlag() : isNumber())) {
                    return false;
                }
            }
        } while (at < text.length() && !Character.isLetter(text.charAt(at)));
        return true;
    }

    private boolean isPoints() {
        skip(false);
        var numbers = 0;
        while (at < text.length()) {
            if (!isNumber()) {
                return false;
            }
            numbers++;
        }
        return numbers % 2 == 0;
    }

    private boolean isNumber() {
        var number = NUMBER.matcher(text).region(at, text.length());
        if (!number.lookingAt()) {
            return false;
        }
        at = number.end();
        skip(true);
        return true;
    }

    private boolean isFlag() {
        if (at >= text.length() || (text.charAt(at) != '0' && text.charAt(at) != '1')) {
            return false;
        }
        at++;
        skip(true);
        return true;
    }

    private void skip(boolean isCommaToo) {
        var commas = isCommaToo ? 1 : 0;
        while (at < text.length()
                && (Character.isWhitespace(text.charAt(at)) || (text.charAt(at) == ',' && commas-- > 0))) {
            at++;
        }
    }
}
