package io.tenantry.billing.bank.statement;

import io.tenantry.billing.bank.statement.StatementProblem.Reason;
import java.util.Map;
import java.util.Optional;

/**
 * Tells whether text read as Windows-1252 may have been written in another encoding. Only letters that the encodings of central Europe, the Baltic and
 * Turkey write with the same byte are certain, and those that banks of the reseller's own country write; Cyrillic, Greek and East Asian text shows by
 * many such signs in a row, or by signs beside letters.
 */
final class EncodingDoubts {
    /** Letters that have one byte in Windows-1250, 1252, 1254 and 1257 and in ISO 8859-1, 2, 9, 13 and 15. */
    private static final String SHARED = "\u00e4\u00f6\u00fc\u00c4\u00d6\u00dc\u00df\u00e9\u00c9\u00f3\u00d3";

    private static final String FRENCH =
            "\u00e0\u00e2\u00e7\u00e8\u00ea\u00eb\u00ee\u00ef\u00f4\u00f9\u00fb\u0153\u00c0\u00c2\u00c7\u00c8\u00ca\u00cb\u00ce\u00cf\u00d4\u00d9\u00db\u0152";
    private static final String SPANISH = "\u00e1\u00ed\u00fa\u00f1\u00c1\u00cd\u00da\u00d1\u00bf\u00a1\u00aa\u00ba";
    private static final String ITALIAN = "\u00e0\u00e8\u00ec\u00f2\u00f9\u00c0\u00c8\u00cc\u00d2\u00d9";
    private static final String PORTUGUESE =
            "\u00e0\u00e1\u00e2\u00e3\u00e7\u00ea\u00ed\u00f4\u00f5\u00fa\u00c0\u00c1\u00c2\u00c3\u00c7\u00ca\u00cd\u00d4\u00d5\u00da\u00aa\u00ba";
    private static final String NORDIC = "\u00e5\u00e6\u00f8\u00c5\u00c6\u00d8";
    private static final String DUTCH = "\u00e8\u00ea\u00eb\u00ef\u00e1";

    private static final Map<String, String> OWN = Map.ofEntries(
            Map.entry("FR", FRENCH),
            Map.entry("MC", FRENCH),
            Map.entry("BE", FRENCH),
            Map.entry("LU", FRENCH),
            Map.entry("CA", FRENCH),
            Map.entry("CH", FRENCH + ITALIAN),
            Map.entry("NL", DUTCH),
            Map.entry("IT", ITALIAN),
            Map.entry("SM", ITALIAN),
            Map.entry("ES", SPANISH),
            Map.entry("MX", SPANISH),
            Map.entry("AR", SPANISH),
            Map.entry("CL", SPANISH),
            Map.entry("CO", SPANISH),
            Map.entry("PE", SPANISH),
            Map.entry("PT", PORTUGUESE),
            Map.entry("BR", PORTUGUESE),
            Map.entry("DK", NORDIC),
            Map.entry("NO", NORDIC),
            Map.entry("SE", "\u00e5\u00c5"),
            Map.entry("FI", "\u00e5\u00c5"),
            Map.entry("IE", "\u00e1\u00ed\u00fa\u00c1\u00cd\u00da"));

    /** Quotes, dashes and the acute accent have one byte in all of them, and may stand beside letters. */
    private static final String MARKS = "\u2018\u2019\u201c\u201d\u201e\u2013\u2014\u00b4\u00a0\u00b0\u00a7\u00b7";

    private final String certain;
    private final String text;

    private EncodingDoubts(String text, String country) {
        this.text = text;
        this.certain = SHARED + OWN.getOrDefault(country, "");
    }

    /** The first sign by which the text may have been written in another encoding, with its line. */
    static Optional<StatementProblem> of(String text, String country) {
        return new EncodingDoubts(text, country).first();
    }

    private Optional<StatementProblem> first() {
        var line = 1;
        for (var at = 0; at < text.length(); at++) {
            var sign = text.charAt(at);
            line += sign == '\n' ? 1 : 0;
            if (sign == 0 || (sign > 0x7f && !isCertain(at))) {
                return Optional.of(new StatementProblem(Reason.ENCODING, line, word(at)));
            }
        }
        return Optional.empty();
    }

    private boolean isCertain(int at) {
        var sign = text.charAt(at);
        if (MARKS.indexOf(sign) >= 0) {
            return true;
        }
        if (certain.indexOf(sign) < 0) {
            // Signs such as the euro's stand beside numbers and spaces; within a word they are letters of another
            // encoding.
            return !Character.isLetter(sign) && !isWord(at - 1) && !isWord(at + 1);
        }
        return at == 0 || !isHigh(at - 1) || isPair(text.charAt(at - 1), sign);
    }

    /** Two such letters in a row that words of these languages have; nearly all of them are a consonant and a vowel, or are doubled. */
    private boolean isPair(char before, char sign) {
        return certain.indexOf(before) >= 0 && (sign == '\u00df' || before == sign || before == '\u00e9');
    }

    private boolean isWord(int at) {
        return at >= 0 && at < text.length() && (Character.isLetter(text.charAt(at)) || isHigh(at));
    }

    private boolean isHigh(int at) {
        var sign = at >= 0 && at < text.length() ? text.charAt(at) : ' ';
        return sign > 0x7f && MARKS.indexOf(sign) < 0;
    }

    private String word(int at) {
        var from = at;
        while (from > 0 && at - from < 20 && isWord(from - 1)) {
            from--;
        }
        var to = at + 1;
        while (to - at < 20 && isWord(to)) {
            to++;
        }
        return BankTransaction.clean(text.substring(from, to), 40);
    }
}
